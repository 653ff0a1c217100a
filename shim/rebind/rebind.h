/* Finds references to wanted symbols in every loaded object and points them elsewhere.
 *
 * What is patched and what is left alone is REBINDING's six rules: JUMP_SLOT, GLOB_DAT and
 * addend-0 absolute relocations; lazy slots resolved by relocation semantics; canonical PLT
 * addresses left as they are; page protection put back exactly; providers pinned; no loader call
 * and no malloc inside a dl_iterate_phdr callback.
 *
 * Threads: rebind_start() runs once, from the constructor. Later scans run inside the loader's own
 * lock (tick.c) and so never overlap one another or a dlopen. Never call any of this from a memo
 * stub, but for rebind_restore(): the program's pow() never took a loader lock. */
#ifndef MEMO_REBIND_H
#define MEMO_REBIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pool;
struct slot;
struct wanted;

/* What a reference was bound to. Valid only during the call of wanted.bind. */
struct binding {
    void *original;       /* never a PLT entry, never one of our stubs */
    const char *version;  /* "GLIBC_2.29", or "" */
    const char *provider; /* path of the object that holds `original` */
};

/* One symbol to redirect. */
struct wanted {
    const char *symbol;
    const char *library; /* glob that the provider's file name must match; NULL: any */
    /* The address to store in a reference bound to binding->original: the same one for the same
     * original, whenever asked. NULL leaves the reference alone. Must not allocate by malloc or
     * call the loader. */
    void *(*bind)(const struct wanted *wanted, const struct binding *binding);
    void *data;          /* bind's own */
    bool quiet;          /* not for the log: no symbol of the config's */
    uint32_t references; /* rebound so far, counted here, for the log */
    struct wanted *next; /* rebinding's own: the next of the same symbol */
};

/* More symbols, most of which no object will name: each is made a wanted one when it is met. The
 * names are fixed, and none is among those that are wanted from the beginning. */
struct supply {
    size_t (*count)(void);
    const char *(*symbol)(size_t index); /* in any order */
    bool (*has)(const char *symbol);     /* on any thread */
    /* During a scan, once for a symbol that it has. NULL: to be left alone. Bound like bind(). */
    struct wanted *(*want)(const char *symbol);
};

/* Scans every loaded object and redirects what is wanted; `wanted` must live as long as the
 * process and may hold a symbol more than once (each bind is asked in order; the first address
 * wins). `supply` may be NULL. dlsym and dlvsym are hooked by this module itself. `pool` is used by
 * later scans too, and by nobody else meanwhile but bind() and want(). 0, or an errno value with
 * nothing patched. */
int rebind_start(struct wanted *wanted, size_t count, const struct supply *supply,
                 struct pool *pool);

/* Puts the slot's original back into every call reference to its stub: at once in objects that came
 * with the program, at the next scan in others. Where the stub has become an address of the
 * function, by a reference that holds one or by dlsym(), it remains that; else the stub is not
 * given out any more. For a slot's handler: on any thread, in a signal handler, without any of the
 * loader's locks; some microseconds. False: references are being written just now; ask again some
 * calls later. */
bool rebind_restore(const struct slot *slot);

/* Around fork(): the child finds no page half written. */
void rebind_before_fork(void);
void rebind_after_fork(void);

/* The address of a variable that the program sees under this name, or that is of `provider`; NULL
 * for none. Asks the loader: only while binding. */
void *rebind_global(const char *name, const char *provider);

/* For reports: the object file name part of a path. */
const char *rebind_file_name(const char *path);

/* True for an address inside libmemo.so itself. */
bool rebind_is_ours(const void *address);

#endif
