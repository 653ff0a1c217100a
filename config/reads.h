/* `struct NAME *p{a, b}`: the fields of a struct that the function reads, or of an `out` one those
 * that it writes. */
#ifndef MEMO_READS_H
#define MEMO_READS_H

#include "parameter.h"

/* Sets parameter->reads or ->writes from the list that declarator->reads begins. False with one
 * error reported. */
bool reads_understand(struct meaning *meaning, const struct declarator *declarator,
                      struct parameter *parameter);

#endif
