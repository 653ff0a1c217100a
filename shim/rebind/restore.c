#include "rebind/restore.h"

#include "cache/lock.h"
#include "slot.h"
#include "system.h"

#include <errno.h>
#include <stdatomic.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#define BLOCK_PLACES 62
#define READ_ONLY    ((uintptr_t)1) /* in the low bits of a reference's address, which are free */

/* Only ever added to, by one scan at a time; read without a lock. */
struct block {
    _Atomic(struct block *) next;
    atomic_size_t count;
    uintptr_t places[BLOCK_PLACES];
};

static struct block first;
static struct block *last = &first;
static struct lock pages;
static bool forking;                            /* the lock is taken by rebind_before_fork() */
static _Atomic(uint64_t) done[ARCH_STUBS / 64]; /* a bit per stub */

void restore_note(struct pool *pool, uintptr_t reference, bool read_only)
{
    size_t count = atomic_load_explicit(&last->count, memory_order_relaxed);
    if (count == BLOCK_PLACES) {
        struct block *block = pool_alloc(pool, sizeof(*block));
        if (!block) return;
        atomic_store_explicit(&last->next, block, memory_order_release);
        last = block;
        count = 0;
    }
    last->places[count] = reference | (read_only ? READ_ONLY : 0);
    atomic_store_explicit(&last->count, count + 1, memory_order_release);
}

bool restore_is_done(const struct slot *slot)
{
    uint64_t bits = atomic_load_explicit(&done[slot->number / 64], memory_order_relaxed);
    return bits >> slot->number % 64 & 1;
}

bool restore_lock(void)
{
    return lock_wait(&pages);
}

void restore_unlock(void)
{
    lock_release(&pages);
}

/* Made writable even where it was: the program may have changed that since, and must not die of
 * our store. */
static void put_back(uintptr_t place, uintptr_t stub, uintptr_t original)
{
    uintptr_t *reference = (uintptr_t *)(place & ~READ_ONLY), page_size = getauxval(AT_PAGESZ);
    void *page = (void *)((uintptr_t)reference & -page_size);
    if (system_protect(page, page_size, PROT_READ | PROT_WRITE) != 0) return;
    __atomic_compare_exchange_n(reference, &stub, original, false, __ATOMIC_RELEASE,
                                __ATOMIC_RELAXED);
    if (place & READ_ONLY) system_protect(page, page_size, PROT_READ);
}

/* What a place belongs to is not recorded: it holds the stub or it doesn't. */
static void put_all_back(uintptr_t stub, uintptr_t original)
{
    const struct block *block = &first;
    for (; block; block = atomic_load_explicit(&block->next, memory_order_acquire)) {
        size_t count = atomic_load_explicit(&block->count, memory_order_acquire);
        for (size_t i = 0; i < count; i++) {
            uintptr_t *reference = (uintptr_t *)(block->places[i] & ~READ_ONLY);
            if (__atomic_load_n(reference, __ATOMIC_RELAXED) == stub)
                put_back(block->places[i], stub, original);
        }
    }
}

void rebind_before_fork(void)
{
    forking = restore_lock();
}

void rebind_after_fork(void)
{
    if (forking) restore_unlock();
}

/* With signals blocked, so that no handler finds a page open, or jumps away and leaves it so. */
bool rebind_restore(const struct slot *slot)
{
    int saved = errno;
    uint64_t signals = system_block_signals();
    bool free = lock_take(&pages);
    if (free) {
        atomic_fetch_or_explicit(&done[slot->number / 64], (uint64_t)1 << slot->number % 64,
                                 memory_order_relaxed);
        put_all_back((uintptr_t)slot_stub(slot), (uintptr_t)slot->original);
        lock_release(&pages);
    }
    system_restore_signals(signals);
    errno = saved;
    return free;
}
