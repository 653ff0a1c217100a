#include "cache/arena.h"

#include "cache/lock.h"

#include <errno.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#define SPAN_SIZE   ((size_t)16384)
#define SPAN_HEADER ((size_t)64)
#define WIDE_SPAN   ((size_t)128 << 10) /* for blocks above a quarter of the other */
#define WIDE_CLASS  32
#define CLASS_COUNT 44
#define LARGE_LIMIT (WIDE_SPAN / 4)
#define CHUNK_SPANS 64 /* address space is taken 1 MiB at a time; memory only as it is touched */

/* Large blocks and wide spans that were freed stay mapped, so many up to that size: a miss may want
 * one for as long as its original runs, and a mapping with its page faults costs 7 us. */
#define SPARES      4
#define SPARE_LIMIT ((size_t)256 << 10)

#define TRIM_SPANS 16 /* given back at once: more than one of the wide ones and spares asks for */

struct block {
    struct block *next;
};

/* At the start of every span; blocks follow. */
struct span {
    struct span *next,
        *previous; /* among the spans of its class with a free block, or kept spans */
    struct block *free;
    uint32_t used, capacity; /* blocks out; blocks that fit */
    uint32_t fresh;          /* blocks never handed out yet: a span is cut as it is needed */
    uint32_t class;
};

struct spare {
    size_t size;
};

static struct {
    struct lock lock;
    size_t limit, bytes;
    struct span *partial[CLASS_COUNT];             /* spans with a free block, by class */
    struct span *kept;                             /* wholly free spans, still counted */
    struct span *bare;                             /* of those, but for their first page */
    char *chunk, *chunk_end;                       /* address space not yet cut into spans */
    _Atomic(struct block *) orphans, wide_orphans; /* freed while the lock could not be had */
    _Atomic(struct spare *) spares[SPARES];        /* still counted */
} arena = {.limit = (size_t)64 << 20};

/* Classes: multiples of 16 up to 256, then four steps to each doubling (waste under 20 %). */
static uint32_t class_of(size_t size)
{
    if (size <= 256) return size ? (uint32_t)((size - 1) >> 4) : 0;
    uint32_t log = 63 - (uint32_t)__builtin_clzl(size - 1);
    return 16 + (log - 8) * 4 + (uint32_t)((size - 1) >> (log - 2) & 3);
}

static size_t class_size(uint32_t class)
{
    if (class < 16) return ((size_t) class + 1) << 4;
    uint32_t step = class - 16;
    return (size_t)(5 + step % 4) << (6 + step / 4);
}

static size_t span_size(uint32_t class)
{
    return class < WIDE_CLASS ? SPAN_SIZE : WIDE_SPAN;
}

static size_t page_round(size_t size)
{
    size_t page = getauxval(AT_PAGESZ);
    return (size + page - 1) & ~(page - 1);
}

void arena_limit(size_t bytes)
{
    arena.limit = bytes;
}

void arena_charge(size_t bytes)
{
    __atomic_fetch_add(&arena.bytes, bytes, __ATOMIC_RELAXED);
}

size_t arena_bytes(void)
{
    return __atomic_load_n(&arena.bytes, __ATOMIC_RELAXED);
}

bool arena_is_roomy(size_t bytes)
{
    return arena_bytes() + bytes <= arena.limit / 2;
}

size_t arena_block_size(size_t size)
{
    return size > LARGE_LIMIT ? page_round(size) : class_size(class_of(size));
}

