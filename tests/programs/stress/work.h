/* Eight memoized functions whose results change with a generation each, for the suite stress. */
#ifndef STRESS_WORK_H
#define STRESS_WORK_H

#include <stdatomic.h>
#include <stdint.h>

enum { SLOTS = 8 };

#define EACH_SLOT(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7)

/* work_N(key): the key scrambled in the upper bits, the slot's generation in the lower 24. The
 * config says `depends = call:clear_N`; clear_N() starts the next generation. */
#define DECLARE(n)                                                                                 \
    uint64_t work_##n(uint64_t key);                                                               \
    void clear_##n(void);
EACH_SLOT(DECLARE)
#undef DECLARE

extern atomic_uint generations[SLOTS];

enum { GENERATION_BITS = 24 };

static inline uint64_t work_scrambled(unsigned slot, uint64_t key)
{
    uint64_t z = (key + slot + 1) * 0x9e3779b97f4a7c15;
    return (z ^ (z >> 29)) >> GENERATION_BITS;
}

/* Of any slot but without generations: plain keys. */
uint64_t plain(uint64_t key);
uint64_t depth(uint64_t n); /* n, by recursion through the PLT */
uint64_t digest(const unsigned char *bytes, uint32_t n);
void expand(uint64_t seed, uint64_t *values, uint32_t n); /* out values[n] */

#endif
