/* Masked outputs in values: each stretch of bytes that a call wrote, with its place. What it left
 * alone is left alone on a hit, too. */
#ifndef MEMO_MASK_H
#define MEMO_MASK_H

#include "call/plan.h"

size_t masked_size(const struct step *step, const struct buffer *buffer);

/* Both return the end of the value's bytes. */
unsigned char *masked_write(const struct step *step, const struct buffer *buffer,
                            unsigned char *value);
const unsigned char *masked_read(const struct buffer *buffer, const unsigned char *value);

#endif
