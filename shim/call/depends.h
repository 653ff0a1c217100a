/* What else decides a result: `depends` of one config entry, shared by all its slots.
 *
 * Made by the constructor, so that "changed" means changed since the program began; but without a
 * config when the entry's function is met. A change moves the generation on; what was kept under an
 * older one is not served any more. The way of a hit:
 *
 *   depends_current()  no lock, no system call: is all as it was when last accepted?
 *   depends_check()    if not: the lock; accepts the new state, moves the generation on
 *   generation         read after either has said yes: what was kept under this very one is good
 *
 * Threads: any; the lock is tried with a bounded spin, failure meaning bypass. Call depends_check()
 * inside the guard of thread.h; the rest is safe anywhere. errno is preserved. */
#ifndef MEMO_DEPENDS_H
#define MEMO_DEPENDS_H

#include "cache/clock.h"
#include "cache/lock.h"
#include "call/watch.h"
#include "config/config.h"
#include "rebind/rebind.h"

#include <stdatomic.h>

/* How far CLOCK_MONOTONIC_COARSE may run behind: a tick of the slowest kernel (HZ = 100). */
#define COARSE_LAG_NS 10000000u

struct depends {
    struct depends *next; /* all there are, for fork */
    struct lock lock;
    bool locked; /* by depends_before_fork() */
    enum condition condition;
    bool has_files;
    atomic_uint sequence; /* odd while a new state is being accepted */
    uint32_t watch_count;
    struct watch *watches;
    atomic_uint_fast64_t due_ns; /* when files are to be looked at again */
    atomic_uint_fast64_t generation;
    _Atomic(const char *) refusal; /* why nothing is cached now; NULL: cached */
    atomic_bool no_epoch;          /* calls with a %s conversion are to be made */
    atomic_bool unwatchable;       /* the refusal is for good */
};

/* For an entry without dependencies or condition: NULL and true. False: no memory. */
bool depends_make(struct depends **depends, const struct entry *entry, struct pool *pool);

/* Nothing is to be accepted anew. Lock held, or see depends_current(). */
static inline bool depends_settled(const struct depends *depends)
{
    if (depends->has_files && clock_ns(CLOCK_MONOTONIC_COARSE) + COARSE_LAG_NS >=
                                  atomic_load_explicit(&depends->due_ns, memory_order_relaxed))
        return false;
    for (uint32_t i = 0; i < depends->watch_count; i++)
        if (!watch_is_accepted(&depends->watches[i])) return false;
    return true;
}

/* True: the answers kept under the generation that is read after this are right for this call.
 * False says nothing: ask depends_check(). Costs 5 ns where files are watched, and for each
 * variable a walk through environ, some 0.3 ns an entry: no less would see it written to. */
static inline bool depends_current(const struct depends *depends)
{
    unsigned sequence = atomic_load_explicit(&depends->sequence, memory_order_acquire);
    if (sequence & 1 || atomic_load_explicit(&depends->refusal, memory_order_relaxed)) return false;
    if (!depends_settled(depends)) return false;
    atomic_thread_fence(memory_order_acquire);
    return atomic_load_explicit(&depends->sequence, memory_order_relaxed) == sequence;
}

/* The next of a list that may grow meanwhile, by choice.c; NULL at its end. */
static inline struct depends *depends_of(struct depends *const *list)
{
    return __atomic_load_n(list, __ATOMIC_ACQUIRE);
}

/* Looks at what is watched, at files once a second. False: this call must be bypassed. */
bool depends_check(struct depends *depends);

/* A `call:` dependency was called. */
static inline void depends_bump(struct depends *depends)
{
    atomic_fetch_add_explicit(&depends->generation, 1, memory_order_acq_rel);
}

/* How often the environment or the locale was set by a call that we saw, or a call: symbol was
 * called. A call that was under way meanwhile may have seen a state that is gone again, though all
 * looks as before: its result is not to be kept. To be read before the state is asked for and again
 * after it, each time with a fence between. */
extern atomic_uint_fast64_t depends_moves;

static inline void depends_stir(void)
{
    atomic_fetch_add_explicit(&depends_moves, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst); /* seen before what is about to be set */
}

/* Fills DEPENDS_WANTED rows: the functions of libc that move them. */
#define DEPENDS_WANTED 5
void depends_want(struct wanted *wanted);

/* A symbol that these (NULL-terminated) name as `call:` can't be watched: nothing that depends on
 * it is cached any more. */
void depends_refuse(struct depends *const *all);

/* After such a call: also looks whether it changed what is watched. */
void depends_called(struct depends *depends);

/* Around fork(), between the slots' locks and the arena's. */
void depends_before_fork(void);
void depends_after_fork(void);

#endif
