/* Writes replacements into references, and leaves the protection of every page as it was.
 *
 * All of this runs under the loader's lock; patches_apply() takes that of restore.h inside it.
 * Other threads may be calling through the very same references. */
#ifndef MEMO_REBIND_PATCH_H
#define MEMO_REBIND_PATCH_H

#include "rebind/object.h"

struct patch {
    const struct object *object; /* that the reference lies in */
    uintptr_t reference;         /* its address, a multiple of 8 */
    uintptr_t expected;          /* what it holds; anything else is not overwritten, but for: */
    uintptr_t original;          /* what the loader may be resolving it to just now */
    uintptr_t replacement;
    bool applied, read_only; /* set here; whether its page was found so */
};

/* Before the first patches_apply() of a scan: what is known of the pages may be out of date. */
void patches_start(void);

/* Applies what can be; a page that can't be made writable is left alone, with one warning per
 * process. */
void patches_apply(struct patch *patches, size_t count);

#endif
