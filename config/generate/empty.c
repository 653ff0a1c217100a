/* No catalogue: for the generator, which is linked before there is one. */
#include "config/catalogue.h"

const struct catalogue_entry catalogue_entries[] = {{0}};
const size_t catalogue_entry_count = 0;