static bool charge(size_t bytes)
{
    size_t before = arena_bytes();
    do {
        if (before > arena.limit || bytes > arena.limit - before) return false;
    } while (!__atomic_compare_exchange_n(&arena.bytes, &before, before + bytes, true,
                                          __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    return true;
}

static void *map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* What is as large as a wide span may become one: aligned by its size. */
static void *map_large(size_t bytes)
{
    if (bytes != WIDE_SPAN) return map(bytes);
    char *memory = map(2 * bytes);
    if (!memory) return NULL;
    size_t before = -(uintptr_t)memory & (bytes - 1);
    if (before) munmap(memory, before);
    munmap(memory + before + bytes, bytes - before);
    return memory + before;
}

static void unmap(void *memory, size_t size)
{
    munmap(memory, size);
    __atomic_fetch_sub(&arena.bytes, size, __ATOMIC_RELAXED);
}

/* Any thread may take any of them at any time: whoever has exchanged one out owns it. */
static void spare_keep(struct spare *spare, size_t size)
{
    if (size > SPARE_LIMIT) {
        unmap(spare, size);
        return;
    }
    spare->size = size;
    for (int i = 0; i < SPARES; i++) {
        struct spare *none = NULL;
        if (atomic_compare_exchange_strong(&arena.spares[i], &none, spare)) return;
    }
    struct spare *old = atomic_exchange(&arena.spares[0], spare);
    if (old) unmap(old, old->size);
}

static void *spare_take(size_t size)
{
    for (int i = 0; i < SPARES; i++) {
        if (!atomic_load_explicit(&arena.spares[i], memory_order_relaxed)) continue;
        struct spare *spare = atomic_exchange(&arena.spares[i], NULL);
        if (spare && spare->size == size) return spare;
        if (spare) spare_keep(spare, spare->size);
    }
    return NULL;
}

static void *large_alloc(size_t size)
{
    if (size > PTRDIFF_MAX) return NULL;
    size = page_round(size);
    void *memory = size <= SPARE_LIMIT ? spare_take(size) : NULL;
    if (memory || !charge(size)) return memory;
    memory = map_large(size);
    if (!memory) __atomic_fetch_sub(&arena.bytes, size, __ATOMIC_RELAXED);
    return memory;
}

static void span_link(struct span **list, struct span *span)
{
    span->previous = NULL;
    span->next = *list;
    if (*list) (*list)->previous = span;
    *list = span;
}

static void span_unlink(struct span **list, struct span *span)
{
    if (span->previous)
        span->previous->next = span->next;
    else
        *list = span->next;
    if (span->next) span->next->previous = span->previous;
}

static struct span *pop(struct span **list)
{
    struct span *span = *list;
    if (span) *list = span->next;
    return span;
}

/* A span from the kept ones, or from address space not yet cut. */
static struct span *span_take(uint32_t class)
{
    if (class >= WIDE_CLASS) return large_alloc(WIDE_SPAN);
    struct span *span = pop(&arena.kept);
    if (span) return span;
    if (arena.bare) return charge(SPAN_SIZE - page_round(1)) ? pop(&arena.bare) : NULL;
    if (!charge(SPAN_SIZE)) return NULL;
    if (arena.chunk == arena.chunk_end) {
        char *memory = map((CHUNK_SPANS + 1) * SPAN_SIZE);
        if (!memory) {
            __atomic_fetch_sub(&arena.bytes, SPAN_SIZE, __ATOMIC_RELAXED);
            return NULL;
        }
        arena.chunk = (char *)(((uintptr_t)memory + SPAN_SIZE - 1) & ~(SPAN_SIZE - 1));
        arena.chunk_end = arena.chunk + CHUNK_SPANS * SPAN_SIZE;
    }
    span = (struct span *)arena.chunk;
    arena.chunk += SPAN_SIZE;
    return span;
}

static struct span *span_open(uint32_t class)
{
    struct span *span = span_take(class);
    if (!span) return NULL;
    *span = (struct span){.class = class};
    span->capacity = (uint32_t)((span_size(class) - SPAN_HEADER) / class_size(class));
    span_link(&arena.partial[class], span);
    return span;
}

static void *block_take(uint32_t class)
{
    struct span *span = arena.partial[class];
    if (!span && !(span = span_open(class))) return NULL;
    struct block *block = span->free;
    if (block)
        span->free = block->next;
    else
        block = (struct block *)((char *)span + SPAN_HEADER + span->fresh++ * class_size(class));
    if (++span->used == span->capacity) span_unlink(&arena.partial[class], span);
    return block;
}

/* Gives a wide span that is wholly free now: its memory is the caller's to give back. */
static struct span *block_return(struct block *block, size_t span_bytes)
{
    struct span *span = (struct span *)((uintptr_t)block & ~(span_bytes - 1));
    if (span->used-- == span->capacity) span_link(&arena.partial[span->class], span);
    block->next = span->free;
    span->free = block;
    if (span->used) return NULL;
    span_unlink(&arena.partial[span->class], span);
    if (span_bytes == WIDE_SPAN) return span;
    span->next = arena.kept;
    arena.kept = span;
    return NULL;
}

/* One of each width: how large a block is only its owner knew. */
static void orphans_return(_Atomic(struct block *) *orphans, size_t span_bytes)
{
    if (!atomic_load_explicit(orphans, memory_order_relaxed)) return;
    struct block *block = atomic_exchange_explicit(orphans, NULL, memory_order_acquire);
    while (block) {
        struct block *next = block->next;
        struct span *empty = block_return(block, span_bytes);
        if (empty) spare_keep((struct spare *)empty, WIDE_SPAN);
        block = next;
    }
}

/* A kept span but for its first page, which links it. Fails where the program locks all memory. */
static bool strip(struct span *span, size_t page)
{
    if (madvise((char *)span + page, SPAN_SIZE - page, MADV_DONTNEED) != 0) return false;
    span->next = arena.bare;
    arena.bare = span;
    __atomic_fetch_sub(&arena.bytes, SPAN_SIZE - page, __ATOMIC_RELAXED);
    return true;
}

static void spans_strip(void)
{
    size_t page = page_round(1);
    if (page >= SPAN_SIZE || !lock_try(&arena.lock)) return;
    for (int i = 0; i < TRIM_SPANS && arena.kept; i++) {
        struct span *span = pop(&arena.kept);
        if (strip(span, page)) continue;
        span->next = arena.kept;
        arena.kept = span;
        break;
    }
    lock_release(&arena.lock);
}

/* Gives the kernel all spares and some kept spans; whether there were any. Where pages are as large
 * as spans, those can't be had. */
static bool trim(void)
{
    size_t before = arena_bytes();
    int saved = errno;
    for (int i = 0; i < SPARES; i++) {
        struct spare *spare = atomic_exchange(&arena.spares[i], NULL);
        if (spare) unmap(spare, spare->size);
    }
    spans_strip();
    errno = saved;
    return arena_bytes() < before;
}

bool arena_charge_within(size_t bytes)
{
    bool charged = charge(bytes);
    while (!charged && trim())
        charged = charge(bytes);
    return charged;
}

static void *small_alloc(uint32_t class)
{
    if (!lock_try(&arena.lock)) return NULL;
    orphans_return(&arena.orphans, SPAN_SIZE);
    orphans_return(&arena.wide_orphans, WIDE_SPAN);
    void *block = block_take(class);
    lock_release(&arena.lock);
    return block;
}

static void *alloc(size_t size)
{
    return size > LARGE_LIMIT ? large_alloc(size) : small_alloc(class_of(size));
}

void *arena_alloc(size_t size)
{
    void *block = alloc(size);
    while (!block && trim())
        block = alloc(size);
    return block;
}

static void orphan(_Atomic(struct block *) *orphans, struct block *block)
{
    block->next = atomic_load_explicit(orphans, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(orphans, &block->next, block,
                                                  memory_order_release, memory_order_relaxed)) {
    }
}

void arena_free(void *block, size_t size)
{
    if (!block) return;
    if (size > LARGE_LIMIT) {
        spare_keep(block, page_round(size));
        return;
    }
    size_t span_bytes = span_size(class_of(size));
    if (!lock_try(&arena.lock)) {
        orphan(span_bytes == WIDE_SPAN ? &arena.wide_orphans : &arena.orphans, block);
        return;
    }
    struct span *empty = block_return(block, span_bytes);
    lock_release(&arena.lock);
    if (empty) spare_keep((struct spare *)empty, WIDE_SPAN);
}

bool arena_before_fork(void)
{
    return lock_wait(&arena.lock);
}

void arena_after_fork(bool locked)
{
    if (locked) lock_release(&arena.lock);
}
