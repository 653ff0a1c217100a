/* How much stack this thread has left: our frames must not be what makes a recursion overflow.
 *
 * Looked at only in deep recursions; the bounds are kept per thread. Neither malloc nor a lock;
 * errno preserved. Asks /proc/self/maps, once per stack: pthread_getattr_np() would allocate. */
#ifndef MEMO_STACK_H
#define MEMO_STACK_H

#include <stdbool.h>
#include <stdint.h>

/* From the constructor, on the main thread. */
void stack_start(void);

/* True while at least a quarter of the stack that `frame` is on lies free below it. False where
 * that stack can't be told: a coroutine's, or one that the program has made itself and put no guard
 * page below. */
bool stack_has_room(uintptr_t frame);

#endif
