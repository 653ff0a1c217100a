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

/* Compilers take the address of a weak function for a constant in an x86-64 executable of a fixed
 * address, and linkers then make it 0 for good. Read from the GOT it is the loader's to fill in. */
#if defined(__x86_64__) && defined(__LP64__) && !defined(__PIC__)
#define MEMO_FIND(function, name)                                                                  \
    __asm__(".weak " #name "\n\tmovq " #name "@GOTPCREL(%%rip), %0" : "=r"(function))
#else
#define MEMO_FIND(function, name) ((function) = (name))
#endif

/* Forgets all results, and those of calls under way. How many slots were cleared. */
static inline int memo_clear(const char *symbol)
{
    int (*clear)(const char *);
    MEMO_FIND(clear, memo_clear_v1);
    return clear ? clear(symbol) : 0;
}

/* Sums over the slots of `symbol`. How many there are. */
static inline int memo_info(const char *symbol, struct memo_info *info)
{
    int (*ask)(const char *, struct memo_info *, size_t);
    MEMO_FIND(ask, memo_info_v1);
    return ask ? ask(symbol, info, sizeof(*info)) : 0;
}

/* The function itself, which no cache answers. NULL where it is not cached: call it as usual. */
static inline void *memo_original(const char *symbol)
{
    void *(*find)(const char *);
    MEMO_FIND(find, memo_original_v1);
    return find ? find(symbol) : NULL;
}

#undef MEMO_FIND

#ifdef __cplusplus
}
#endif

#endif
