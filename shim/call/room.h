/* Memory for one slot at the cost of another, once the arena is full. A slot with far less than the
 * largest has gets some of that one's oldest entries' memory; all others make do with what they
 * have. What went may leave no block of the size that is wanted: then it is asked for ever more
 * seldom. Inside the guard; at most the lock of `memo` is held, that of another only tried. */
#ifndef MEMO_ROOM_H
#define MEMO_ROOM_H

#include "call/memo.h"

/* A block of the arena, or NULL. */
void *room_alloc(struct memo *memo, size_t size);

#endif
