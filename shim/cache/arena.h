/* The memory of every cache: mapped, counted, never malloc's.
 *
 * Spans of 16 KiB, each cut into blocks of one size class; a span whose blocks are all free serves
 * any class again, so memory moves between slots. Blocks above a quarter span are cut from spans of
 * 128 KiB, those above a quarter of that mapped one by one; both go back to the kernel, but a few
 * that are kept for the next. arena_bytes() never passes the limit: it counts whole spans and large
 * blocks, in use or kept, and what arena_charge() adds.
 *
 * Any thread may call; one lock inside, tried with a bounded spin: arena_alloc gives NULL when it
 * can't be had, and arena_free then leaves the block to the next call that can. Not re-entrant:
 * call it inside the guard of thread.h only. The design follows the free-list sharding of
 * Leijen, Zorn, de Moura: "Mimalloc" (2019), cut down to one owner. */
#ifndef MEMO_ARENA_H
#define MEMO_ARENA_H

#include <stdbool.h>
#include <stddef.h>

/* The limit in bytes; before the first call it is 64 MiB. */
void arena_limit(size_t bytes);

/* Counts memory that something else of ours has mapped against the limit. */
void arena_charge(size_t bytes);

/* The same, unless that would pass the limit: then false. */
bool arena_charge_within(size_t bytes);

/* 16-byte aligned, not cleared; NULL at the limit, when the kernel refuses, or the lock is lost. */
void *arena_alloc(size_t size);

/* `size` as given to arena_alloc. NULL is allowed. */
void arena_free(void *block, size_t size);

/* What a block of `size` really takes, for accounts. */
size_t arena_block_size(size_t size);

size_t arena_bytes(void);

/* Whether half of the limit would be free with so many more. */
bool arena_is_roomy(size_t bytes);

/* Around fork(): takes the lock if it can be had, and gives it back in parent and child. Where it
 * could not be had the child's arena stays locked: its caches still answer, and store no more. */
bool arena_before_fork(void);
void arena_after_fork(bool locked);

#endif
