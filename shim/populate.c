#include "populate.h"

#include "system.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/auxv.h>

static atomic_int kernel; /* 0: not asked yet; 1: it can't tell; 2: it can */

static bool populate(uintptr_t low, size_t size)
{
    int saved = errno;
    bool good = system_populate((void *)low, size) == 0;
    errno = saved;
    return good;
}

/* Asked of pages whose answer is known: older kernels always say no, and qemu-user always yes. */
static bool kernel_tells(void)
{
    static const char constant = 1;
    uintptr_t page_size = getauxval(AT_PAGESZ);
    return populate((uintptr_t)&kernel & -page_size, page_size) &&
           !populate((uintptr_t)&constant & -page_size, page_size);
}

int populate_pages(uintptr_t low, size_t size)
{
    int known = atomic_load_explicit(&kernel, memory_order_relaxed);
    if (!known) {
        known = kernel_tells() ? 2 : 1;
        atomic_store_explicit(&kernel, known, memory_order_relaxed);
    }
    return known == 2 ? populate(low, size) : -1;
}
