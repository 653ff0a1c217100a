/* From a prototype's text to a signature (DESIGN 5).
 *
 * Nothing is guessed: what could be read two ways, or cannot be kept, is reported with its place
 * and with what to write instead, one report per parameter. */
#ifndef MEMO_PROTOTYPE_H
#define MEMO_PROTOTYPE_H

#include "records.h"
#include "signature.h"
#include "source.h"

/* Values of options that make a signature; the text of the last two is NULL where not given. */
struct prototype {
    struct source declaration, returns, writes;
};

/* `symbol` must be the declared name, unless it is a mangled one. The result lives in
 * records->pool; scratch may be released as soon as this returns. NULL with at least one report, or
 * without when there is no memory. */
const struct signature *prototype_parse(const char *symbol, const struct prototype *prototype,
                                        struct records *records, struct pool *scratch);

#endif
