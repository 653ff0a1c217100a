#include "call/flight.h"

#include "cache/arena.h"
#include "call/room.h"

#include <stdatomic.h>

#define FLIGHT_LIMIT ((size_t)4 << 20)

static atomic_size_t flight_bytes;

static void *take(size_t size, bool locked)
{
    if (atomic_fetch_add(&flight_bytes, size) + size <= FLIGHT_LIMIT) {
        void *block = arena_alloc(size);
        if (!block && !locked && room_for_call()) block = arena_alloc(size);
        if (block) return block;
    }
    atomic_fetch_sub(&flight_bytes, size);
    return NULL;
}

void *flight_take(size_t size)
{
    return take(size, false);
}

void *flight_take_locked(size_t size)
{
    return take(size, true);
}

void flight_return(void *block, size_t size)
{
    atomic_fetch_sub(&flight_bytes, size);
    arena_free(block, size);
}
