/* The value of `writes`: the globals that every call sets, as `int signgam, char *tzname[2]`. */
#ifndef MEMO_GLOBALS_H
#define MEMO_GLOBALS_H

#include "records.h"

/* Fills signature->globals. `writes` without a text, or `none`, gives none. Reports every global
 * that is wrong and returns false if there was one. */
bool globals_understand(struct records *records, const struct source *writes, struct pool *scratch,
                        struct signature *signature);

#endif
