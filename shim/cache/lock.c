#include "cache/lock.h"

#include "cache/clock.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SPINS    100    /* some 2 us: longer than most critical sections run undisturbed */
#define YIELDS   100    /* then the owner may have lost its core: it gets ours, so many times */
#define PATIENCE 4000   /* us of yields: on a busy machine one may take a turn of another's */
#define VAIN     50     /* us that a try in vain counts for at least, */
#define AWAY     10000  /* and at most: it is not the owner's fault if the machine sleeps */
#define GIVEN_UP 250000 /* us */
#define WAITS    500    /* of some 300 us */

static void spin_pause(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static uint64_t microseconds(void)
{
    return clock_ns(CLOCK_MONOTONIC) / 1000;
}

static bool spin_and_yield(struct lock *lock)
{
    for (int i = 0; i < SPINS; i++) {
        if (lock_take(lock)) return true;
        spin_pause();
    }
    uint64_t start = microseconds(), waited = 0;
    for (int i = 0; i < YIELDS && waited < PATIENCE; i++) {
        sched_yield();
        if (lock_take(lock)) return true;
        waited = microseconds() - start;
    }
    if (waited < VAIN) waited = VAIN;
    if (waited > AWAY) waited = AWAY;
    atomic_fetch_add_explicit(&lock->waited, (unsigned)waited, memory_order_relaxed);
    return false;
}

static bool is_given_up(struct lock *lock)
{
    return atomic_load_explicit(&lock->waited, memory_order_relaxed) >= GIVEN_UP;
}

bool lock_try_slowly(struct lock *lock)
{
    bool taken = is_given_up(lock) ? lock_take(lock) : spin_and_yield(lock);
    if (taken) atomic_store_explicit(&lock->waited, 0, memory_order_relaxed);
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
        if (is_given_up(lock)) break;
        if (spin_and_yield(lock)) return true;
        sleep_a_little();
    }
    atomic_store_explicit(&lock->waited, GIVEN_UP, memory_order_relaxed);
    return lock_take(lock);
}
