/* A call in words, for messages: symbol(name = value, ...), and how two results of it differ. */
#ifndef MEMO_DESCRIBE_H
#define MEMO_DESCRIBE_H

#include "call/memo.h"
#include "report/emitter.h"

void describe_call(struct emitter *emitter, const struct memo *memo, struct registers *registers,
                   const struct buffer *buffers);

/* Appends `: cached X, true Y`. The values are as value.h makes them; of size 0: none. */
void describe_difference(struct emitter *emitter, const struct memo *memo,
                         const unsigned char *cached, size_t cached_size,
                         const unsigned char *actual, size_t actual_size);

#endif
