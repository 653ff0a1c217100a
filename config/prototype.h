/* From a prototype's text to a signature (DESIGN 5).
 *
 * Nothing is guessed: what could be read two ways, or cannot be kept, is reported with its place
 * and with what to write instead, one report per parameter. */
#ifndef MEMO_PROTOTYPE_H
#define MEMO_PROTOTYPE_H

#include "pool.h"
#include "signature.h"
#include "source.h"

/* `symbol` must be the declared name, unless it is a mangled one. `returns` is the option's value;
 * its text is NULL where none was given. The result lives in `pool`; `scratch` may be released as
 * soon as this returns. NULL with at least one report, or without when there is no memory. */
const struct signature *prototype_parse(const char *symbol, const struct source *prototype,
                                        const struct source *returns, struct pool *pool,
                                        struct pool *scratch, struct diagnostics *diagnostics);

#endif
