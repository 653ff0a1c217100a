/* Time, and a place to run. */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <sched.h>
#include <time.h>

static inline double clock_ns(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* CPU time of this thread: other programs on the machine disturb it less than they do wall time.
 * Reading it is a system call, 0.2 to 0.5 us: what is timed should take 50 us or more. */
static inline double cpu_ns(void)
{
    return clock_ns(CLOCK_THREAD_CPUTIME_ID);
}

static inline double wall_ns(void)
{
    return clock_ns(CLOCK_MONOTONIC);
}

/* Keeps the calling thread on the last CPU but `before` that it may use; false if there is none. */
static inline int pin(int before)
{
    cpu_set_t allowed, one;
    if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return 0;
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--) {
        if (!CPU_ISSET(cpu, &allowed) || before-- > 0) continue;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        return sched_setaffinity(0, sizeof(one), &one) == 0;
    }
    return 0;
}
#endif
