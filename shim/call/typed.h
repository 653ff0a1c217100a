/* Typed fronts: which signatures have one, and how their keys and values, whole words, become the
 * table's and back. The words are those of struct arch_path. */
#ifndef MEMO_TYPED_H
#define MEMO_TYPED_H

#include "call/call.h"

/* Fills path, layout, front_entry and typed_key_size, where a path serves this signature. */
bool typed_choose(struct memo *memo);

/* Can the key be in a front: of the plain mode, all outputs there, a text not too long? */
bool typed_has_key(const struct memo *memo, const unsigned char *key, size_t size);
bool typed_outputs_there(const struct call *call);

/* Key and value of a call that has its result, and the hash that places them. */
uint32_t typed_line(const struct call *call, struct front_line *line);

/* A text's line's value, to the caller. */
void typed_give(const struct call *call, const uint64_t *value);

/* The words of such a key, with their hash. */
uint32_t typed_words(const struct memo *memo, const unsigned char *key, uint64_t *words);

/* The table's key of such words; its size. */
size_t typed_key(const struct memo *memo, const uint64_t *words, unsigned char *key);

#endif
