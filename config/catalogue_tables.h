/* The catalogue as the generator writes it, for catalogue.c alone.
 *
 * The tables hold no addresses: the dynamic linker would have to write each of them, page by page,
 * in every process that we are loaded into, whatever that calls. So a text is an offset, cast to a
 * pointer, from catalogue_text, which starts with a NUL: 0 is NULL. A struct is its number in
 * catalogue_records, of which 0 is NULL too; an entry's signature has the entry's own number, and
 * other arrays begin at a number in the array of all. */
#ifndef MEMO_CATALOGUE_TABLES_H
#define MEMO_CATALOGUE_TABLES_H

#include "catalogue.h"

/* clang-format off */
#define TEXT(offset)          ((const char *)offset##ul)
#define FIRST(c_type, number) ((const c_type *)number##ul)
/* clang-format on */

/* The number of an entry, beside its name: those of all choices lie together in catalogue_text. */
struct catalogue_choice {
    const char *symbol;
    size_t entry;
};

/* A symbol that choices name as `call:`, and how many of them do. */
struct catalogue_called {
    const char *symbol;
    size_t count;
};

extern const struct catalogue_choice catalogue_choices[];
extern const struct catalogue_called catalogue_calls[];
extern const char catalogue_text[];
extern const struct catalogue_entry catalogue_entries[];
extern const struct signature catalogue_signatures[];
extern const struct parameter catalogue_parameters[];
extern const struct alternative catalogue_alternatives[];
extern const struct global catalogue_globals[];
extern const struct dependency catalogue_dependencies[];
extern const struct record *const catalogue_records[];

#endif
