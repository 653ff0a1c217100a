/* What a call of a driver did, as one line on standard output: the function, which input and which
 * time, then errno, floating-point flags, the result and all outputs as bytes. The lines of a run
 * under libmemo are those of a run without. */
#ifndef EXAMPLES_NOTE_H
#define EXAMPLES_NOTE_H

#include <stddef.h>

/* Right before a call: sets errno and the flags to what they are to be. */
void note_begin(const char *symbol, unsigned number, unsigned time);

/* Right after it. */
void note_end(void);

/* The call under way has an undefined result: of this line, nothing more is shown. */
void note_undefined(void);

/* Adds to the line of the last call. */
void note(const void *bytes, size_t size);
void note_text(const char *text);
void note_number(long number);

#endif
