#include "call/room.h"

/* Enough to empty a span, of small blocks or of large ones. */
#define ROOM_ENTRIES 256
#define ROOM_BYTES   ((size_t)256 << 10)

#define ROOM_SHARE 16  /* a table with more than this part of the largest makes do with that */
#define ROOM_PAUSE 256 /* insertions of a table that was told so, until it asks again */

static struct memo *largest_table(size_t *bytes)
{
    struct memo *largest = NULL, *memo;
    *bytes = 0;
    for (size_t i = 0; (memo = memo_at(i)); i++) {
        size_t has = __atomic_load_n(&memo->table.bytes, __ATOMIC_RELAXED);
        if (has > *bytes) largest = memo, *bytes = has;
    }
    return largest;
}

static bool take_from(struct memo *memo)
{
    size_t gone = 0, before;
    if (!lock_try(&memo->lock)) return false;
    before = memo->table.bytes;
    while (gone < ROOM_ENTRIES && before - memo->table.bytes < ROOM_BYTES &&
           table_evict(&memo->table, 1))
        gone++;
    lock_release(&memo->lock);
    return gone != 0;
}

bool room_for_call(void)
{
    size_t most;
    struct memo *largest = largest_table(&most);
    return largest && take_from(largest);
}

bool room_for_table(struct table *table)
{
    struct memo *memo = memo_of_table(table), *largest;
    size_t most;
    if (memo->room_pause) {
        memo->room_pause--;
        return false;
    }
    largest = largest_table(&most);
    if (largest && table->bytes <= most / ROOM_SHARE) return take_from(largest);
    memo->room_pause = ROOM_PAUSE;
    return false;
}
