/* One section becomes one entry of the config: values merged, symbol checked, prototype parsed. */
#ifndef MEMO_ENTRY_H
#define MEMO_ENTRY_H

#include "catalogue.h"
#include "config.h"
#include "document.h"
#include "records.h"

/* A config while it is being loaded. What config_understand() and config_choose() need of it stays
 * for as long as the config is there. */
struct loading {
    struct config *config;
    struct diagnostics *diagnostics;
    struct document document;
    struct records records;
    struct pool *scratch; /* the config's own for a running process, else this: */
    struct pool passing;
    struct pool parsing; /* for one prototype at a time */
    struct section_options initial;
    size_t whole; /* sections without an error so far */
    bool running, lazy;
};

/* Makes config->entries. Reports what is wrong with a section, and leaves it out. */
void entries_make(struct loading *loading);

/* A value as option_set() wants it: blanks, comments and line ends between words as one blank.
 * Lives in `scratch`. */
const char *entry_one_line(struct pool *scratch, const char *text);

#endif
