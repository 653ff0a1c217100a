#include "stress/work.h"

atomic_uint generations[SLOTS];

/* Now and then slow between reading the generation and returning, so that clears fall between. */
#define DEFINE(n)                                                                                  \
    uint64_t work_##n(uint64_t key)                                                                \
    {                                                                                              \
        uint64_t generation = generations[n] & ((1u << GENERATION_BITS) - 1);                      \
        if (key % 64 == n)                                                                         \
            for (volatile int i = 0; i < 2000; i++)                                                \
                ;                                                                                  \
        return work_scrambled(n, key) << GENERATION_BITS | generation;                             \
    }                                                                                              \
    void clear_##n(void)                                                                           \
    {                                                                                              \
        generations[n]++;                                                                          \
    }
EACH_SLOT(DEFINE)

uint64_t plain(uint64_t key)
{
    return work_scrambled(9, key);
}

/* By another name for the same symbol: gcc binds a function's calls of itself at compile time. */
uint64_t depth_again(uint64_t n) __asm__("depth");

uint64_t depth(uint64_t n)
{
    return n ? depth_again(n - 1) + 1 : 0;
}

uint64_t digest(const unsigned char *bytes, uint32_t n)
{
    uint64_t sum = n;
    for (uint32_t i = 0; i < n; i++)
        sum = sum * 31 + bytes[i];
    return sum;
}

void expand(uint64_t seed, uint64_t *values, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        values[i] = seed * 0x9e3779b97f4a7c15 + i;
}
