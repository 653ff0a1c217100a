/* What protection each page of this process has now, as the kernel says. */
#ifndef MEMO_REBIND_PROTECTION_H
#define MEMO_REBIND_PROTECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads /proc/self/maps anew: some microseconds per ten mappings. Neither malloc nor stdio, and no
 * call that a pending cancellation could end. False: not to be had (no /proc). One caller at a
 * time. */
bool protections_read(void);

/* The PROT_* bits of the page at `address`, as of the last protections_read(); -1: not mapped. */
int protection_of(uintptr_t address);

#endif
