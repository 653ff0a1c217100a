#include "pool.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#define CHUNK_BYTES ((size_t)64 << 10)
#define ALIGNMENT   16

struct pool_chunk {
    struct pool_chunk *older;
    size_t bytes, used; /* of the whole mapping, this header included */
    size_t reserved;    /* keeps what follows aligned */
};

_Static_assert(sizeof(struct pool_chunk) % ALIGNMENT == 0, "what follows the header is aligned");

static struct pool_chunk *chunk_map(struct pool *pool, size_t needed)
{
    size_t bytes = (needed + CHUNK_BYTES - 1) & ~(CHUNK_BYTES - 1);
    struct pool_chunk *chunk =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (chunk == MAP_FAILED) {
        pool->exhausted = true;
        return NULL;
    }
    chunk->bytes = bytes;
    chunk->used = sizeof *chunk;
    pool->bytes += bytes;
    return chunk;
}

/* The chunk with more room left stays the newest, so that one large request between small ones
 * does not waste what the small ones were filling. */
static struct pool_chunk *chunk_add(struct pool *pool, size_t size)
{
    struct pool_chunk *newest = pool->newest;
    struct pool_chunk *chunk = chunk_map(pool, sizeof *chunk + size);
    if (!chunk) return NULL;
    if (newest && newest->bytes - newest->used > chunk->bytes - chunk->used - size) {
        chunk->older = newest->older;
        newest->older = chunk;
    } else {
        chunk->older = newest;
        pool->newest = chunk;
    }
    return chunk;
}

void *pool_alloc(struct pool *pool, size_t size)
{
    if (size > SIZE_MAX / 2) return NULL;
    size = size ? (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1) : ALIGNMENT;
    struct pool_chunk *chunk = pool->newest;
    if (!chunk || chunk->bytes - chunk->used < size) chunk = chunk_add(pool, size);
    if (!chunk) return NULL;
    void *memory = (char *)chunk + chunk->used;
    chunk->used += size;
    return memory;
}

char *pool_strndup(struct pool *pool, const char *text, size_t length)
{
    char *copy = length < SIZE_MAX ? pool_alloc(pool, length + 1) : NULL;
    if (copy) memcpy(copy, text, length);
    return copy;
}

void pool_reset(struct pool *pool)
{
    struct pool_chunk *kept = pool->newest;
    if (!kept) return;
    struct pool older = {.newest = kept->older};
    pool_release(&older);
    kept->older = NULL;
    memset(kept + 1, 0, kept->used - sizeof *kept);
    kept->used = sizeof *kept;
    pool->bytes = kept->bytes;
}

void pool_release(struct pool *pool)
{
    struct pool_chunk *chunk = pool->newest;
    while (chunk) {
        struct pool_chunk *older = chunk->older;
        munmap(chunk, chunk->bytes);
        chunk = older;
    }
    *pool = (struct pool){0};
}
