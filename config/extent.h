/* The brackets behind a parameter: `[4]`, `[3][3]`, `[64 + 1]`, `[static 8]`, `[n]`. */
#ifndef MEMO_EXTENT_H
#define MEMO_EXTENT_H

#include "declaration.h"

/* Reads all of them; lexer->token is the first '['. False with an error reported. */
bool extents_read(struct lexer *lexer, struct declarator *declarator,
                  struct diagnostics *diagnostics);

#endif
