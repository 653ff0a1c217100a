/* A memoized function in this process: one (config entry, original) pair, with its stub, table and
 * counters. DESIGN section 3 is the way of a call through it; memo.c opens with that. */
#ifndef MEMO_MEMO_H
#define MEMO_MEMO_H

#include "cache/front.h"
#include "cache/lock.h"
#include "cache/table.h"
#include "call/depends.h"
#include "call/effects.h"
#include "call/plan.h"
#include "cost/cost.h"
#include "rebind/rebind.h"
#include "slot.h"

/* See call/fronts.h. */
enum front_kind { FRONT_NONE, FRONT_FLAT, FRONT_TYPED };

/* The trial of cost/trial.h under way: call/trial.c's own. */
struct trial_run {
    _Atomic(const struct thread *) owner; /* the thread that makes it; NULL: none is under way */
    uint64_t deadline;                    /* ticks */
    uint64_t start, front_hits, slow; /* of this span; front hits so far, and other calls since */
};

/* room.c's own: how often memory is not asked of others. What a race loses is a time or two. */
struct room {
    atomic_uint pause, vain;
};

struct memo {
    struct slot slot; /* first: a handler gets this */
    const struct entry *entry;
    const char *version, *provider;
    struct plan plan;
    struct depends *depends; /* of the entry; NULL: none */
    struct depends **clears; /* other entries that name this symbol as `call:`; NULL: none */
    enum front_kind front;
    struct front_layout layout;                    /* of its lines */
    struct arch_path path;                         /* TYPED: the signature */
    void *front_entry;                             /* TYPED: the code that serves it */
    uint32_t typed_key_size;                       /* TYPED: in the table */
    atomic_uint_fast64_t ended_hits, ended_misses; /* of the fronts of threads that ended */
    atomic_uint timed;                             /* of the first calls */
    atomic_uint_fast64_t bypassed;
    bool verifies;      /* some hits call the original too */
    atomic_bool impure; /* a verified hit differed: bypassed for the rest of the run */

    char apart[64];   /* what all calls read is not in a cache line with what some write */
    struct room room; /* calls without the lock look at it, too */
    struct lock lock; /* guards all below */
    struct table table;
    atomic_uint_fast64_t generation; /* of depends, that the table's entries are of */
    uint64_t moves;                  /* depends_moves, as last seen */
    uint64_t epoch;                  /* moves on when the table is cleared, or may have to be */
    uint64_t errno_epoch;            /* 1 + the last one in which a call left an errno to be kept */
    uint64_t random;                 /* which hits are verified */
    uint64_t verified, different;
    uint64_t hits, misses;    /* of the table; the fronts count their own hits */
    uint64_t unstored;        /* misses whose result could not be kept */
    uint64_t memory_failures; /* those for want of memory */
    char cost_apart[64];      /* and its first member is read by all */
    struct cost cost;
    struct trial_run trial;
    bool unrestored; /* RELEASED, and its references are still to be given back */
};

static inline struct memo *memo_of_table(struct table *table)
{
    return (struct memo *)((char *)table - offsetof(struct memo, table));
}

/* What the statistics and fork need: every memo made so far, in order. */
#define MEMO_LIMIT ARCH_STUBS
struct memo *memo_at(size_t index); /* NULL past the last */

/* One section of the config, ready to be bound to originals. */
struct memo_section {
    struct config *config;
    struct entry *entry;
    struct depends *depends;
    struct depends **clears; /* NULL-terminated; NULL: none */
    bool refused;            /* bind.c's own: can't be served, and that was told once */
};

/* For struct wanted: `data` is a struct memo_section. The same stub for the same original. */
void *memo_bind(const struct wanted *wanted, const struct binding *binding);

/* Lock held: nothing that is there is served again, and nothing under way is stored. */
static inline void memo_clear_table(struct memo *memo)
{
    table_clear(&memo->table);
    memo->epoch++;
    slot_epoch_end(&memo->slot);
}

/* The handler that suits `memo`; its `clears` is fixed by then. */
slot_handler *memo_handler(const struct memo *memo);

/* Around fork(): the child finds working locks and counters at zero. */
void memo_before_fork(void);
void memo_after_fork(bool locked, bool child);

#endif
