/* The bytes that decide a result, in one flat string: first all values, which are of fixed size,
 * then for each buffer whether it is null and what it holds; last the floating mode. How long a
 * buffer is follows from the values, or stands before a string. So no two calls that differ share a
 * key. Registers' undefined bits never enter it. Of a scratch buffer it holds how it is aligned:
 * that decides where in it a function puts pointers, and whether there is room for them. */
#ifndef MEMO_KEY_H
#define MEMO_KEY_H

#include "call/plan.h"

/* Bytes that key_write() will write; more than PLAN_KEY_LIMIT means bypass. */
size_t key_size(const struct plan *plan, struct registers *registers, const struct buffer *buffers);

/* `mode` is that of floating_mode(), used where the plan says so. */
void key_write(const struct plan *plan, struct registers *registers, const struct buffer *buffers,
               unsigned char mode, unsigned char *key);

#endif
