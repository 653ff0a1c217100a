/* Which config file a process reads, and reading it safely. */
#ifndef MEMO_SEARCH_H
#define MEMO_SEARCH_H

#include "config.h"

#define SEARCH_FILE_BYTES ((size_t)1 << 20)

struct found_file {
    const char *path; /* in the pool; NULL: there is none */
    char *text;       /* in scratch, with one writable byte past its end; NULL: not to be read */
    size_t length;
};

/* Takes request->file, else $MEMO_CONFIG, else the first that exists of the search path (DESIGN
 * 5). A file that was named has to exist. What cannot or must not be read (no permission, not a
 * regular file, writable by others, larger than 1 MiB, holding NUL bytes) is reported in one line
 * and has no text; the search does not go on behind it. Opens without blocking, leaves no
 * descriptor. May set errno. */
struct found_file search_config(const struct config_request *request, struct pool *pool,
                                struct pool *scratch, struct diagnostics *diagnostics);

/* The value of a variable in an envp array; NULL where it is unset or empty. */
const char *search_environment(char *const *environment, const char *name);

#endif
