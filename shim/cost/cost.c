#include "cost/cost.h"

/* Amounts of time are given in entries (cost_machine.entry, some 5 ns), so that nothing depends on
 * the clock's rate. */
#define BUDGET       40000 /* what a probe may lose: about 0.2 ms */
#define CALLS_LEAST  2048  /* of the first probe; half as many of dear originals */
#define PATIENCE     48    /* times that while the table fills, at most */
#define CREDIT_FIRST 40000 /* what a slot that pays may lose again, beside what a window takes */
#define CREDIT_LAST  400000
#define WAIT_SHARE   32       /* times what the probe lost, at least */
#define WAIT_LAST    12800000 /* 64 ms */
#define DEBT_LAST    1600000  /* 8 ms: what is lost beyond is forgiven, or it would never pay */
#define DEBT_SHARE   128      /* of what all calls would take, losses are to be at most 1/128 */
#define DEAR         400      /* originals of more entries */
#define BRIEF        100      /* originals of fewer entries are not judged by samples alone */
#define FELT         50       /* originals of fewer entries than this feel the stub's jump */

#define WINDOW_FIRST  64 /* table look-ups and misses of a window: while probing */
#define WINDOW        512
#define WINDOWS_FLAT  4     /* so long no more hits than before, and the table does not fill */
#define TABLE_LEAST   40000 /* what the table may lose beside the front alone: 0.2 ms, */
#define TABLE_SHARE   32    /* or this share of all time, */
#define TABLE_AGAIN   128   /* and is tried again when that is no more than this share */
#define TABLE_PART    4     /* of a miss is the table's, at least: more while the table grows; */
#define TABLE_MOST    2     /* so much is counted against the table */
#define TRIAL_SPAN    10000 /* of originals: 40 us */
#define TRIAL_LONGEST 300   /* originals of more entries, 1 us, are judged by samples alone */
#define TRIAL_MARGIN  32    /* of the time without must be gained */
#define TRIAL_CALLER  4     /* times the original may take with all around it, to be told apart */
#define UNSEEN        5  /* quarters: a miss in all; what it takes of the caches is not measured */
#define SAMPLES       8  /* of the original, before it is judged by them */
#define MARGIN        32 /* a gain is one from 1/32 of the originals' time on */
#define MOST          ((int64_t)1 << 60) /* fine ticks, some days: no sum is larger */
#define SHARE         256                /* cost.share of all */

/* Front hits are without number, and originals may take seconds. */
static int64_t times(uint64_t count, int64_t ticks)
{
    int64_t product;
    if (count <= (uint64_t)MOST && !__builtin_mul_overflow((int64_t)count, ticks, &product) &&
        product < MOST && product > -MOST)
        return product;
    return ticks < 0 ? -MOST : MOST;
}

static int64_t within(int64_t ticks)
{
    return ticks > MOST ? MOST : ticks < -MOST ? -MOST : ticks;
}

void cost_begin(struct cost *cost, bool adaptive, enum mode mode)
{
    *cost = (struct cost){.mode = mode, .adaptive = adaptive};
}

/* Calls that were under way when the slot was let go decide nothing. */
bool cost_is_due(const struct cost *cost)
{
    if (cost_mode(cost) >= MODE_BYPASSED || cost_is_on_trial(cost)) return false;
    uint64_t window = cost_mode(cost) == MODE_PROBING ? WINDOW_FIRST : WINDOW;
    return cost->adaptive && cost->hits + cost->misses >= window;
}

struct cost_rates cost_rates(const struct cost *cost, const struct cost_machine *machine, bool flat)
{
    int64_t original = timing_mean(&cost->original, machine->clock + machine->entry);
    int64_t miss = timing_mean(&cost->miss, machine->clock) + machine->entry - original;
    return (struct cost_rates){
        .original = original,
        .front_hit =
            flat ? timing_mean(&cost->flat, machine->clock) + machine->entry : machine->front_hit,
        .hit = timing_mean(&cost->hit, machine->clock) + machine->entry,
        .miss = miss > machine->entry ? miss : machine->entry,
    };
}

/* One window in figures. */
struct window {
    struct cost *cost;
    const struct cost_machine *machine;
    struct cost_rates rates;
    int64_t gain, gain_alone; /* as it was; what the front alone would have gained */
    int64_t total;            /* what the originals would have taken */
    int64_t miss;             /* rates.miss as sampled */
    bool filling;
    uint64_t now;
};

static uint64_t calls_of(const struct cost *cost)
{
    return cost->front_hits + cost->hits + cost->misses;
}

