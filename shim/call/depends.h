/* What else decides a result: `depends` of one config entry, shared by all its slots.
 *
 * Made by the constructor, so that "changed" means changed since the program began. A change moves
 * the generation on; a slot whose table is of an older one clears it before it looks anything up.
 * Threads: any; one lock inside, tried with a bounded spin, failure meaning bypass. Call inside
 * the guard of thread.h, except for depends_bump(), which is safe anywhere. errno is preserved. */
#ifndef MEMO_DEPENDS_H
#define MEMO_DEPENDS_H

#include "cache/lock.h"
#include "config/config.h"

#include <stdatomic.h>

struct watch;

struct depends {
    struct depends *next; /* all there are, for fork */
    struct lock lock;
    bool locked; /* by depends_before_fork() */
    enum condition condition;
    size_t watch_count;
    struct watch *watches;
    atomic_uint_fast64_t generation;
    _Atomic(const char *) refusal; /* why nothing is cached now; NULL: cached */
    atomic_bool no_epoch;          /* calls with a %s conversion are to be made */
    atomic_bool unwatchable;       /* the refusal is for good */
};

/* For an entry without dependencies or condition: NULL and true. False: no memory. */
bool depends_make(struct depends **depends, const struct entry *entry, struct pool *pool);

/* Looks at what is watched. False: this call must be bypassed. */
bool depends_check(struct depends *depends);

/* A `call:` dependency was called. */
static inline void depends_bump(struct depends *depends)
{
    atomic_fetch_add_explicit(&depends->generation, 1, memory_order_acq_rel);
}

/* A symbol that these (NULL-terminated) name as `call:` can't be watched: nothing that depends on
 * it is cached any more. */
void depends_refuse(struct depends *const *all);

/* After such a call: also looks whether it changed what is watched. */
void depends_called(struct depends *depends);

/* Around fork(), between the slots' locks and the arena's. */
void depends_before_fork(void);
void depends_after_fork(void);

#endif
