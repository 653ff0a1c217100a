/* The value of `depends`: env:NAME, file:PATH, locale, call:SYMBOL, apart by commas. */
#ifndef MEMO_DEPENDENCY_H
#define MEMO_DEPENDENCY_H

#include "config.h"
#include "source.h"

/* Fills entry->dependencies, in `pool`, in the order written; `none` gives none. Reports every
 * item that is wrong and returns false if there was one. */
bool dependencies_parse(struct entry *entry, const struct source *source, struct pool *pool,
                        struct diagnostics *diagnostics);

#endif
