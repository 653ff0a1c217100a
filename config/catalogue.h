/* The functions that libmemo knows by itself: the files of config/catalogue, turned into static
 * tables by config/generate/catalogue.c when the project is built. Read-only; any thread. */
#ifndef MEMO_CATALOGUE_H
#define MEMO_CATALOGUE_H

#include "config.h"

struct catalogue_entry {
    const char *symbol;
    const char *file; /* "libm.conf", where it is written */
    const char *prototype;
    const struct signature *signature;
    const struct dependency *dependencies;
    size_t dependency_count;
    struct section_options options;
    uint32_t given; /* bit per enum section_option: those that the catalogue decides */
};

/* Sorted by symbol. A program that links no catalogue defines them empty (generate/empty.c). */
extern const struct catalogue_entry catalogue_entries[];
extern const size_t catalogue_entry_count;

/* NULL if it is not there. Binary search. */
const struct catalogue_entry *catalogue_find(const char *symbol);

#endif
