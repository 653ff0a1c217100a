/* One section becomes one entry of the config: values merged, symbol checked, prototype parsed. */
#ifndef MEMO_ENTRY_H
#define MEMO_ENTRY_H

#include "catalogue.h"
#include "config.h"
#include "document.h"
#include "records.h"

/* A config while it is being loaded. */
struct loading {
    struct config *config;
    struct diagnostics *diagnostics;
    struct document document;
    struct records records;
    struct pool scratch;
    size_t capacity; /* of config->entries */
};

/* Appends to config->entries, or reports what is wrong and leaves the section out. */
void entry_make(struct loading *loading, const struct section *section);

/* A value as option_set() wants it: blanks, comments and line ends between words as one blank.
 * Lives in `scratch`. */
const char *entry_one_line(struct pool *scratch, const char *text);

#endif
