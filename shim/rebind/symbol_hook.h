/* dlsym, dlvsym and dlopen, hooked by tail-jump.
 *
 * A function asked for by name gets the stub that its references have. Whatever depends on who
 * asks (RTLD_NEXT, the scope of RTLD_DEFAULT, dlerror, the RUNPATH that dlopen follows) is left to
 * the real function, which is jumped to and sees the caller's own return address. All three are
 * also where objects loaded since the last scan are found. */
#ifndef MEMO_REBIND_SYMBOL_HOOK_H
#define MEMO_REBIND_SYMBOL_HOOK_H

#include "rebind/rebind.h"

#define SYMBOL_HOOKS 3

/* Entries to scan for like any other wanted symbol. */
extern struct wanted symbol_hooks[SYMBOL_HOOKS];

#endif
