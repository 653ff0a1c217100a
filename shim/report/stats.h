/* The statistics that MEMO_STATS asks for: a table for people or one line of JSON, from the same
 * calls (emitter.h). Written once per process, by one write. */
#ifndef MEMO_STATS_H
#define MEMO_STATS_H

#include "config/config.h"

/* `destination`: "stderr", or a path with %p and %n. For stderr one close-on-exec duplicate is
 * kept from now on. Both texts must live on. Of the catalogue's `choice`, which nobody named, the
 * table has those alone that were called. */
void stats_start(const char *destination, const char *program, bool choice);

/* Writes the report, unless that was done, this is not the process that counted (a vfork child),
 * or a forked child has counted nothing. Safe at any point of the program's end. */
void stats_write(void);

void stats_after_fork(void);

#endif
