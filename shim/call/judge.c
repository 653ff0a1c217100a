#include "call/judge.h"

#include "call/fronts.h"
#include "call/trial.h"
#include "rebind/rebind.h"
#include "report/message.h"
#include "thread.h"

#define BYPASSES     1024 /* bypassed calls of a thread between two that are looked at */
#define BURIED       256  /* dead entries that are freed at a time */
#define ALONE_WINDOW 64   /* misses of the front alone that are accounted at once */

static struct cost_machine machine;
static atomic_bool measured;

static void nothing(void) {}

/* Leaving the program's registers and loading them again is most of the way in and out. */
static uint64_t least_entry(void)
{
    struct registers registers = {.stack = NULL};
    uint64_t least = UINT64_MAX;
    for (int round = 0; round < 8; round++) {
        uint64_t start = arch_clock();
        for (int i = 0; i < 64; i++)
            arch_call((void *)nothing, &registers, 0);
        uint64_t ticks = (arch_clock() - start) * TIMING_FINE / 64;
        if (ticks < least) least = ticks;
    }
    return least ? least : 1;
}

/* Means: AMD's counter moves on by steps of some 26 ticks. */
static uint64_t least_clock(void)
{
    uint64_t least = UINT64_MAX;
    for (int round = 0; round < 4; round++) {
        uint64_t start = arch_clock_ordered(), end = start;
        for (int i = 0; i < 16; i++)
            end = arch_clock_ordered();
        if (end - start < least) least = end - start;
    }
    return least * TIMING_FINE / 16;
}

/* Two threads may measure at once: either result will do. */
const struct cost_machine *judge_machine(void)
{
    if (atomic_load_explicit(&measured, memory_order_acquire)) return &machine;
    int64_t entry = (int64_t)least_entry();
    machine.clock = (int64_t)least_clock();
    machine.front_hit = entry / 2;
    machine.entry = entry;
    atomic_store_explicit(&measured, true, memory_order_release);
    return &machine;
}

static void take_front_hits(struct memo *memo)
{
    struct front *front = fronts_current(memo);
    if (front) memo->cost.front_hits += front_take_hits(front);
}

/* A symbol that others depend on is looked at whatever its own cache does. */
static void enter_by(struct memo *memo, void *entry)
{
    if (!memo->clears) slot_enter_by(&memo->slot, entry);
}

/* Pages may be in the making by others: then another call of the slot sees to it. What others
 * depend on keeps its references: no call of it may be missed. */
static void release(struct memo *memo)
{
    if (memo->clears) return;
    memo->unrestored = !rebind_restore(&memo->slot);
    slot_enter_by(&memo->slot, memo->unrestored ? (void *)arch_bypass : memo->slot.original);
}

static void act(struct memo *memo, enum mode mode)
{
    static const char *const names[] = {"probing", "caching", "the front alone", "bypassed",
                                        "let go for good"};
    message(LOG_DEBUG, "%s: %s from now on", memo->entry->symbol, names[mode]);
    if (mode < MODE_BYPASSED)
        enter_by(memo, fronts_entry(memo)); /* a trial may end on either way */
    switch (mode) {
    case MODE_PROBING:
    case MODE_CACHING:
        break;
    case MODE_ALONE: /* what is in the fronts is right, and stays */
        table_clear(&memo->table);
        break;
    case MODE_BYPASSED:
        enter_by(memo, (void *)arch_bypass);
        break;
    case MODE_RELEASED: /* small: little time was spent on it */
        memo_clear_table(memo);
        table_release(&memo->table);
        release(memo);
        break;
    }
}

static void decide(struct memo *memo)
{
    struct cost *cost = &memo->cost;
    if (!cost_is_due(cost)) return;
    enum mode before = cost_mode(cost);
    take_front_hits(memo);
    cost_decide(cost, judge_machine(), memo->front == FRONT_FLAT, arch_clock());
    if (cost_is_on_trial(cost)) {
        message(LOG_DEBUG, "%s: on trial", memo->entry->symbol);
        trial_start(memo); /* or it ends here */
    }
    enum mode after = cost_mode(cost);
    if (after != before && !trial_is_on(memo)) act(memo, after);
}

static void step_trial(struct memo *memo)
{
    take_front_hits(memo);
    trial_step(memo);
    if (!trial_is_on(memo)) act(memo, cost_mode(&memo->cost));
}

static bool is_due(struct memo *memo)
{
    return trial_is_on(memo) && trial_is_due(memo);
}

/* `due` may have been asked before the lock was had: another thread may have ended the trial since.
 */
static void go_on(struct memo *memo, bool due)
{
    if (!trial_is_on(memo))
        decide(memo);
    else if (due)
        step_trial(memo);
}

void judge_hit(struct call *call)
{
    struct memo *memo = call->memo;
    memo->cost.hits++;
    if (call->timed) timing_add(&memo->cost.hit, arch_clock() - call->start);
    go_on(memo, is_due(memo));
}

void judge_front_hit(struct call *call)
{
    struct memo *memo = call->memo;
    if (!lock_take(&memo->lock)) return;
    timing_add(&memo->cost.flat, arch_clock() - call->start);
    lock_release(&memo->lock);
}

static void count_miss(struct call *call, const struct outcome *outcome, uint64_t misses, bool due)
{
    struct memo *memo = call->memo;
    memo->cost.misses += misses;
    if (call->timed) {
        timing_add(&memo->cost.original, outcome->ticks);
        timing_add(&memo->cost.miss, arch_clock() - call->start);
    }
    go_on(memo, due);
}

void judge_miss(struct call *call, const struct outcome *outcome)
{
    count_miss(call, outcome, 1, is_due(call->memo));
}

void judge_alone(struct call *call, const struct outcome *outcome)
{
    struct memo *memo = call->memo;
    struct front *front = thread_front(memo->slot.number);
    bool due = is_due(memo);
    if (front->lines && ++front->misses < ALONE_WINDOW && !call->timed && !due) return;
    if (!lock_try(&memo->lock)) return;
    uint64_t misses = front->lines ? front->misses : 1;
    if (front->lines) front->misses = 0;
    memo->misses += misses;
    count_miss(call, outcome, misses, due);
    table_bury(&memo->table, BURIED); /* what ALONE cleared */
    lock_release(&memo->lock);
}

/* Whether calls of a slot that was let go are cached from now on. */
static bool probe(struct memo *memo, uint64_t passed)
{
    if (!lock_try(&memo->lock)) return false;
    if (is_due(memo)) step_trial(memo);
    if (cost_probe(&memo->cost, judge_machine(), passed, arch_clock())) act(memo, MODE_PROBING);
    bool probes = cost_mode(&memo->cost) < MODE_BYPASSED;
    if (cost_mode(&memo->cost) == MODE_RELEASED && memo->unrestored) release(memo);
    lock_release(&memo->lock);
    return probes;
}

/* Calls are counted where they are seen: so many passed since the last one. */
bool judge_probes(struct memo *memo)
{
    bool trial = trial_is_on(memo);
    uint64_t passed = memo->clears ? 1 : trial ? memo->cost.trial.calls : BYPASSES;
    if (trial) thread_front(memo->slot.number)->countdown = (int32_t)passed;
    bool probes = probe(memo, passed);
    if (!probes || trial) atomic_fetch_add_explicit(&memo->bypassed, passed, memory_order_relaxed);
    thread_countdown = BYPASSES;
    return probes;
}
