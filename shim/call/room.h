/* Memory for one slot at the cost of another, once the arena is full. */
#ifndef MEMO_ROOM_H
#define MEMO_ROOM_H

#include "call/memo.h"

/* Frees some of the oldest entries of the largest table; whether any went. That table's lock is
 * tried with a bounded spin, and no memo's lock may be held. */
bool room_for_call(void);

/* struct table's make_room, the lock of its memo held: only for a table that has far less than the
 * largest, else its own entries are to go. Looks at all tables, so not at every insertion. */
bool room_for_table(struct table *table);

#endif
