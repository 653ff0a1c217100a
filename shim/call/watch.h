/* One thing that decides results beside the arguments, and the state in which it was accepted: an
 * environment variable, the locale, a file.
 *
 * The *_is_accepted functions take no lock and make no system call; they may run while another
 * thread accepts a new state, and then their answer means nothing (depends_current() tells). They
 * read environ and the locale's name as getenv() and setlocale() do, and are no safer where the
 * program changes these under its own threads' feet. */
#ifndef MEMO_WATCH_H
#define MEMO_WATCH_H

#include "config/config.h"

#include <locale.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What tells one state of a file from another. All zero: there is none. */
struct file_identity {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed;
};

/* What the path itself names, and, where that is a symbolic link, what this leads to: a link that
 * was turned elsewhere and back is seen too. */
struct file_stamp {
    struct file_identity link, file;
};

struct watch {
    enum dependency_kind kind;
    const char *name;           /* of a variable: with its '=' */
    size_t name_size;           /* of that text, '=' and all */
    _Atomic(const char *) text; /* "NAME=value" or the locale's name as accepted; NULL: unset */
    /* Below only for who accepts. */
    char *room; /* for `text`; never freed, as readers may be late */
    size_t capacity;
    struct file_stamp stamp;
    bool unsettled; /* the file may have changed since without its times telling */
};

enum verdict { SAME, CHANGED, UNTELLABLE };

/* `watch` zeroed. Accepts the state as it is. False: no memory. */
bool watch_make(struct watch *watch, const struct dependency *dependency, struct pool *pool);

/* Compares with what was accepted and accepts what there is now. Files are looked at every time:
 * two system calls. errno is preserved. */
enum verdict watch_accept(struct watch *watch);

/* True where the search ends: at the end of environ, or at an entry that starts with `name`. */
static inline bool environment_ends(const char *entry, const char *name, size_t size)
{
    return __builtin_expect(!entry, 0) || (__builtin_expect(entry[0] == name[0], 0) &&
                                           entry[1] == name[1] && strncmp(entry, name, size) == 0);
}

/* The entry "NAME=value" that getenv() would find. Four at a time: an entry whose name starts with
 * another letter costs two branches that are not taken, about a cycle. Each is read once, as other
 * threads may write to environ. */
static inline const char *environment_entry(const char *name, size_t size)
{
    char *const volatile *at = environ;
    const char *entry;
    if (!at) return NULL;
    for (;; at += 4) {
        if (environment_ends(entry = at[0], name, size)) return entry;
        if (environment_ends(entry = at[1], name, size)) return entry;
        if (environment_ends(entry = at[2], name, size)) return entry;
        if (environment_ends(entry = at[3], name, size)) return entry;
    }
}

static inline bool watch_text_is(const struct watch *watch, const char *now)
{
    const char *text = atomic_load_explicit(&watch->text, memory_order_relaxed);
    if (!now || !text) return now == text;
    return strcmp(now, text) == 0;
}

/* A locale of the thread's own has no name to compare. */
static inline bool locale_is_global(void)
{
    return uselocale((locale_t)0) == LC_GLOBAL_LOCALE;
}

static inline bool watch_is_accepted(const struct watch *watch)
{
    switch (watch->kind) {
    case DEPENDS_ENVIRONMENT:
        return watch_text_is(watch, environment_entry(watch->name, watch->name_size));
    case DEPENDS_LOCALE:
        return locale_is_global() && watch_text_is(watch, setlocale(LC_ALL, NULL));
    case DEPENDS_FILE: /* by time: see depends_current() */
    case DEPENDS_CALL: /* by the generation */
        break;
    }
    return true;
}

#endif
