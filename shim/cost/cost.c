#include "cost/cost.h"

/* Amounts of time are given in entries (cost_machine.entry, some 5 ns), so that nothing depends on
 * the clock's rate. */
#define BUDGET_FIRST 200000 /* what the first probe may lose: about a millisecond */
#define BUDGET_LATER 50000
#define CREDIT_FIRST 40000 /* what a slot that pays may lose again */
#define CREDIT_LAST  400000
#define WAIT_SHARE   64 /* times what the probe lost */
#define WAIT_LAST    12800000 /* 64 ms: so late is a phase that pays seen at most */
#define FELT         200      /* originals of fewer entries than this feel the stub's jump */

#define WINDOW_FIRST 64 /* table look-ups and misses of a window: while probing */
#define WINDOW       512
#define WINDOWS_ALONE 1024 /* then it is seen whether the table would pay by now */
#define SAMPLES      8  /* of the original, before it is judged by them */
#define MARGIN       32 /* a gain is one from 1/32 of the originals' time on */
#define MOST         ((int64_t)1 << 60) /* fine ticks, some days: no sum is larger */

void cost_begin(struct cost *cost, bool adaptive, enum mode mode)
{
    *cost = (struct cost){.mode = mode, .adaptive = adaptive};
}

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

/* Calls that were under way when the slot was let go decide nothing. */
bool cost_is_due(const struct cost *cost)
{
    if (cost_mode(cost) >= MODE_BYPASSED) return false;
    uint64_t window = cost_mode(cost) == MODE_PROBING ? WINDOW_FIRST : WINDOW;
    return cost->adaptive && cost->hits + cost->misses >= window;
}

struct cost_rates cost_rates(const struct cost *cost, const struct cost_machine *machine, bool flat)
{
    int64_t original = timing_mean(&cost->original, machine->clock + machine->entry);
    int64_t miss = timing_mean(&cost->miss, machine->clock) + machine->entry - original;
    return (struct cost_rates){
        .original = original,
        .front_hit = flat ? timing_mean(&cost->flat, machine->clock) + machine->entry : machine->front_hit,
        .hit = timing_mean(&cost->hit, machine->clock) + machine->entry,
        .miss = miss > machine->entry ? miss : machine->entry,
    };
}

static void change(struct cost *cost, enum mode mode, int64_t balance)
{
    cost->balance = balance;
    cost->windows = 0;
    if (mode == MODE_ALONE || cost_mode(cost) == MODE_ALONE) cost->miss = (struct timing){0};
    atomic_store_explicit(&cost->mode, mode, memory_order_relaxed);
}

/* The slot does not pay: for now, or for good. */
static void let_go(struct cost *cost, const struct cost_machine *machine, int64_t original,
                   uint64_t now)
{
    if (!cost->has_paid && original < FELT * machine->entry) {
        change(cost, MODE_RELEASED, 0);
        return;
    }
    int64_t lost = cost->balance < 0 ? -cost->balance : 0, last = WAIT_LAST * machine->entry;
    lost = lost > last / WAIT_SHARE ? last : WAIT_SHARE * lost;
    cost->wait = 2 * cost->wait > lost ? 2 * cost->wait : lost;
    if (cost->wait > last) cost->wait = last;
    cost->probe_at = now + (uint64_t)(cost->wait / TIMING_FINE);
    change(cost, MODE_BYPASSED, 0);
}

/* What the front alone would gain: there a miss saves the table's part, about half of it. */
static int64_t gain_alone(const struct cost *cost, const struct cost_rates *rates)
{
    if (!cost->can_be_alone) return -1;
    return times(cost->front_hits, rates->original - rates->front_hit) -
           times(cost->hits + cost->misses, rates->miss) / 2;
}

static void decide_probe(struct cost *cost, const struct cost_machine *machine,
                         const struct cost_rates *rates, int64_t gain, int64_t total, uint64_t now)
{
    int64_t budget = (cost->has_paid ? BUDGET_LATER : BUDGET_FIRST) * machine->entry;
    bool known = timing_count(&cost->original) >= SAMPLES;
    if (known && gain > total / MARGIN) {
        cost->has_paid = true;
        cost->wait = 0;
        change(cost, MODE_CACHING, CREDIT_FIRST * machine->entry);
    } else if (known && gain_alone(cost, rates) > total / MARGIN) {
        cost->has_paid = true;
        change(cost, MODE_ALONE, CREDIT_FIRST * machine->entry);
    } else if ((known && rates->original <= rates->front_hit) || -cost->balance > budget) {
        let_go(cost, machine, rates->original, now);
    }
}

static void decide_credit(struct cost *cost, const struct cost_machine *machine,
                          const struct cost_rates *rates, int64_t total, uint64_t now)
{
    int64_t last = CREDIT_LAST * machine->entry;
    if (cost_mode(cost) == MODE_ALONE && ++cost->windows == WINDOWS_ALONE) {
        change(cost, MODE_PROBING, 0);
        return;
    }
    if (cost->balance > last) cost->balance = last;
    if (cost->balance >= 0) return;
    if (cost_mode(cost) == MODE_CACHING && gain_alone(cost, rates) > total / MARGIN)
        change(cost, MODE_ALONE, CREDIT_FIRST * machine->entry);
    else
        let_go(cost, machine, rates->original, now);
}

enum mode cost_decide(struct cost *cost, const struct cost_machine *machine, bool flat,
                      uint64_t now)
{
    struct cost_rates rates = cost_rates(cost, machine, flat);
    int64_t total = times(cost->front_hits + cost->hits + cost->misses, rates.original);
    int64_t gain = within(times(cost->front_hits, rates.original - rates.front_hit) +
                          times(cost->hits, rates.original - rates.hit) -
                          times(cost->misses, rates.miss));
    bool probing = cost_mode(cost) == MODE_PROBING;
    cost->balance = within(cost->balance + (probing || gain < 0 ? gain : gain / 16));
    if (probing)
        decide_probe(cost, machine, &rates, gain, total, now);
    else
        decide_credit(cost, machine, &rates, total, now);
    cost->front_hits = cost->hits = cost->misses = 0;
    timing_fade(&cost->original);
    timing_fade(&cost->hit);
    timing_fade(&cost->flat);
    timing_fade(&cost->miss);
    return cost_mode(cost);
}

bool cost_probe(struct cost *cost, uint64_t now)
{
    if (cost_mode(cost) != MODE_BYPASSED || now < cost->probe_at) return false;
    cost->front_hits = cost->hits = cost->misses = 0;
    change(cost, MODE_PROBING, 0);
    return true;
}
