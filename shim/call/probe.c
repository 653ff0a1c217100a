#include "call/probe.h"

#include "populate.h"

#include <errno.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#define REMEMBERED 4

/* Ranges of whole pages found writable, the oldest overwritten first. */
static _Thread_local struct {
    struct {
        uintptr_t low, high;
    } ranges[REMEMBERED];
    unsigned next;
} writable __attribute__((tls_model("initial-exec")));

bool probe_writable(void *start, size_t size)
{
    const uintptr_t page_size = getauxval(AT_PAGESZ);
    if (size == 0) return true;
    uintptr_t low = (uintptr_t)start & ~(page_size - 1);
    uintptr_t high = ((uintptr_t)start + size + page_size - 1) & ~(page_size - 1);
    for (unsigned i = 0; i < REMEMBERED; i++)
        if (writable.ranges[i].low <= low && high <= writable.ranges[i].high) return true;
    int answer = populate_pages(low, high - low);
    if (answer != 1) return answer < 0;
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
