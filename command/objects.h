/* The objects that a program has loaded when it starts, in the order in which the dynamic linker
 * searches them. */
#ifndef MEMO_OBJECTS_H
#define MEMO_OBJECTS_H

#include "elf_file.h"

#include "config/pool.h"

struct objects {
    struct elf_file *files; /* the program first */
    size_t count;
    size_t missing; /* that the loader did not find, or that can't be read */
    const char *first_missing;
};

/* Asks the program's own loader (`LOADER --list PROGRAM`, as ldd does), which runs no code of the
 * program. libmemo.so, the loader and the vdso are left out. False if the loader did not answer.
 * The files stay open, as what is read of them points into them. */
bool objects_load(struct objects *objects, struct pool *pool, const char *loader,
                  const char *program);

/* The object that a reference of `from` is bound to: the first with a fitting definition; `from`
 * itself first where it is symbolic. NULL: none has one. */
const struct elf_file *objects_provider(const struct objects *objects, const struct elf_file *from,
                                        const char *symbol, const char *version,
                                        struct definition *definition);

#endif