/* What a trial of this mode found beyond the samples of as many calls. */
static int64_t unseen_in(const struct cost *cost, enum mode mode)
{
    return mode == cost->trial_mode ? times(calls_of(cost), cost->unseen) : 0;
}

static int64_t miss_without_table(const struct window *window)
{
    return window->miss - window->miss / TABLE_PART;
}

static int64_t gain_alone(const struct window *window)
{
    const struct cost *cost = window->cost;
    const struct cost_rates *rates = &window->rates;
    bool alone = cost_mode(cost) == MODE_ALONE;
    if (!cost->can_be_alone) return -MOST;
    return within(
        times(cost->front_hits, rates->original - rates->front_hit) -
        times(cost->hits + cost->misses, alone ? rates->miss : miss_without_table(window)));
}

static void draw_up(struct window *window, bool flat)
{
    struct cost *cost = window->cost;
    struct cost_rates rates = cost_rates(cost, window->machine, flat);
    window->miss = rates.miss;
    rates.miss = rates.miss * UNSEEN / 4;
    window->rates = rates;
    window->total = times(calls_of(cost), rates.original);
    window->gain = within(times(cost->front_hits, rates.original - rates.front_hit) +
                          times(cost->hits, rates.original - rates.hit) -
                          times(cost->misses, rates.miss) + unseen_in(cost, cost_mode(cost)));
    window->gain_alone = gain_alone(window);
}

static void change(struct cost *cost, enum mode mode, int64_t balance)
{
    cost->balance = balance;
    cost->windows = 0;
    cost->probe_hits = cost->probe_calls = 0;
    cost->share = 0;
    if ((mode == MODE_ALONE) != (cost_mode(cost) == MODE_ALONE)) cost->miss = (struct timing){0};
    atomic_store_explicit(&cost->mode, mode, memory_order_relaxed);
}

static bool is_dear(const struct window *window)
{
    return window->rates.original > DEAR * window->machine->entry;
}

static bool is_cheap(const struct window *window)
{
    return window->rates.original < FELT * window->machine->entry;
}

/* The slot does not pay: for now, or for good. */
static void let_go(struct window *window)
{
    struct cost *cost = window->cost;
    if (!cost->has_paid && is_cheap(window)) {
        change(cost, MODE_RELEASED, 0);
        return;
    }
    int64_t last = WAIT_LAST * window->machine->entry, wait = 0;
    if (cost->balance < 0)
        wait = -cost->balance < last / WAIT_SHARE ? WAIT_SHARE * -cost->balance : last;
    cost->probe_at = window->now + (uint64_t)(wait / TIMING_FINE);
    change(cost, MODE_BYPASSED, 0);
}

static int64_t table_allowance(const struct window *window)
{
    int64_t least = TABLE_LEAST * window->machine->entry;
    int64_t share = window->cost->taken / TABLE_SHARE;
    return share > least ? share : least;
}

static void begin_paying(struct window *window, enum mode mode)
{
    struct cost *cost = window->cost;
    cost->has_paid = true;
    if (mode == MODE_ALONE) {
        cost->alone_pays = true;
        if (cost->table_loss < table_allowance(window)) cost->table_loss = table_allowance(window);
    }
    change(cost, mode, CREDIT_FIRST * window->machine->entry + window->total);
}

/* Is there a gain with originals as long as can be, misses as sampled, which is too little, and
 * without the table? By the hits of some windows: of one alone they are too few to tell. */
static bool may_pay(const struct window *window)
{
    const struct cost *cost = window->cost;
    const struct cost_rates *rates = &window->rates;
    int64_t original = rates->original + window->machine->clock + window->machine->entry;
    if (rates->original > TRIAL_LONGEST * window->machine->entry) return false;
    return cost->share * (original - rates->front_hit) >
           (SHARE - cost->share) * miss_without_table(window);
}

static void begin_trial(struct window *window, enum mode mode, bool sampled_gain)
{
    struct cost *cost = window->cost;
    int64_t original = window->rates.original ? window->rates.original : 1;
    cost->trial_mode = mode;
    cost->sampled_gain = sampled_gain;
    cost->unseen = 0;
    change(cost, MODE_BYPASSED, cost->balance);
    if (mode == MODE_ALONE) cost->miss = (struct timing){0};
    trial_begin(&cost->trial, TRIAL_SPAN * window->machine->entry / original);
}

/* There is a gain by the samples, which for brief originals is not certain. Of these a table's hits
 * save little. */
