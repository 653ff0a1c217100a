#include "cache/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

static uint64_t seed_of_process;

void hash_seed(uint64_t seed)
{
    seed_of_process = seed;
}

uint32_t hash_bytes(const void *bytes, size_t size)
{
    return (uint32_t)XXH3_64bits_withSeed(bytes, size, seed_of_process);
}
