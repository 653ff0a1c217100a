/* A trial: does the cache pay, timed as the program has it?
 *
 * cost.h adds up samples. What a miss takes beside them (caches, predictions, originals that would
 * have overlapped with what follows) no sample sees, and of an original of 50 ns that is as much
 * as the gain. So where samples leave it open, one thread makes some hundred calls without the
 * cache and as many with it, by turns, and whole spans are timed, the program's own work between
 * the calls included. Of each kind about the middle one counts: some are interrupted, and the best
 * with the cache would be those that happen to have few misses, which those without have no match
 * for (of 60 ticks each and 10 % misses, a loss of a tenth would often pass for a gain).
 *
 * Numbers alone; guarded by the slot's lock. */
#ifndef MEMO_TRIAL_H
#define MEMO_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#define TRIAL_WARM  1   /* spans of each kind that only warm up */
#define TRIAL_SPANS 12  /* of each kind, with these; an odd number counts */
#define TRIAL_LEAST 256 /* calls of a span, at least; at most */
#define TRIAL_MOST  1024

struct trial {
    bool running;
    uint32_t calls;                /* of a span */
    uint32_t spans;                /* done: without, with, without ... */
    int64_t ticks[2][TRIAL_SPANS]; /* per call, fine: without; with */
};

/* `calls` is held between the least and the most: longer spans tell more, but are interrupted. */
void trial_begin(struct trial *trial, int64_t calls);

/* Whether the span under way is with the cache. */
static inline bool trial_is_with(const struct trial *trial)
{
    return trial->spans % 2;
}

/* Ends a span of so many calls. */
void trial_add(struct trial *trial, uint64_t ticks, uint64_t calls);

static inline bool trial_is_over(const struct trial *trial)
{
    return trial->spans == 2 * TRIAL_SPANS;
}

/* Of an ended one: fine ticks of a call. */
int64_t trial_without(const struct trial *trial);
int64_t trial_with(const struct trial *trial);

#endif
