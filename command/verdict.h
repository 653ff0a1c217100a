/* What will become of one section in one program, and why. */
#ifndef MEMO_VERDICT_H
#define MEMO_VERDICT_H

#include "objects.h"
#include "program.h"

#include "config/config.h"

#include <stdbool.h>

/* One object's references to the symbol, in one version, and what they are bound to. */
struct import {
    const struct elf_file *object;
    struct reference reference;
    const struct elf_file *provider; /* NULL: none */
    struct definition definition;
    bool wanted; /* the provider is one that `library` admits */
};

#define VERDICT_IMPORTS 64

struct verdict {
    bool cached;      /* some call at least will be answered from the cache */
    const char *text; /* "will be cached", or why not */
    struct import imports[VERDICT_IMPORTS];
    size_t import_count;
};

/* `program` with an obstacle needs no objects. */
void verdict_reach(struct verdict *verdict, struct pool *pool, const struct entry *entry,
                   const struct config *config, const struct program *program,
                   const struct objects *objects);

#endif
