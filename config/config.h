/* A config, read, checked and merged: what the shim acts on and what the command explains.
 *
 * config_load() never fails as a whole: a symbol's section with an error is reported and left out;
 * of [memo] and [*] only the wrong keys are. Everything in the result lives in its pool. Not
 * thread-safe; call it once, early.
 *
 * Every value has one origin, each above those before it: its default, the catalogue, [*], the
 * symbol's section, the environment (of [memo]), MEMO_SYMBOLS. */
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
    const char *prototype;             /* as written, for people; NULL where it is left for later */
    const struct signature *signature; /* NULL where enabled is false, or before understood */
    const struct dependency *dependencies;
    size_t dependency_count;
    struct section_options options; /* merged: default < catalogue < [*] < section < -s */
    const struct origin *origins;   /* where each of them came from; NULL for a running process */
    struct place place;             /* of the section's header */
    const struct section *section;  /* whose prototype is still to be read; NULL: none */
};

struct config {
    struct pool pool;
    const char *file; /* NULL: none was found */
    bool choice;      /* nothing says what to cache: what the catalogue thinks worth it is */
    struct entry *entries;
    size_t entry_count;
    struct process_options process;
    struct origin process_origins[PROCESS_OPTION_COUNT];
    struct loading *loading; /* for config_understand() */
};

#define CONFIG_FEW 64 /* sections */

/* What decides which file is read and how: all of it given by the caller, so that tests and the
 * command can stand in for any process. `environment` is an envp array; NULL in a setuid process,
 * which then reads only files below /etc. */
struct config_request {
    const char *program; /* the executable's file name, for PROGRAM.conf */
    char *const *environment;
    const char *file; /* --config; NULL: search */
    /* For the process that is to be served: nothing is kept that only people ask for. And as most
     * sections are of functions that it never calls, where there are more than CONFIG_FEW of them
     * their own prototypes are left to config_understand(). */
    bool running;
    bool choice; /* where nothing says what to cache, all of the catalogue's choice has sections */
};

/* Overwrites *config. Keeps errno. Where the environment says MEMO_DISABLE=1 no file is read. Of
 * the environment it looks at HOME, XDG_CONFIG_HOME, MEMO_CONFIG (that file and no other), the
 * variables of process_option_table, and MEMO_SYMBOLS="NAME NAME=MAXSIZE ...": each of those is
 * cached as if it had a section, where the catalogue or the file has its prototype. */
void config_load(struct config *config, const struct config_request *request,
                 struct diagnostics *diagnostics);

/* Whether `entry`, of this config, has a signature. A prototype that was left for later is read by
 * the first call; what is wrong with it is reported, once, to the diagnostics of config_load(),
 * which must still be there. Not thread-safe. */
bool config_understand(struct config *config, struct entry *entry);

/* Where config->choice: the entry of `symbol`, made anew. NULL if the catalogue does not think it
 * worth caching, or without memory. The diagnostics of config_load() must still be there. Not
 * thread-safe. */
struct entry *config_choose(struct config *config, const char *symbol);

#endif
