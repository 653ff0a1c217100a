/* The dynamic symbols of one object: by name through its hash table, and their versions.
 *
 * Sources: System V gABI chapter 5 (DT_HASH); the GNU hash section as its linkers write it; LSB
 * core, "Symbol Versioning". */
#ifndef MEMO_REBIND_SYMBOL_H
#define MEMO_REBIND_SYMBOL_H

#include "rebind/object.h"

#define VERSION_HIDDEN 0x8000 /* not the default version of its name */

/* A name with both of its hashes. */
struct symbol_name {
    const char *text;
    uint32_t gnu, sysv;
};

struct symbol_name symbol_name(const char *text);

/* The symbol of that name which follows symbol `after` in its hash chain; `after` 0 starts, and 0
 * is the end. The order is the loader's. */
uint32_t symbol_find(const struct object *object, const struct symbol_name *name, uint32_t after);

/* "" where the string table has no such offset. */
const char *symbol_text(const struct object *object, const ElfW(Sym) * symbol);

/* The name of version `number` (without VERSION_HIDDEN), needed or defined; NULL where it has none:
 * the base version, a local or a plainly global symbol. */
const char *symbol_version_name(const struct object *object, unsigned number);

/* The version that a reference by, or a definition of, symbol `index` names; or NULL. */
const char *symbol_version(const struct object *object, uint32_t index);

#endif
