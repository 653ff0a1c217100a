/* A config, read, checked and merged: what the shim acts on and what the command explains.
 *
 * config_load() never fails as a whole: sections with an error are reported and left out, the rest
 * works. Everything in the result lives in its pool. Not thread-safe; call it once, early. */
#ifndef MEMO_CONFIG_H
#define MEMO_CONFIG_H

#include "diagnostic.h"
#include "options.h"
#include "pool.h"
#include "signature.h"

#include <stddef.h>

/* What else decides a result (DESIGN 5, `depends`). */
enum dependency_kind { DEPENDS_ENVIRONMENT, DEPENDS_FILE, DEPENDS_LOCALE, DEPENDS_CALL };

struct dependency {
    enum dependency_kind kind;
    const char *name; /* variable, path or symbol; "" for the locale */
};

/* One section that names a symbol. */
struct entry {
    const char *symbol;
    const char *prototype;             /* as written, for people */
    const struct signature *signature; /* NULL only where enabled is false */
    const struct dependency *dependencies;
    size_t dependency_count;
    struct section_options options; /* merged: default < catalogue < [*] < section < -s */
    struct origin origins[SECTION_OPTION_COUNT]; /* where each of them came from */
    struct place place;                          /* of the section's header */
};

struct config {
    struct pool pool;
    const char *file; /* NULL: none was found */
    struct entry *entries;
    size_t entry_count;
    struct process_options process;
    struct origin process_origins[PROCESS_OPTION_COUNT];
};

/* What decides which file is read and how: all of it given by the caller, so that tests and the
 * command can stand in for any process. `environment` is an envp array; NULL in a setuid process,
 * which then reads only files below /etc. */
struct config_request {
    const char *program; /* the executable's file name, for PROGRAM.conf */
    char *const *environment;
    const char *file; /* --config; NULL: search */
};

void config_load(struct config *config, const struct config_request *request,
                 struct diagnostics *diagnostics);

#endif
