/* Strings that a call leaves in memory which its caller frees (PASS_GIFT): in a value by content,
 * before everything else; each hit gives a fresh copy by the program's own malloc. */
#ifndef MEMO_GIFT_H
#define MEMO_GIFT_H

#include "call/plan.h"

/* SIZE_MAX where they are more than PLAN_VALUE_LIMIT. */
size_t gifts_size(const struct plan *plan, const struct buffer *buffers);

/* The end of the value's bytes. */
unsigned char *gifts_write(const struct plan *plan, const struct buffer *buffers,
                           unsigned char *value);

/* Likewise; NULL, with nothing allocated, where there is no memory for all of them: then the
 * original has to follow, which sets the pointers that this has touched. */
const unsigned char *gifts_give(const struct plan *plan, const struct buffer *buffers,
                                const unsigned char *value);

/* Frees what gifts_give() has given, under the same condition. */
void gifts_take_back(const struct plan *plan, const struct buffer *buffers);

#endif
