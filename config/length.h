/* How many elements stand behind a parameter, once all names are known: `[4]`, `[n]`,
 * `[family == 2 ? 4 : n]`. */
#ifndef MEMO_LENGTH_H
#define MEMO_LENGTH_H

#include "parameter.h"

/* More than anybody needs; each costs a comparison at every call. */
#define LENGTH_ALTERNATIVES 64

/* Fills in *extent from the brackets of `declarator`, one of meaning's parameters. False with one
 * error reported, or without when there is no memory. */
bool length_understand(struct meaning *meaning, const struct declarator *declarator,
                       struct extent *extent);

/* The most elements that a literal in it asks for. */
uint64_t length_literal(const struct extent *extent);

/* Whether an array of the prototype has the parameter `size` as its extent, or as part of it. */
bool length_names(const struct declaration *declaration, const struct declarator *size);

#endif
