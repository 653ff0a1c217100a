#include "call/room.h"

#include "cache/arena.h"

/* Enough to empty a span, of small blocks or of large ones. */
#define ROOM_ENTRIES 256
#define ROOM_BYTES   ((size_t)256 << 10)

#define ROOM_SHARE 16  /* a table with more than this part of the largest makes do with that, */
#define ROOM_RICH  256 /* and goes without looking at all the others so many times */
#define ROOM_POOR  16  /* times in vain, from which on no more are left out in between: 2 to that */

/* The table with most memory but for `memo`'s; or one that was cleared and has not yet given all of
 * it back, which counts as more than any. */
static struct memo *richest(const struct memo *memo, size_t *bytes)
{
    struct memo *found = NULL, *other;
    *bytes = 0;
    for (size_t i = 0; (other = memo_at(i)); i++) {
        if (other == memo) continue;
        size_t has = __atomic_load_n(&other->table.bytes, __ATOMIC_RELAXED);
        if (__atomic_load_n(&other->table.dead, __ATOMIC_RELAXED)) has = SIZE_MAX;
        if (has <= *bytes) continue;
        found = other;
        *bytes = has;
    }
    return found;
}

/* Of what was cleared as much as is wanted: it is of no use to anybody. */
static bool take_from(struct memo *memo, size_t size)
{
    size_t gone = 0, wanted = size > ROOM_BYTES / 2 ? 2 * size : ROOM_BYTES;
    if (!lock_try(&memo->lock)) return false;
    size_t before = memo->table.bytes;
    while (before - memo->table.bytes < wanted && (memo->table.dead || gone < ROOM_ENTRIES) &&
           table_evict(&memo->table, 1))
        gone++;
    lock_release(&memo->lock);
    return gone != 0;
}

static unsigned pause_after(struct room *room, bool found)
{
    unsigned vain = found ? 0 : atomic_load_explicit(&room->vain, memory_order_relaxed) + 1;
    if (vain > ROOM_POOR) vain = ROOM_POOR;
    atomic_store_explicit(&room->vain, vain, memory_order_relaxed);
    return found ? 0 : 1u << vain;
}

void *room_alloc(struct memo *memo, size_t size)
{
    struct room *room = &memo->room;
    unsigned pause = atomic_load_explicit(&room->pause, memory_order_relaxed);
    void *block = NULL;
    if (pause) {
        pause--;
    } else {
        size_t most;
        struct memo *from = richest(memo, &most);
        bool poor = from && memo->table.bytes <= most / ROOM_SHARE;
        if (poor && take_from(from, size)) block = arena_alloc(size);
        pause = poor ? pause_after(room, block) : ROOM_RICH;
    }
    atomic_store_explicit(&room->pause, pause, memory_order_relaxed);
    return block;
}
