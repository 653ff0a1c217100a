/* A clock of the kernel's, as nanoseconds. CLOCK_MONOTONIC and CLOCK_REALTIME are read through the
 * vDSO, without a system call; so are their coarse kin, which cost less and run behind by up to a
 * tick. Safe anywhere, in a signal handler too; errno is preserved. */
#ifndef MEMO_CLOCK_H
#define MEMO_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

#endif
