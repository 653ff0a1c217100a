/* Each thread's share of the fronts: one mapping with a struct front for every slot, by number. A
 * thread gets it, and a front in it, when a slot's front has something to hold; both are given back
 * when the thread ends. Counters are the threads' own, added up when they are read. */
#ifndef MEMO_SHARES_H
#define MEMO_SHARES_H

#include "call/memo.h"

/* From a slot's line in arch_slots to this thread's front of it, in bytes: so one addition leads a
 * typed path there. 0: the thread has no fronts. */
extern _Thread_local intptr_t thread_fronts __attribute__((tls_model("initial-exec")));

/* Never NULL; without lines and closed where the thread has no fronts. What the compiler knows of
 * arch_slots is not true of it. */
static inline struct front *thread_front(uint32_t number)
{
    uintptr_t line = (uintptr_t)&arch_slots[number];
    __asm__("" : "+r"(line));
    return (struct front *)(line + (uintptr_t)thread_fronts);
}

/* &errno, counted from the thread pointer: the same in all threads. */
extern int64_t thread_errno_offset __attribute__((visibility("hidden")));

/* Once, before any slot is made. */
void shares_start(void);

/* This thread's front of `memo`, if it is made and its lines are of the slot's epoch. */
static inline struct front *fronts_current(const struct memo *memo)
{
    struct front *front = thread_front(memo->slot.number);
    return front->epoch == slot_epoch(&memo->slot) ? front : NULL;
}

/* This thread's front, made if need be, of the slot's epoch when the call was looked up. NULL: none
 * to be had. Inside the guard. */
struct front *front_of_thread(const struct memo *memo, uint64_t epoch);

struct front_counts {
    uint64_t hits, misses; /* misses of fronts that work without the table */
};

/* Of all threads. Inside the guard. */
struct front_counts shares_counts(const struct memo *memo);

/* Around fork(), inside all slots' locks. The child has this thread's fronts and no others. */
void shares_before_fork(void);
void shares_after_fork(bool child);

#endif