static void pay(struct window *window, enum mode mode)
{
    bool brief = window->rates.original < BRIEF * window->machine->entry;
    if (!brief || !window->cost->can_be_tried)
        begin_paying(window, mode);
    else
        begin_trial(window, window->gain_alone > window->gain ? MODE_ALONE : mode, true);
}

/* The table does not pay; perhaps the front does. */
static void give_up_table(struct window *window)
{
    struct cost *cost = window->cost;
    if (cost->alone_pays)
        begin_paying(window, MODE_ALONE);
    else if (window->gain_alone > window->total / MARGIN)
        pay(window, MODE_ALONE);
    else if (cost->can_be_tried && may_pay(window))
        begin_trial(window, cost->can_be_alone ? MODE_ALONE : MODE_CACHING, false);
    else
        let_go(window);
}

/* While a table fills, hits become more, or misses fewer, from window to window; then what it will
 * be is worth waiting for. */
static bool is_filling(struct cost *cost)
{
    uint64_t hits = cost->front_hits + cost->hits, calls = calls_of(cost);
    cost->probe_hits += hits;
    cost->probe_calls += calls;
    int64_t share = (int64_t)(SHARE * hits / calls);
    cost->share = cost->probe_calls == calls ? share : cost->share + (share - cost->share) / 4;
    int64_t all = (int64_t)(SHARE * cost->probe_hits / cost->probe_calls);
    if (cost->share < SHARE / 32) return false;
    return 4 * cost->share > 5 * all || 5 * (SHARE - cost->share) < 4 * (SHARE - all);
}

/* The more a hit would gain, the longer. */
static int64_t patience_of(const struct cost_rates *rates)
{
    int64_t patience = PATIENCE * (rates->original - rates->front_hit) / rates->miss;
    return patience < 1 ? 1 : patience < PATIENCE ? patience : PATIENCE;
}

static void decide_probe(struct window *window)
{
    struct cost *cost = window->cost;
    bool known = timing_count(&cost->original) >= SAMPLES;
    int64_t budget = BUDGET * window->machine->entry;
    cost->windows = window->filling ? 0 : cost->windows + 1;
    if (cost->windows < WINDOWS_FLAT) budget *= patience_of(&window->rates);
    uint64_t least = cost->has_paid ? 0 : is_dear(window) ? CALLS_LEAST / 2 : CALLS_LEAST;
    cost->balance = within(cost->balance + window->gain);
    if (known && window->gain > window->total / MARGIN)
        pay(window, MODE_CACHING);
    else if (known && window->rates.original <= window->rates.front_hit)
        let_go(window);
    else if (-cost->balance > budget && cost->probe_calls >= least)
        give_up_table(window);
}

/* What the table loses beside the front alone, less what its hits gain: it has its share of time.
 */
static void count_table(struct window *window)
{
    struct cost *cost = window->cost;
    const struct cost_rates *rates = &window->rates;
    int64_t loss = times(cost->misses, window->miss / TABLE_MOST) -
                   times(cost->hits, rates->original - rates->hit);
    cost->taken = within(cost->taken + window->total - window->gain);
    if (cost_mode(cost) != MODE_ALONE) cost->table_loss = within(cost->table_loss + loss);
    if (cost->table_loss < 0) cost->table_loss = 0;
}

static void decide_alone(struct window *window)
{
    struct cost *cost = window->cost;
    if (cost->balance < 0) {
        cost->alone_pays = false;
        cost->unseen = 0;
        change(cost, MODE_PROBING, 0);
    } else if (cost->table_loss < cost->taken / TABLE_AGAIN) {
        begin_paying(window, MODE_CACHING);
    }
}

static void decide_caching(struct window *window)
{
    struct cost *cost = window->cost;
    if (cost->can_be_alone && cost->table_loss > table_allowance(window))
        begin_paying(window, MODE_ALONE);
    else if (cost->balance < 0)
        give_up_table(window);
}

/* Beside a front that paid, what the table loses is held to its share of time (table_loss), so that
 * it may try for longer and longer: the credit is for what the front alone would lose. */
static int64_t credited(const struct window *window)
{
    const struct cost *cost = window->cost;
    if (cost_mode(cost) != MODE_CACHING || !cost->alone_pays) return window->gain;
    int64_t alone = within(window->gain_alone + unseen_in(cost, MODE_ALONE));
    return alone > window->gain ? alone : window->gain;
}

/* Gains fill the credit slowly, losses drain it, and so does what is hardly a gain. */
static void decide_credit(struct window *window)
{
    struct cost *cost = window->cost;
    int64_t last = CREDIT_LAST * window->machine->entry;
    int64_t sure = credited(window) - window->total / (2 * MARGIN);
    cost->balance = within(cost->balance + (sure < 0 ? sure : sure / 16));
    if (cost->balance > last) cost->balance = last;
    if (cost_mode(cost) == MODE_ALONE)
        decide_alone(window);
    else
        decide_caching(window);
}

