/* The kinds of stress. Each runs until stress_over() and counts its calls; main prints the counts
 * as `SYMBOL CALLS` for the suite to compare with the report. */
#ifndef STRESS_H
#define STRESS_H

#include "stress/work.h"

#include <stdbool.h>

extern const char *stress_self; /* path of this program */

bool stress_over(void);

/* One more wrong answer; the first few are printed. */
void stress_wrong(const char *what, uint64_t got, uint64_t want);

/* A cheap random number of the caller's own. */
static inline uint64_t stress_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    return *state ^= *state << 17;
}

/* plain(key), checked. */
void stress_plain(uint64_t key);

extern atomic_ulong calls_of_slot[SLOTS], calls_of_plain, calls_of_digest, calls_of_expand;

void stress_slots(void);
void stress_cancel(void);
void stress_jumps(void);
void stress_signals(void);
void stress_forks(void);
void stress_threads(void);
void stress_memory(void);
void stress_late(void);
void stress_depth(void);
void stress_stacks(void);

#endif
