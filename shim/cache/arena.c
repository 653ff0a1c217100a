#include "cache/arena.h"

#include "cache/lock.h"

#include <stdint.h>
#include <sys/mman.h>

#define SPAN_SIZE   ((size_t)16384)
#define SPAN_HEADER ((size_t)64)
#define LARGE_LIMIT (SPAN_SIZE / 4)
#define CHUNK_SPANS 64 /* address space is taken 1 MiB at a time; memory only as it is touched */
#define CLASS_COUNT 32

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

static struct {
    struct lock lock;
    size_t limit, bytes;
    struct span *partial[CLASS_COUNT]; /* spans with a free block, by class */
    struct span *kept;                 /* wholly free spans, still counted */
    char *chunk, *chunk_end;           /* address space not yet cut into spans */
    _Atomic(struct block *) orphans;   /* freed while the lock could not be had */
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

static size_t page_round(size_t size)
{
    return (size + 65535) & ~(size_t)65535; /* the largest page size of our platforms */
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

bool arena_charge_within(size_t bytes)
{
    size_t before = __atomic_fetch_add(&arena.bytes, bytes, __ATOMIC_RELAXED);
    if (before + bytes <= arena.limit && before + bytes >= before) return true;
    __atomic_fetch_sub(&arena.bytes, bytes, __ATOMIC_RELAXED);
    return false;
}

static void *map(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
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

/* A span from the kept ones, or from address space not yet cut. */
static struct span *span_take(void)
{
    struct span *span = arena.kept;
    if (span) {
        arena.kept = span->next;
        return span;
    }
    if (!arena_charge_within(SPAN_SIZE)) return NULL;
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
    struct span *span = span_take();
    if (!span) return NULL;
    *span = (struct span){.class = class};
    span->capacity = (uint32_t)((SPAN_SIZE - SPAN_HEADER) / class_size(class));
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

static void block_return(struct block *block)
{
    struct span *span = (struct span *)((uintptr_t)block & ~(SPAN_SIZE - 1));
    if (span->used-- == span->capacity) span_link(&arena.partial[span->class], span);
    block->next = span->free;
    span->free = block;
    if (span->used) return;
    span_unlink(&arena.partial[span->class], span);
    span->next = arena.kept;
    arena.kept = span;
}

static void orphans_return(void)
{
    struct block *block = atomic_exchange_explicit(&arena.orphans, NULL, memory_order_acquire);
    while (block) {
        struct block *next = block->next;
        block_return(block);
        block = next;
    }
}

void *arena_alloc(size_t size)
{
    if (size > LARGE_LIMIT) {
        if (size > PTRDIFF_MAX || !arena_charge_within(page_round(size))) return NULL;
        void *memory = map(page_round(size));
        if (!memory) __atomic_fetch_sub(&arena.bytes, page_round(size), __ATOMIC_RELAXED);
        return memory;
    }
    if (!lock_try(&arena.lock)) return NULL;
    if (atomic_load_explicit(&arena.orphans, memory_order_relaxed)) orphans_return();
    void *block = block_take(class_of(size));
    lock_release(&arena.lock);
    return block;
}

void arena_free(void *memory, size_t size)
{
    if (!memory) return;
    if (size > LARGE_LIMIT) {
        munmap(memory, page_round(size));
        __atomic_fetch_sub(&arena.bytes, page_round(size), __ATOMIC_RELAXED);
        return;
    }
    struct block *block = memory;
    if (lock_try(&arena.lock)) {
        block_return(block);
        lock_release(&arena.lock);
        return;
    }
    block->next = atomic_load_explicit(&arena.orphans, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(&arena.orphans, &block->next, block,
                                                  memory_order_release, memory_order_relaxed)) {
    }
}

bool arena_before_fork(void)
{
    return lock_wait(&arena.lock);
}

void arena_after_fork(bool locked)
{
    if (locked) lock_release(&arena.lock);
}
