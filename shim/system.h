/* System calls without what libc makes of them. It makes some cancellation points: a thread that is
 * cancelled must not end inside our code, or the loader's, with a lock taken; it lets nobody block
 * its own signals; and a program may have put its own functions before the others. As the calls
 * they are named after; errno is set by them. */
#ifndef MEMO_SYSTEM_H
#define MEMO_SYSTEM_H

#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int system_open(const char *path, int flags, int mode)
{
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}

static inline long system_read(int file, void *data, size_t size)
{
    return syscall(SYS_read, file, data, size);
}

static inline long system_write(int file, const void *data, size_t size)
{
    return syscall(SYS_write, file, data, size);
}

static inline void system_close(int file)
{
    syscall(SYS_close, file);
}

static inline int system_protect(void *page, size_t size, int protection)
{
    return (int)syscall(SYS_mprotect, page, size, protection);
}

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* Fails where the memory may not be written, or the kernel is older than 5.14. */
static inline int system_populate(void *page, size_t size)
{
    return (int)syscall(SYS_madvise, page, size, MADV_POPULATE_WRITE);
}

/* All of them that can be, libc's own too: cancellation is one. The mask to put back. */
static inline uint64_t system_block_signals(void)
{
    uint64_t all = ~(uint64_t)0, before = 0;
    syscall(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before, sizeof(all));
    return before;
}

static inline void system_restore_signals(uint64_t before)
{
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof(before));
}

/* Takes one pending signal of `set`, without waiting; its number, or less than 1. */
static inline int system_take_signal(const sigset_t *set)
{
    static const long no_time[2];
    return (int)syscall(SYS_rt_sigtimedwait, set, NULL, no_time, 8 /* bytes of the kernel's set */);
}

#endif
