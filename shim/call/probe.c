#include "call/probe.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

#define REMEMBERED 4

static atomic_int support; /* 0: not known yet; 1: none; 2: there is */

/* Ranges of whole pages found writable, the oldest overwritten first. */
static _Thread_local struct {
    struct {
        uintptr_t low, high;
    } ranges[REMEMBERED];
    unsigned next;
} writable __attribute__((tls_model("initial-exec")));

static bool populate(uintptr_t low, uintptr_t high)
{
    int saved = errno;
    bool good = madvise((void *)low, high - low, MADV_POPULATE_WRITE) == 0;
    errno = saved;
    return good;
}

static bool populates(const void *address, uintptr_t page_size)
{
    uintptr_t page = (uintptr_t)address & ~(page_size - 1);
    return populate(page, page + page_size);
}

/* qemu-user says yes to any advice: whoever can't tell a constant from a variable is not believed.
 */
static bool is_supported(uintptr_t page_size)
{
    static char variable;
    static const char constant = 1;
    int answer = atomic_load_explicit(&support, memory_order_relaxed);
    if (answer) return answer == 2;
    bool supported = populates(&variable, page_size) && !populates(&constant, page_size);
    atomic_store_explicit(&support, 1 + supported, memory_order_relaxed);
    return supported;
}

bool probe_writable(void *start, size_t size)
{
    const uintptr_t page_size = getauxval(AT_PAGESZ);
    if (size == 0 || !is_supported(page_size)) return true;
    uintptr_t low = (uintptr_t)start & ~(page_size - 1);
    uintptr_t high = ((uintptr_t)start + size + page_size - 1) & ~(page_size - 1);
    for (unsigned i = 0; i < REMEMBERED; i++)
        if (writable.ranges[i].low <= low && high <= writable.ranges[i].high) return true;
    if (!populate(low, high)) return false;
    writable.ranges[writable.next].low = low;
    writable.ranges[writable.next].high = high;
    writable.next = (writable.next + 1) % REMEMBERED;
    return true;
}

/* The kernel reads the new mask before it looks at what to do with it, and there is no such thing
 * to do: EINVAL where it could be read, else EFAULT. */
bool probe_readable(const void *address)
{
    int saved = errno;
    const void *aligned = (const void *)((uintptr_t)address & ~(uintptr_t)7);
    syscall(SYS_rt_sigprocmask, 0x7fff, aligned, NULL, 8);
    bool readable = errno != EFAULT;
    errno = saved;
    return readable;
}
