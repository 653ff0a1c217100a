/* The only way out for our bytes. Writing must never harm the program: no signal reaches it
 * (SIGPIPE, SIGXFSZ), errno is preserved, and what stood behind descriptor 2 at the start is
 * remembered, so that nothing is written into a file that the program has opened there since. */
#ifndef MEMO_OUTPUT_H
#define MEMO_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

/* From the constructor. Before it, descriptor 2 is taken for stderr. */
void output_start(void);

/* Is this descriptor the stderr that the program was started with? */
bool output_is_stderr(int descriptor);

/* Writes all of it, or as much as goes. */
void output_write(int descriptor, const char *data, size_t size);

#endif
