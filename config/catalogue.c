#include "catalogue.h"

#include <string.h>

const struct catalogue_entry *catalogue_find(const char *symbol)
{
    size_t low = 0, high = catalogue_entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(symbol, catalogue_entries[middle].symbol);
        if (order == 0) return &catalogue_entries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
