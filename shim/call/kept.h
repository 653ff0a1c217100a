/* Addresses in values. One that leads into a buffer of the caller's is kept as a place in it and
 * rebuilt for the caller at hand; any other is kept as it is. */
#ifndef MEMO_KEPT_H
#define MEMO_KEPT_H

#include "call/plan.h"

/* 12 bytes in a value. */
struct kept_pointer {
    uint64_t value; /* the address, or bytes from the buffer's start */
    uint32_t step;  /* whose buffer; KEPT_ADDRESS: none */
};
#define KEPT_SIZE    ((size_t)12)
#define KEPT_ADDRESS UINT32_MAX
#define KEPT_NULL    UINT32_MAX       /* in place of a length */
#define KEPT_PLACE   (UINT32_MAX - 1) /* likewise: only where, in a buffer that is not written */

/* False where the pointer leads into two buffers, or may: which one is meant can't be told. The end
 * of a buffer counts as within; that of an output of addresses only where nothing else is there. */
bool keep_pointer(const struct plan *plan, const struct buffer *buffers, const void *pointer,
                  struct kept_pointer *kept);

/* The same for a string: its first byte is there to be read, so that where one buffer begins at
 * another's end it lies in the one that begins. */
bool keep_string(const struct plan *plan, const struct buffer *buffers, const void *text,
                 struct kept_pointer *kept);

void *kept_address(const struct kept_pointer *kept, const struct buffer *buffers);

#endif
