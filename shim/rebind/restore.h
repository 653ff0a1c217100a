/* Gives references back: a slot that does not pay shall cost nothing.
 *
 * Only references that calls go through (JUMP_SLOT) are given back, as the loader would have bound
 * them. One that holds an address may have been copied: after it is put back, the program's copies
 * would compare unequal to it. Those keep the stub, which then is the function's one address, for
 * as long as the process lives.
 *
 * Places are recorded by scans, one at a time, in objects that are never unloaded; elsewhere the
 * next scan gives back what it finds. rebind_restore() runs on any thread at any time, and takes
 * none of the loader's locks. */
#ifndef MEMO_REBIND_RESTORE_H
#define MEMO_REBIND_RESTORE_H

#include "config/pool.h"
#include "rebind/rebind.h"

/* Records that the call reference at this address was pointed at a stub; `read_only`: its page was
 * found so. Eight bytes each; without memory the reference is just never given back. */
void restore_note(struct pool *pool, uintptr_t reference, bool read_only);

/* Whether the slot has given its references back, and wants no new ones. */
bool restore_is_done(const struct slot *slot);

/* While pages are opened and closed: no two may put back each other's protection. False: not to be
 * had, after a bounded while; nothing may be written then. */
bool restore_lock(void);
void restore_unlock(void);

#endif