/* A loss, or below 0 a gain. */
static void owe(struct window *window, int64_t loss)
{
    struct cost *cost = window->cost;
    int64_t last = DEBT_LAST * window->machine->entry;
    cost->debt = within(cost->debt + loss);
    if (cost->debt < 0) cost->debt = 0;
    if (cost->debt > last) cost->debt = last;
}

enum mode cost_decide(struct cost *cost, const struct cost_machine *machine, bool flat,
                      uint64_t now)
{
    struct window window = {.cost = cost, .machine = machine, .now = now};
    draw_up(&window, flat);
    window.filling = is_filling(cost);
    cost->spent = within(cost->spent + window.total);
    count_table(&window);
    if (cost_mode(cost) == MODE_PROBING)
        decide_probe(&window);
    else
        decide_credit(&window);
    if (window.gain < 0 || !cost_is_on_trial(cost)) owe(&window, -window.gain);
    cost->front_hits = cost->hits = cost->misses = 0;
    timing_fade(&cost->original);
    timing_fade(&cost->hit);
    timing_fade(&cost->flat);
    timing_fade(&cost->miss);
    return cost_mode(cost);
}

/* As if there had been no trial. */
static void follow_samples(struct window *window)
{
    if (window->cost->sampled_gain)
        begin_paying(window, window->cost->trial_mode);
    else
        let_go(window);
}

enum mode cost_end_trial(struct cost *cost, const struct cost_machine *machine, uint64_t now)
{
    struct window window = {.cost = cost, .machine = machine, .now = now};
    cost->trial.running = false;
    draw_up(&window, false);
    follow_samples(&window);
    return cost_mode(cost);
}

/* The spans with the cache gained nothing, whatever samples promise: what they lost, and no less
 * than the margin, is a debt, or the next probe and trial would follow at once. */
static void charge_trial(struct window *window, int64_t without, int64_t gain)
{
    struct cost *cost = window->cost;
    int64_t least = without / TRIAL_MARGIN;
    int64_t loss = times((uint64_t)TRIAL_SPANS * cost->trial.calls, -gain > least ? -gain : least);
    cost->balance = cost->balance < 0 ? within(cost->balance - loss) : -loss;
    owe(window, loss);
}

/* What the trial found against what the samples of the same calls say. */
static void conclude(struct window *window)
{
    struct cost *cost = window->cost;
    int64_t without = trial_without(&cost->trial), gain = without - trial_with(&cost->trial);
    int64_t calls = (int64_t)calls_of(cost);
    int64_t sampled = cost_mode(cost) == MODE_ALONE ? window->gain_alone : window->gain;
    cost->trial.running = false;
    if (without > TRIAL_CALLER * window->rates.original || !calls) { /* it can't be seen */
        follow_samples(window);
    } else if (gain <= without / TRIAL_MARGIN) {
        charge_trial(window, without, gain);
        let_go(window);
    } else {
        begin_paying(window, cost->trial_mode);
        cost->unseen = gain - sampled / calls;
    }
}

enum mode cost_end_span(struct cost *cost, const struct cost_machine *machine, bool flat,
                        uint64_t ticks, uint64_t calls, uint64_t now)
{
    trial_add(&cost->trial, ticks, calls);
    if (trial_is_over(&cost->trial)) {
        struct window window = {.cost = cost, .machine = machine, .now = now};
        draw_up(&window, flat);
        conclude(&window);
    } else {
        enum mode next = trial_is_with(&cost->trial) ? cost->trial_mode : MODE_BYPASSED;
        atomic_store_explicit(&cost->mode, next, memory_order_relaxed);
    }
    return cost_mode(cost);
}

bool cost_probe(struct cost *cost, const struct cost_machine *machine, uint64_t passed,
                uint64_t now)
{
    if (cost_mode(cost) != MODE_BYPASSED || cost_is_on_trial(cost)) return false;
    int64_t original = timing_mean(&cost->original, machine->clock + machine->entry);
    cost->spent = within(cost->spent + times(passed, original));
    if (now < cost->probe_at || cost->spent / DEBT_SHARE < cost->debt) return false;
    cost->spent -= cost->debt * DEBT_SHARE; /* paid off: the next loss needs as much again */
    cost->debt = 0;
    cost->front_hits = cost->hits = cost->misses = 0;
    change(cost, MODE_PROBING, 0);
    return true;
}
