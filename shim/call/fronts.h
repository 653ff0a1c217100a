/* The fronts of all slots and threads: which slots have one, what goes in, when it is dropped.
 *
 * A slot's front is TYPED where the stub itself answers (arch/<cpu>/paths.S): all arguments are in
 * registers and nothing but them decides. It is FLAT, searched by memo.c on the way to the table,
 * for any other signature, whose small keys and values it holds as the table has them.
 *
 * Each thread has its fronts in one mapping, struct front by slot number. A thread gets it, and a
 * front in it, at its first hit of a slot's table; both are given back when the thread ends. */
#ifndef MEMO_FRONTS_H
#define MEMO_FRONTS_H

#include "cache/front.h"
#include "call/call.h"

/* This thread's fronts; before it has any, an array of closed ones. */
extern _Thread_local struct front *thread_fronts __attribute__((tls_model("initial-exec")));
extern struct front thread_no_fronts[ARCH_STUBS] __attribute__((visibility("hidden")));

/* &errno, counted from the thread pointer: the same in all threads. */
extern int64_t thread_errno_offset __attribute__((visibility("hidden")));

/* Once, before any slot is made. */
void fronts_start(void);

/* Decides what front `memo` has; its plan and options are set, it is not published yet. */
void fronts_choose(struct memo *memo);

/* What the stub of `memo` jumps to while its front serves. */
void *fronts_entry(const struct memo *memo);

/* This thread's front of `memo`, if it is made and its lines are of the slot's epoch. */
static inline struct front *fronts_current(const struct memo *memo)
{
    struct front *front = &thread_fronts[memo->slot.number];
    return front->epoch == slot_epoch(&memo->slot) ? front : NULL;
}

/* FLAT: answers from the front, or not. The value is in the caller's hands then. */
bool fronts_serve(struct call *call);

/* Inside the guard and with the lock of `memo` held: */

/* Before uses of the table: they come after this thread's hits so far. */
void fronts_stamp(struct memo *memo);

/* The call has its result, by `entry` or as it became `entry`. `found`: a hit of the table. */
void fronts_keep(const struct call *call, struct table_entry *entry, bool found);

/* Inside the guard alone: */

/* The slot's front works without the table; the call is a miss that can be stored. */
void fronts_keep_alone(const struct call *call, const struct effects *effects);

struct front_counts {
    uint64_t hits, misses; /* misses of fronts that work without the table */
};

/* Of all threads. */
struct front_counts fronts_counts(const struct memo *memo);

/* Around fork(), inside all slots' locks. The child has this thread's fronts and no others. */
void fronts_before_fork(void);
void fronts_after_fork(bool child);

#endif
