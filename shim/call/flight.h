/* Memory of calls under way whose keys and outputs are too large for the stack.
 *
 * A call that never returns (longjmp, an exception) never gives its block back, and nobody can tell
 * it from one that is still running. So the sum is capped: past 4 MiB under way, large calls are
 * bypassed, and the rest of the cache goes on. */
#ifndef MEMO_FLIGHT_H
#define MEMO_FLIGHT_H

#include "cache/arena.h"

#include <stdatomic.h>

#define FLIGHT_LIMIT ((size_t)4 << 20)

extern atomic_size_t flight_bytes;

static inline void *flight_take(size_t size)
{
    if (atomic_fetch_add(&flight_bytes, size) + size > FLIGHT_LIMIT) {
        atomic_fetch_sub(&flight_bytes, size);
        return NULL;
    }
    void *block = arena_alloc(size);
    if (!block) atomic_fetch_sub(&flight_bytes, size);
    return block;
}

static inline void flight_return(void *block, size_t size)
{
    atomic_fetch_sub(&flight_bytes, size);
    arena_free(block, size);
}

#endif
