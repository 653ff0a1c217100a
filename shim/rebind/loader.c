#include "rebind/loader.h"

#include "glibc.h"
#include "rebind/lookup.h"

struct loader loader = {dlopen, dlsym, dlvsym};

static uintptr_t find_default(const struct object *libc, const char *text)
{
    struct symbol_name name = symbol_name(text);
    struct definition export = {.object = libc};
    while (lookup_next_export(&name, &export))
        if (!lookup_is_indirect(&export) && !lookup_is_hidden(&export))
            return lookup_address(&export);
    return 0;
}

void loader_find(const struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        const struct object *object = &snapshot->objects[i];
        if (object->role != ROLE_LIBC) continue;
        const uintptr_t open = find_default(object, "dlopen");
        const uintptr_t symbol = find_default(object, "dlsym");
        const uintptr_t versioned = find_default(object, "dlvsym");
        if (!open || !symbol || !versioned) continue;
        loader.open = (void *(*)(const char *, int))open;
        loader.symbol = (void *(*)(void *, const char *))symbol;
        loader.versioned_symbol = (void *(*)(void *, const char *, const char *))versioned;
    }
}
