/* uthash set up as ours: no fatal error, no malloc, no hash that can be foreseen. Include this,
 * never <uthash.h>. */
#ifndef MEMO_HASH_H
#define MEMO_HASH_H

#include "cache/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Call once, before any table is used: hashes can't be foreseen by whoever chooses the keys. */
void hash_seed(uint64_t seed);

/* XXH3 with that seed. */
uint32_t hash_bytes(const void *bytes, size_t size);

#define HASH_FEW 128 /* bytes */

/* As memcmp(), but only whether they differ: most keys are a few words, and a call costs more. */
static inline int hash_differ(const void *left, const void *right, size_t size)
{
    const unsigned char *a = left, *b = right;
    if (size > HASH_FEW) return memcmp(left, right, size);
    for (; size >= 8; size -= 8, a += 8, b += 8) {
        uint64_t x, y;
        memcpy(&x, a, 8);
        memcpy(&y, b, 8);
        if (x != y) return 1;
    }
    for (; size; size--)
        if (*a++ != *b++) return 1;
    return 0;
}

#define HASH_NONFATAL_OOM                1
#define HASH_KEYCMP(left, right, size)   hash_differ(left, right, size)
#define HASH_FUNCTION(key, length, hash) ((hash) = hash_bytes((key), (length)))
#define uthash_malloc(size)              arena_alloc(size)
#define uthash_free(block, size)         arena_free((block), (size))
#include <uthash.h>

#endif
