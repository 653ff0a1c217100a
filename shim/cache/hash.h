/* uthash set up as ours: no fatal error, no malloc, no hash that can be foreseen. Include this,
 * never <uthash.h>. */
#ifndef MEMO_HASH_H
#define MEMO_HASH_H

#include "cache/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Call once, before any table is used: hashes can't be foreseen by whoever chooses the keys. */
void hash_seed(uint64_t seed);

/* XXH3 with that seed. */
uint32_t hash_bytes(const void *bytes, size_t size);

#define HASH_NONFATAL_OOM                1
#define HASH_FUNCTION(key, length, hash) ((hash) = hash_bytes((key), (length)))
#define uthash_malloc(size)              arena_alloc(size)
#define uthash_free(block, size)         arena_free((block), (size))
#include <uthash.h>

#endif
