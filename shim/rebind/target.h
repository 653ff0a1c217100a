/* Targets: the wanted symbols by name, and what each of their originals is replaced by.
 *
 * Filled by rebind_start(); replacements, and the targets of a supply, are added during scans,
 * under the loader's lock. Small, as most names of a large config are not even met: some 90 bytes
 * each; a name of a supply takes two until it is met. */
#ifndef MEMO_REBIND_TARGET_H
#define MEMO_REBIND_TARGET_H

#include "rebind/lookup.h"
#include "rebind/provider.h"
#include "rebind/rebind.h"

/* Why references stay as they are, for the log. */
enum target_note {
    NOTE_CANONICAL = 1,   /* the program's own PLT entry, which leads to a reference of its own */
    NOTE_LIBRARY = 2,     /* the `library` option does not match the provider */
    NOTE_UNDEFINED = 4,   /* no definition, or more than one, in sight */
    NOTE_FOREIGN = 8,     /* holds something that is no definition of that name */
    NOTE_DECLINED = 16,   /* bind() said no, or the provider can't be kept */
    NOTE_UNWRITABLE = 32, /* the page refused */
    NOTE_VARIANT = 64,    /* a calling convention of its own */
};

struct replacement {
    struct replacement *next;
    struct provider *provider;
    struct wanted *wanted;
    uintptr_t original, stub;
    bool addressed;                /* the stub has been given out as the function's address */
    const char *version, *library; /* for the log; the library's file name */
};

struct target {
    struct target *next;      /* in the order of adding */
    struct target *next_name; /* in its bucket */
    struct symbol_name name;
    struct wanted *wanted; /* the entries of that name, which are asked in order */
    struct replacement *replacements;
    const char *library; /* the file name that NOTE_LIBRARY is about; good during a scan */
    unsigned notes;      /* of the first scan */
};

/* Makes room for `count` names and those of the supply (NULL: none). False: no memory. */
bool targets_start(struct pool *pool, size_t count, const struct supply *supply);

/* Adds an entry. Entries of one name keep their order. False: no memory. */
bool target_add(struct wanted *wanted);

/* The target named by the string at `name`, of which `room` bytes may be read; if the supply has
 * it, it is made. NULL: none. During scans. */
struct target *target_meet(const char *name, size_t room);

/* Whether target_meet() would find or make one. Any thread, no lock. */
bool target_is_expected(const char *name);

/* The target that was added first; the others follow by `next`. */
struct target *target_first(void);

/* Whether any entry's `library` matches the object's file name or its soname. */
bool target_accepts(const struct target *target, const struct object *object);

/* The replacement of an original seen before, or NULL. */
struct replacement *target_known(const struct target *target, uintptr_t original);

/* Asks the entries for a stub and remembers it. NULL: declined. */
struct replacement *target_bind(struct target *target, const struct definition *definition,
                                struct provider *provider, uintptr_t original);

#endif
