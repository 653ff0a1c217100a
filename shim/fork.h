/* fork(): the child gets a working cache and counts from zero; the parent never notices.
 *
 * pthread_atfork() handlers take every lock, so that no other thread is inside a table while the
 * address space is copied. vfork and posix_spawn run no handlers and need none: their child shares
 * the parent's memory. A raw clone may leave locks taken in the child; they are tried with bounded
 * spins only, so its calls go to the originals. */
#ifndef MEMO_FORK_H
#define MEMO_FORK_H

#include <stdbool.h>

/* Forks that this process is the child of, one upon the other: a result computed across a fork is
 * not stored. */
unsigned fork_count(void);

/* False in a vfork child or after a raw clone: what is in memory is another process's. */
bool fork_is_self(void);

/* From the constructor. */
void fork_start(void);

#endif
