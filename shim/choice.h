/* A process without a config: what the catalogue thinks worth it is cached. As most of that is
 * never called, an entry is made when the first reference to its function is met. */
#ifndef MEMO_CHOICE_H
#define MEMO_CHOICE_H

#include "config/config.h"
#include "rebind/rebind.h"

/* Fills choice_rows() rows: the symbols that any of the entries names as `call:`, watched from the
 * beginning, as their callers are met before those who depend on them. False: no memory. */
size_t choice_rows(void);
bool choice_want(struct config *config, struct wanted *wanted);

/* Makes the rest, for as long as the process lives. */
extern const struct supply choice_supply;

/* The program begins: what happens to the environment and files was not seen by what is made from
 * now on. */
void choice_started(void);

#endif
