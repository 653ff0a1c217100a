#include "call/trial.h"

#include "call/fronts.h"
#include "call/judge.h"
#include "thread.h"

#define LONGEST 12800000 /* entries, 64 ms: a thread may call no more */

static bool is_mine(const struct memo *memo)
{
    return atomic_load_explicit(&memo->trial.owner, memory_order_relaxed) == &thread_self;
}

static bool is_late(const struct memo *memo)
{
    return (int64_t)(arch_clock() - memo->trial.deadline) > 0;
}

static bool is_with(const struct memo *memo)
{
    return trial_is_with(&memo->cost.trial);
}

static uint64_t calls_of_span(const struct memo *memo)
{
    uint64_t hits = front_hits(thread_front(memo->slot.number));
    uint64_t before = memo->trial.front_hits;
    return memo->trial.slow + (hits > before ? hits - before : 0);
}

bool trial_is_due(struct memo *memo)
{
    if (!is_mine(memo)) return is_late(memo);
    memo->trial.slow++;
    return !is_with(memo) || calls_of_span(memo) >= memo->cost.trial.calls;
}

static void begin_span(struct memo *memo)
{
    struct trial_run *run = &memo->trial;
    struct front *front = thread_front(memo->slot.number);
    front->countdown = memo->cost.trial.calls;
    run->front_hits = front_hits(front);
    run->slow = 0;
    slot_enter_by(&memo->slot, is_with(memo) ? fronts_entry(memo) : (void *)arch_count);
    run->start = arch_clock();
}

/* Without fronts there is nobody to count. */
void trial_start(struct memo *memo)
{
    int64_t longest = LONGEST * judge_machine()->entry / TIMING_FINE;
    memo->trial.deadline = arch_clock() + (uint64_t)longest;
    if (!thread_fronts) {
        cost_end_trial(&memo->cost, judge_machine(), arch_clock());
        return;
    }
    atomic_store_explicit(&memo->trial.owner, &thread_self, memory_order_relaxed);
    begin_span(memo);
}

/* To be ended by whoever calls next. */
static void orphan(struct memo *memo, const struct thread *owner)
{
    static const struct thread nobody;
    memo->trial.deadline = arch_clock();
    atomic_compare_exchange_strong_explicit(&memo->trial.owner, &owner, &nobody,
                                            memory_order_relaxed, memory_order_relaxed);
}

void trial_leave(struct memo *memo)
{
    if (is_mine(memo)) orphan(memo, &thread_self);
}

void trial_in_child(struct memo *memo)
{
    if (trial_is_on(memo) && !is_mine(memo))
        orphan(memo, atomic_load_explicit(&memo->trial.owner, memory_order_relaxed));
}

static void end_span(struct memo *memo)
{
    uint64_t now = arch_clock();
    uint64_t calls = is_with(memo) ? calls_of_span(memo) : memo->cost.trial.calls;
    cost_end_span(&memo->cost, judge_machine(), memo->front == FRONT_FLAT, now - memo->trial.start,
                  calls, now);
}

void trial_step(struct memo *memo)
{
    if (is_late(memo))
        cost_end_trial(&memo->cost, judge_machine(), arch_clock());
    else if (is_mine(memo))
        end_span(memo);
    else
        return;
    if (cost_is_on_trial(&memo->cost))
        begin_span(memo);
    else
        atomic_store_explicit(&memo->trial.owner, NULL, memory_order_relaxed);
}
