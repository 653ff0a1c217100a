/* A lock that never hangs the host. Taking it is tried for a bounded while; failure means that the
 * caller goes without (bypass), because the owner may be gone for good: a signal handler that
 * jumped out of our code, a thread cancelled in it, a fork that left it behind.
 *
 * Not recursive; the guard of thread.h keeps a thread from meeting its own lock. Async-signal-safe
 * in the sense that trying is always finite. */
#ifndef MEMO_LOCK_H
#define MEMO_LOCK_H

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

#define LOCK_SPINS 256 /* some 5 us: longer than any critical section runs undisturbed */

struct lock {
    atomic_bool held;
};

static inline void lock_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static inline bool lock_try(struct lock *lock)
{
    for (int spins = 0; spins < LOCK_SPINS; spins++) {
        if (!atomic_load_explicit(&lock->held, memory_order_relaxed) &&
            !atomic_exchange_explicit(&lock->held, true, memory_order_acquire))
            return true;
        lock_pause();
    }
    return false;
}

/* For fork() only: waits some milliseconds, long enough for any owner that still lives. */
static inline bool lock_wait(struct lock *lock)
{
    for (int tries = 0; tries < 2000; tries++) {
        if (lock_try(lock)) return true;
        sched_yield();
    }
    return false;
}

static inline void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->held, false, memory_order_release);
}

#endif
