/* The structs of the ABI at hand that a prototype may name. */
#ifndef MEMO_RECORD_H
#define MEMO_RECORD_H

#include "signature.h"

#include <stddef.h>

/* By the word after `struct`; NULL if there is none of that name. */
const struct record *record_find(const char *tag, size_t length);

/* Those that there are, for the catalogue's generator and for messages; NULL past the last. */
const struct record *record_number(size_t number);

extern const struct record record_tm, record_timespec, record_timeval;

#endif
