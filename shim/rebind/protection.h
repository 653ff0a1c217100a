/* What protection each page of this process has now, as the kernel says. */
#ifndef MEMO_REBIND_PROTECTION_H
#define MEMO_REBIND_PROTECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the page may be written, asked in one system call; it becomes the process's own as if it
 * had been written. -1: the kernel can't tell, before Linux 5.14 and under emulators. One caller at
 * a time. */
int protection_is_writable(uintptr_t page, size_t page_size);

/* Reads /proc/self/maps anew: some microseconds per ten mappings. Neither malloc nor stdio, and no
 * call that a pending cancellation could end. False: not to be had (no /proc). One caller at a
 * time. */
bool protections_read(void);

/* The PROT_* bits of the page at `address`, as of the last protections_read(); -1: not mapped. */
int protection_of(uintptr_t address);

#endif
