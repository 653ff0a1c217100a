#include "cache/lock.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SPINS    100  /* some 2 us: longer than most critical sections run undisturbed */
#define YIELDS   100  /* then the owner may have lost its core: it gets ours, so many times */
#define WAITS    500  /* of some 300 us */
#define GIVEN_UP 5000 /* failures of 50 us: nobody is away from a core for so long */

static void spin_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static bool spin_and_yield(struct lock *lock)
{
    for (int i = 0; i < SPINS; i++) {
        if (lock_take(lock)) return true;
        spin_pause();
    }
    for (int i = 0; i < YIELDS; i++) {
        sched_yield();
        if (lock_take(lock)) return true;
    }
    return false;
}

bool lock_try_slowly(struct lock *lock)
{
    bool given_up = atomic_load_explicit(&lock->failures, memory_order_relaxed) >= GIVEN_UP;
    bool taken = given_up ? lock_take(lock) : spin_and_yield(lock);
    if (taken)
        atomic_store_explicit(&lock->failures, 0, memory_order_relaxed);
    else
        atomic_fetch_add_explicit(&lock->failures, 1, memory_order_relaxed);
    return taken;
}

/* nanosleep() would be a cancellation point. */
static void sleep_a_little(void)
{
    static const struct timespec little = {.tv_nsec = 200000};
    int saved = errno;
    syscall(SYS_nanosleep, &little, NULL);
    errno = saved;
}

bool lock_wait(struct lock *lock)
{
    if (lock_take(lock)) return true;
    for (int i = 0; i < WAITS; i++) {
        if (atomic_load_explicit(&lock->failures, memory_order_relaxed) >= GIVEN_UP) break;
        if (spin_and_yield(lock)) return true;
        sleep_a_little();
    }
    atomic_store_explicit(&lock->failures, GIVEN_UP, memory_order_relaxed);
    return lock_take(lock);
}
