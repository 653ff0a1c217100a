#include "call/flight.h"

#include "cache/arena.h"
#include "call/room.h"

#define FLIGHT_LIMIT ((size_t)4 << 20)

static atomic_size_t flight_bytes;

void *flight_take(struct memo *memo, size_t size)
{
    if (atomic_fetch_add(&flight_bytes, size) + size <= FLIGHT_LIMIT) {
        void *block = arena_alloc(size);
        if (!block) block = room_alloc(memo, size);
        if (block) return block;
    }
    atomic_fetch_sub(&flight_bytes, size);
    return NULL;
}

void flight_return(void *block, size_t size)
{
    atomic_fetch_sub(&flight_bytes, size);
    arena_free(block, size);
}
