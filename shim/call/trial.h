/* A trial at work: one thread's calls are spans of cost/trial.h, without the cache and with it.
 * Those of other threads go the same way, and count for nothing. All inside the guard. */
#ifndef MEMO_CALL_TRIAL_H
#define MEMO_CALL_TRIAL_H

#include "call/memo.h"

static inline bool trial_is_on(const struct memo *memo)
{
    return atomic_load_explicit(&memo->trial.owner, memory_order_relaxed) != NULL;
}

/* A call that was no hit of a typed front comes to its end, or one of a span without the cache to
 * arch_enter: whether trial_step() has something to do. Counts the call. */
bool trial_is_due(struct memo *memo);

/* The cost rule has begun a trial, which this thread makes. Lock held, as in the next. */
void trial_start(struct memo *memo);

/* Ends a span and begins the next, or ends the trial: then it is on no more, and the mode is what
 * it decided. */
void trial_step(struct memo *memo);

/* This thread ends. If the trial is its own another thread's next call ends that: a later thread
 * may be where this one was. Lock not held. */
void trial_leave(struct memo *memo);

/* The same, where it is another thread's: there is none in the child of a fork. */
void trial_in_child(struct memo *memo);

#endif
