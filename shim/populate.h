/* May memory be written? One system call tells (madvise MADV_POPULATE_WRITE), and makes the pages
 * the process's own as if they had been written. Any thread; errno preserved. */
#ifndef MEMO_POPULATE_H
#define MEMO_POPULATE_H

#include <stddef.h>
#include <stdint.h>

/* Of whole pages from `low` on: 1 or 0; -1: the kernel can't tell, before Linux 5.14 and under
 * emulators. */
int populate_pages(uintptr_t low, size_t size);

#endif
