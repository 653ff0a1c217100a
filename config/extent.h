/* The brackets behind a parameter: `[4]`, `[3][3]`, `[64 + 1]`, `[static 8]`, `[n]`,
 * `[a == 2 ? 4 : n]`. */
#ifndef MEMO_EXTENT_H
#define MEMO_EXTENT_H

#include "declaration.h"

/* Reads all of them; lexer->token is the first '['. False with an error reported. */
bool extents_read(struct lexer *lexer, struct declarator *declarator,
                  struct diagnostics *diagnostics);

/* Sums of products of numbers, up to the first token that is no part of them. False when it is none
 * or overflows. */
bool extent_constant(struct lexer *lexer, uint64_t *value);

#endif
