/* No catalogue: for the generator, which is linked before there is one. */
#include "config/catalogue_tables.h"

const char catalogue_text[] = "";
const struct catalogue_entry catalogue_entries[] = {{0}};
const struct signature catalogue_signatures[] = {{0}};
const struct parameter catalogue_parameters[] = {{0}};
const struct alternative catalogue_alternatives[] = {{0}};
const struct global catalogue_globals[] = {{0}};
const struct dependency catalogue_dependencies[] = {{0}};
const struct record *const catalogue_records[] = {NULL};
const struct catalogue_choice catalogue_choices[] = {{0}};
const struct catalogue_called catalogue_calls[] = {{0}};
const size_t catalogue_entry_count = 0, catalogue_choice_count = 0, catalogue_called_count = 0;
