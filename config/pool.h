/* Bump allocator for what lives as long as the process: parsed configs, slots, plans.
 *
 * Memory comes zeroed from mmap, 16-byte aligned, never from malloc: libmemo.so parses its config
 * before the program's own allocator may be used. Nothing is freed singly; pool_release() returns
 * it all. Not thread-safe: one owner at a time. */
#ifndef MEMO_POOL_H
#define MEMO_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool_chunk;

struct pool {
    struct pool_chunk *newest;
    size_t bytes;   /* mapped so far, counted against maxmemory by the shim */
    bool exhausted; /* the kernel has refused memory since the pool was empty */
};

/* NULL when the kernel gives no memory. size 0 gives a valid unique pointer. */
void *pool_alloc(struct pool *pool, size_t size);

/* A NUL-terminated copy; NULL as pool_alloc. */
char *pool_strndup(struct pool *pool, const char *text, size_t length);

/* Frees what was allocated, but keeps one chunk for what follows. */
void pool_reset(struct pool *pool);

void pool_release(struct pool *pool);

#endif
