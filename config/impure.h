/* Functions that are known to do more than compute: refused by name unless `force = yes`. */
#ifndef MEMO_IMPURE_H
#define MEMO_IMPURE_H

#include <stddef.h>

/* Why `symbol` cannot be cached, to complete "it ..."; NULL if nothing is known against it. */
const char *impure_reason(const char *symbol);

/* All of their names, in order, for tests; NULL past the last. */
const char *impure_number(size_t number);

#endif
