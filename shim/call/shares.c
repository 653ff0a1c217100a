#include "call/shares.h"

#include "cache/arena.h"
#include "call/trial.h"
#include "thread.h"

#include <errno.h>
#include <sys/mman.h>

/* One thread's. Address space for every slot there can be; memory for the pages that are used. */
struct thread_share {
    struct thread_share *next, *previous;
    size_t charged;
    _Alignas(4096) struct front fronts[ARCH_STUBS];
};

_Static_assert(sizeof(struct front) == sizeof(struct arch_slot), "one offset for all slots");
_Static_assert(FRONT_LINES < ARCH_SLOT_ENTRY && FRONT_EPOCH < ARCH_SLOT_ENTRY,
               "a slot's line is no front");

_Thread_local intptr_t thread_fronts;
int64_t thread_errno_offset;

static struct lock shares_lock; /* guards the list; inside memo.lock, outside arena.lock */
static struct thread_share *shares;
static bool shares_locked;

static struct thread_share *own_share(void)
{
    size_t offset = offsetof(struct thread_share, fronts);
    return thread_fronts ? (void *)((char *)thread_front(0) - offset) : NULL;
}

static void share_unlink(struct thread_share *share)
{
    if (share->previous)
        share->previous->next = share->next;
    else
        shares = share->next;
    if (share->next) share->next->previous = share->previous;
}

/* Hits go to the slots that they are of. */
static void share_release(struct thread_share *share)
{
    struct memo *memo;
    for (size_t i = 0; (memo = memo_at(i)); i++) {
        struct front *front = &share->fronts[memo->slot.number];
        if (!front->lines) continue;
        atomic_fetch_add_explicit(&memo->ended_hits, front_hits(front), memory_order_relaxed);
        atomic_fetch_add_explicit(&memo->ended_misses, front->misses, memory_order_relaxed);
        front_release(front);
    }
    arena_charge(-share->charged);
    munmap(share, sizeof(*share));
}

static void thread_ends(void)
{
    struct memo *memo;
    struct thread_share *share = own_share();
    if (!share) return;
    for (size_t i = 0; (memo = memo_at(i)); i++)
        trial_leave(memo);
    thread_fronts = 0;
    atomic_signal_fence(memory_order_seq_cst);
    if (!lock_wait(&shares_lock)) return; /* lost: the mapping stays, and its counts with it */
    share_unlink(share);
    share_release(share);
    lock_release(&shares_lock);
}

/* Its header, and the pages that the slots there are now will use. */
static size_t charge_of_share(void)
{
    size_t count = 0;
    while (memo_at(count))
        count++;
    return offsetof(struct thread_share, fronts) +
           (count * sizeof(struct front) + 4095) / 4096 * 4096;
}

/* Lock of the list held. */
static bool share_add(void)
{
    size_t charged = charge_of_share();
    if (!arena_charge_within(charged)) return false;
    struct thread_share *share = mmap(NULL, sizeof(*share), PROT_READ | PROT_WRITE,
                                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (share == MAP_FAILED) {
        arena_charge(-charged);
        return false;
    }
    share->charged = charged;
    share->next = shares;
    if (shares) shares->previous = share;
    shares = share;
    atomic_signal_fence(memory_order_seq_cst);
    thread_fronts = (intptr_t)share->fronts - (intptr_t)arch_slots;
    return true;
}

static bool share_make(void)
{
    if (thread_self.ended || (char *)&errno - arch_thread_pointer() != thread_errno_offset)
        return false;
    if (!thread_register() || !lock_try(&shares_lock)) return false;
    bool made = share_add();
    lock_release(&shares_lock);
    return made;
}

struct front *front_of_thread(const struct memo *memo, uint64_t epoch)
{
    if (!thread_fronts && !share_make()) return NULL;
    struct front *front = thread_front(memo->slot.number);
    if (!front->lines) {
        if (!front_make(front, &memo->layout)) return NULL;
        front->placed = (uint32_t)memo->table.placed;
    }
    if (front->epoch != epoch) front_empty(front, &memo->layout, epoch);
    return front;
}

void shares_start(void)
{
    thread_errno_offset = (char *)&errno - arch_thread_pointer();
    thread_at_end(thread_ends);
}

struct front_counts shares_counts(const struct memo *memo)
{
    struct front_counts counts = {
        .hits = atomic_load_explicit(&memo->ended_hits, memory_order_relaxed),
        .misses = atomic_load_explicit(&memo->ended_misses, memory_order_relaxed),
    };
    if (!lock_wait(&shares_lock)) return counts;
    for (struct thread_share *share = shares; share; share = share->next) {
        const struct front *front = &share->fronts[memo->slot.number];
        counts.hits += front_hits(front);
        counts.misses += front->misses;
    }
    lock_release(&shares_lock);
    return counts;
}

void shares_before_fork(void)
{
    shares_locked = lock_wait(&shares_lock);
}

/* Those of other threads go, with what they counted: that is the parent's. */
void shares_after_fork(bool child)
{
    struct memo *memo;
    struct thread_share *own = own_share();
    while (child && shares_locked && shares) {
        struct thread_share *share = shares;
        share_unlink(share);
        if (share != own) share_release(share);
    }
    if (child && own) {
        own->next = own->previous = NULL;
        shares = own;
    }
    for (size_t i = 0; child && (memo = memo_at(i)); i++) {
        atomic_store(&memo->ended_hits, 0);
        atomic_store(&memo->ended_misses, 0);
        if (own) front_count_from_zero(thread_front(memo->slot.number));
    }
    if (shares_locked) lock_release(&shares_lock);
}
