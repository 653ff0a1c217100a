/* Strings, and lists of them, that structs lead to: by content in keys and values. On a hit each
 * goes where the original had put it, if that is a buffer of the caller's, else into memory of the
 * result's own. */
#ifndef MEMO_STRINGS_H
#define MEMO_STRINGS_H

#include "call/plan.h"

/* --- in keys: length and content of each ----------------------------------------------------- */

/* SIZE_MAX when there is more than PLAN_KEY_LIMIT of it. */
size_t key_strings_size(const struct shape *shape, const unsigned char *data, size_t count);
unsigned char *key_strings_write(const struct shape *shape, const unsigned char *data, size_t count,
                                 unsigned char *key);

/* --- elements in values: packed bytes, then for each string where it is and what ------------- */

/* SIZE_MAX where something can't be kept. *own grows by what is in no buffer of the caller's. */
size_t value_elements_size(const struct plan *plan, const struct buffer *buffers,
                           const struct shape *shape, const unsigned char *data, size_t count,
                           size_t *own);
unsigned char *value_elements_write(const struct plan *plan, const struct buffer *buffers,
                                    const struct shape *shape, const unsigned char *data,
                                    size_t count, unsigned char *value);

/* *own: memory for what is in no buffer, aligned for a pointer where it begins; advances. `held`:
 * the part of an element that the key was made from, or NULL. What the caller has there already
 * keeps its address, as a function leaves it that only reads it. */
const unsigned char *value_elements_read(const struct buffer *buffers, const struct shape *shape,
                                         const struct shape *held, unsigned char *data,
                                         size_t count, const unsigned char *value,
                                         unsigned char **own);

#endif
