/* A config, said in words: values as they would be written, origins, and prototypes as understood.
 * All text is made in the pool. */
#ifndef MEMO_WORDS_H
#define MEMO_WORDS_H

#include "config/config.h"

/* One option's value, read from `options` (a struct section_options or process_options). NULL
 * where nothing is set and no word says so. */
const char *words_value(struct pool *pool, const struct option *option, const void *options);

/* "default", "catalogue", "[*] FILE:LINE", "FILE:LINE" (its last part), "environment" or "-s". */
const char *words_origin(struct pool *pool, const struct origin *origin);

/* "dates: double[n], input by content". The name of an unnamed parameter is its number, from 1. */
const char *words_parameter_name(struct pool *pool, const struct signature *signature, unsigned i);
const char *words_parameter(struct pool *pool, const struct signature *signature, unsigned i);

/* "int32_t", "long double complex", "struct tm", "pointer" */
const char *words_type(struct pool *pool, const struct type *type);

/* What the caller gets: the type of the result, or of what it leads to; "text" for strings. */
const char *words_result_type(struct pool *pool, const struct signature *signature);

const char *words_result(struct pool *pool, const struct signature *signature);

#endif
