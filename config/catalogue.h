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

/* Sorted by symbol. */
extern const size_t catalogue_entry_count;
const char *catalogue_symbol(size_t index);

/* An entry, made in `pool`; NULL without memory. */
const struct catalogue_entry *catalogue_entry(size_t index, struct pool *pool);

/* The entry of that symbol, made in `pool`. NULL if it is not there, or without memory. Binary
 * search. */
const struct catalogue_entry *catalogue_find(const char *symbol, struct pool *pool);

/* What a process without a config takes: the entries that say worth = maybe, sorted by symbol. To
 * ask for one touches nothing else of the catalogue. */
extern const size_t catalogue_choice_count;
const char *catalogue_choice_symbol(size_t index);

/* The number of the entry of that symbol, if it is one of them; else catalogue_entry_count. */
size_t catalogue_choose(const char *symbol);

/* The symbols that they name as `call:`; *count is how many of them do. None is itself a choice. */
extern const size_t catalogue_called_count;
const char *catalogue_called(size_t index, size_t *count);

#endif
