/* The typedefs that a prototype may use. */
#ifndef MEMO_TYPE_NAMES_H
#define MEMO_TYPE_NAMES_H

#include "signature.h"
#include "suggest.h"

#include <stddef.h>

/* NULL if text[0 .. length) is none of them. */
const struct type *type_named(const char *text, size_t length);

void type_names_offer(struct suggestion *suggestion);

#endif
