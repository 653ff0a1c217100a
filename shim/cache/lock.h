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

#define LOCK_SPINS 100  /* some 2 us: longer than most critical sections run undisturbed */
#define LOCK_YIELDS 100 /* then the owner may have lost its core: it gets ours, so many times */

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

static inline bool lock_take(struct lock *lock)
{
    return !atomic_load_explicit(&lock->held, memory_order_relaxed) &&
           !atomic_exchange_explicit(&lock->held, true, memory_order_acquire);
}

/* False after some 50 us of an owner that does not let go. */
static inline bool lock_try(struct lock *lock)
{
    for (int spins = 0; spins < LOCK_SPINS; spins++) {
        if (lock_take(lock)) return true;
        lock_pause();
    }
    for (int yields = 0; yields < LOCK_YIELDS; yields++) {
        sched_yield();
        if (lock_take(lock)) return true;
    }
    return false;
}

/* For fork() only: waits some milliseconds, long enough for any owner that still lives. */
static inline bool lock_wait(struct lock *lock)
{
    for (int tries = 0; tries < 200; tries++)
        if (lock_try(lock)) return true;
    return false;
}

static inline void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->held, false, memory_order_release);
}

#endif
