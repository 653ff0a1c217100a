/* One call under way, for the files that take it on its way (memo.c): lives on the stack of the
 * thread that makes it, and nothing of it is shared. */
#ifndef MEMO_CALL_H
#define MEMO_CALL_H

#include "call/effects.h"
#include "call/memo.h"
#include "call/value.h"

#define COUNT_NONE UINT64_MAX

struct call {
    struct memo *memo;
    struct registers *registers;
    struct buffer *buffers;
    unsigned char *key, *scratch;
    size_t key_size, veil_size;
    uint32_t hash;
    floating_state floating; /* when the call came */
    unsigned char mode;      /* floating_mode() */
    bool timed;
    bool alone;          /* a miss of a front that works without the table */
    uint64_t start;      /* ticks */
    uint64_t epoch;      /* at look-up: a result of another time is not stored */
    uint64_t insertions; /* of the table then, if it had no such key; else COUNT_NONE */
    unsigned forks;
    int caller_errno;
    struct expectation *expected; /* this hit is to be verified; NULL: it is a miss */
};

/* What the original did. */
struct outcome {
    struct effects effects;
    bool whole;  /* every output was written in full */
    bool inside; /* the guard is ours again: anything may be done with it */
    uint64_t ticks;
};

/* Calls the original, behind a veil where it has outputs; twice if that is what it takes to know
 * that they are whole. Leaves the program's errno in call->caller_errno. */
void call_run(struct call *call, struct outcome *outcome);

/* Keeps the outcome of a miss: in the table and perhaps the front; in the front alone. */
void call_store(struct call *call, const struct outcome *outcome);
void call_store_alone(struct call *call, const struct outcome *outcome);

/* Drops what a dependency has made stale. Lock held. False: not to be served now. */
bool memo_freshen(struct memo *memo);

#endif
