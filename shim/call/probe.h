/* Whether memory may be written, asked before a veil is laid over an output: a call that fails may
 * never have touched the buffer that it was given, and the buffer may be none. One system call
 * (madvise MADV_POPULATE_WRITE, Linux 5.14) for pages not asked about lately; older kernels say
 * nothing, and every buffer is believed. errno preserved. */
#ifndef MEMO_PROBE_H
#define MEMO_PROBE_H

#include <stdbool.h>
#include <stddef.h>

bool probe_writable(void *start, size_t size);

/* Whether the page at `address` may be read. */
bool probe_readable(const void *address);

#endif
