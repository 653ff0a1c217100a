/* Functions whose answers depend on more than their arguments, each on one kind of state. */
#ifndef FRESH_STATE_H
#define FRESH_STATE_H

#include <stdint.h>
#include <stdlib.h>

long fresh_setting(int key);    /* on $FRESH_A and $FRESH_B */
long fresh_place(int key);      /* on the locale in force */
double fresh_rounded(double x); /* on the rounding mode */
long fresh_count(int key);      /* on calls of fresh_count_set */
void fresh_count_set(long value);
long fresh_file(int key); /* on the file that fresh_file_is named */
void fresh_file_is(const char *path);
long fresh_age(int key);      /* ttl = 50ms in the tests' config */
long fresh_long_age(int key); /* ttl = 60s */

extern _Thread_local unsigned long fresh_ran; /* originals that this thread has run */

/* A linear congruential generator (Knuth's MMIX). */
static inline unsigned fresh_below(uint64_t *state, unsigned limit)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)((*state >> 33) % limit);
}

#endif
