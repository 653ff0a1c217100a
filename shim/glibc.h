/* What only glibc has. Referred to weakly, so that an LD_PRELOAD that outlives its purpose keeps no
 * program of another C library from starting: musl's loader takes us in, finds these missing and
 * would refuse to go on. The constructor then leaves at once. */
#ifndef MEMO_GLIBC_H
#define MEMO_GLIBC_H

#include <dlfcn.h>
#include <gnu/libc-version.h>
#include <stdbool.h>
#include <stddef.h>

extern __typeof(dlvsym) dlvsym __attribute__((weak));
extern __typeof(gnu_get_libc_version) gnu_get_libc_version __attribute__((weak));

/* strerror() may allocate; this is glibc's since 2.32. */
extern const char *strerrordesc_np(int error) __attribute__((weak));

static inline const char *glibc_error(int error)
{
    const char *text = strerrordesc_np ? strerrordesc_np(error) : NULL;
    return text ? text : "the system's reason is not known";
}

/* What pthread_atfork() is made of: that function is linked statically and refers to this one. */
extern int __register_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void),
                             void *dso_handle) __attribute__((weak));

static inline bool glibc_is_here(void)
{
    return gnu_get_libc_version != NULL;
}

#endif
