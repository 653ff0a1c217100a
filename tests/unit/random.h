/* Numbers that look random, the same in every run: Marsaglia's xorshift64 (2003). */
#ifndef MEMO_TEST_RANDOM_H
#define MEMO_TEST_RANDOM_H

#include <stdint.h>

/* `*state` is not 0. */
static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
