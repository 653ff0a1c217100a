/* A lock that never hangs the host. Taking it is tried for a bounded while; failure means that the
 * caller goes without (bypass), because the owner may be gone for good: a signal handler that
 * jumped out of our code, a thread cancelled in it, a fork that left it behind. After a quarter of
 * a second in all of waits in vain the lock is given up and not waited for any more, until its
 * owner lets go after all.
 *
 * Not recursive; the guard of thread.h keeps a thread from meeting its own lock. */
#ifndef MEMO_LOCK_H
#define MEMO_LOCK_H

#include <stdatomic.h>
#include <stdbool.h>

/* ThreadSanitizer in the program sees our memcpy calls, as it intercepts them, but not our atomics:
 * without a word it would report races. NULL elsewhere. */
extern void __tsan_acquire(void *address) __attribute__((weak, visibility("default")));
extern void __tsan_release(void *address) __attribute__((weak, visibility("default")));

struct lock {
    atomic_bool held;
    atomic_uint waited; /* microseconds, in vain and in a row */
};

/* lock.c: what is left to do when the lock is not free at once. False after some 50 us of an owner
 * that does not let go; after 4 ms, or one turn of another more, where others want our core. */
bool lock_try_slowly(struct lock *lock);

static inline bool lock_take(struct lock *lock)
{
    bool taken = !atomic_load_explicit(&lock->held, memory_order_relaxed) &&
                 !atomic_exchange_explicit(&lock->held, true, memory_order_acquire);
    if (taken && __tsan_acquire) __tsan_acquire(lock);
    return taken;
}

static inline bool lock_try(struct lock *lock)
{
    return __builtin_expect(lock_take(lock), 1) || lock_try_slowly(lock);
}

static inline void lock_release(struct lock *lock)
{
    if (__tsan_release) __tsan_release(lock);
    atomic_store_explicit(&lock->held, false, memory_order_release);
}

/* For fork() and the like: waits some 150 ms, longer than an owner that still lives is without a
 * core. Failing that, the lock is given up. */
bool lock_wait(struct lock *lock);

#endif
