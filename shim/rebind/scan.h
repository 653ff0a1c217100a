/* A scan: every reference of every loaded object that names a target, and what becomes of it.
 *
 * The functions that take `void *` are work for tick_run(): they run under the loader's lock. */
#ifndef MEMO_REBIND_SCAN_H
#define MEMO_REBIND_SCAN_H

#include "rebind/target.h"

/* Once, before the first scan. False: no memory. */
bool scan_start(struct pool *pool);

/* Whether objects have been loaded since the last scan: some 10 ns. */
bool scan_is_due(void);

/* Rebinds what is found, and logs it. The first time also says for every wanted symbol without a
 * reference why it has none. Does nothing while the loader, on this thread, is half way through
 * loading an object. `bool *done` is set if it ran. */
void scan_objects(void *done);

/* A dlsym() or dlvsym() that was answered with `real`. */
struct scan_request {
    const char *symbol; /* see target_is_expected() */
    void *handle;
    const void *caller; /* return address */
    uintptr_t real;
    const char *version; /* NULL: dlsym() */
    uintptr_t stub;      /* the answer; 0: what the caller would get anyway */
};

void scan_request(void *request);

#endif
