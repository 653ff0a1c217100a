/* The list of what is to be rebound, made from the config once, by the constructor: a row for each
 * section, for each symbol that one, or an entry of the catalogue's choice, names as `call:`, and
 * for the ways out of a call (longjmp) and of the process. */
#ifndef MEMO_WANTED_H
#define MEMO_WANTED_H

#include "config/config.h"
#include "rebind/rebind.h"

/* Everything is made in the config's pool and lives as long as the process. False: no memory. */
bool wanted_make(struct config *config, struct wanted **wanted, size_t *count);

#endif
