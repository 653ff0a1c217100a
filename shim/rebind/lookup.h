/* Which definition a reference is bound to, decided as the loader decides it for a relocation.
 *
 * dlsym() can't be asked: it returns PLT entries of the program as if they were definitions, takes
 * the newest version where an unversioned relocation takes the oldest, and dlvsym() passes over
 * the unversioned definition of another preloaded library.
 *
 * Source: check_match and do_lookup_x in elf/dl-lookup.c, _dl_fixup in elf/dl-runtime.c of glibc;
 * read, not copied. All of this runs under the loader's lock, on a snapshot. */
#ifndef MEMO_REBIND_LOOKUP_H
#define MEMO_REBIND_LOOKUP_H

#include "rebind/symbol.h"

struct definition {
    const struct object *object;
    uint32_t index;      /* of the symbol in its object; never 0 */
    const char *version; /* or NULL */
};

/* What symbol `index` of `importer` is bound to when its PLT entry is first called. False: nothing
 * defines it, or, for an object opened by dlopen, more than one object does and only the loader
 * knows its scope. Such a reference is left alone; a later scan finds it resolved. */
bool lookup_reference(const struct snapshot *snapshot, const struct object *importer,
                      uint32_t index, const struct symbol_name *name, struct definition *found);

/* Whether one object alone defines `name`, so that every scope gives the same answer. */
bool lookup_is_unique(const struct snapshot *snapshot, const struct symbol_name *name);

/* Walks the definitions of `name` that `object` exports, of any version: start with *found zeroed
 * but for its object. False at the end. */
bool lookup_next_export(const struct symbol_name *name, struct definition *found);

/* Whether the address of a definition is chosen by a resolver at run time. */
bool lookup_is_indirect(const struct definition *definition);

/* Whether it is of another version than its object's default. */
bool lookup_is_hidden(const struct definition *definition);

/* The address of a definition that is not indirect. */
uintptr_t lookup_address(const struct definition *definition);

#endif
