/* The loader's own functions, as libc defines them: not those of an interposer or a sanitizer,
 * which might hold a lock of its own around the call that brings us here, and want it again. */
#ifndef MEMO_REBIND_LOADER_H
#define MEMO_REBIND_LOADER_H

#include "rebind/object.h"

struct loader {
    void *(*open)(const char *path, int flags);
    void *(*symbol)(void *handle, const char *name);
    void *(*versioned_symbol)(void *handle, const char *name, const char *version);
};

extern struct loader loader;

/* In the first scan, before anything else of the loader's is called. Where libc does not define
 * them (before glibc 2.34) they stay what our own references are bound to. */
void loader_find(const struct snapshot *snapshot);

#endif
