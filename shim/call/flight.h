/* Memory of calls under way whose keys and outputs are too large for the stack.
 *
 * A call that never returns (longjmp, an exception) never gives its block back, and nobody can tell
 * it from one that is still running. So the sum is capped: past 4 MiB under way, large calls are
 * bypassed, and the rest of the cache goes on. */
#ifndef MEMO_FLIGHT_H
#define MEMO_FLIGHT_H

#include "call/memo.h"

/* For a call of `memo`. NULL past the cap, or when the arena has nothing and none is found for it
 * (room.h). Inside the guard; any thread; at most the lock of `memo` held. */
void *flight_take(struct memo *memo, size_t size);
void flight_return(void *block, size_t size);

#endif
