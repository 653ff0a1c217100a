/* memo.h: for a program that knows of libmemo. The cache_clear, cache_info and __wrapped__ of
 * Python's functools.lru_cache, for the functions that libmemo.so caches in this process.
 *
 * Nothing is linked: where libmemo.so is not loaded, all of these do nothing and give 0 or NULL. A
 * `symbol` names all slots of that function (two versions of one symbol are two slots); NULL names
 * every slot. Safe from any thread and from signal handlers, where a busy slot is passed over. */
#ifndef MEMO_H
#define MEMO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct memo_info {
    uint64_t hits, misses, bypassed, evictions;
    uint64_t currsize;
    uint64_t maxsize; /* UINT64_MAX: unlimited */
    uint64_t bytes;
};

extern int memo_clear_v1(const char *symbol) __attribute__((weak));
extern int memo_info_v1(const char *symbol, struct memo_info *info, size_t size)
    __attribute__((weak));
extern void *memo_original_v1(const char *symbol) __attribute__((weak));

/* Forgets all results, and those of calls under way. How many slots were cleared. */
static inline int memo_clear(const char *symbol)
{
    return memo_clear_v1 ? memo_clear_v1(symbol) : 0;
}

/* Sums over the slots of `symbol`. How many there are. */
static inline int memo_info(const char *symbol, struct memo_info *info)
{
    return memo_info_v1 ? memo_info_v1(symbol, info, sizeof(*info)) : 0;
}

/* The function itself, which no cache answers. NULL where it is not cached: call it as usual. */
static inline void *memo_original(const char *symbol)
{
    return memo_original_v1 ? memo_original_v1(symbol) : NULL;
}

#ifdef __cplusplus
}
#endif

#endif
