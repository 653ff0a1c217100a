/* Work under the loader's own lock, without a lock of ours.
 *
 * While another thread is inside dlopen, objects that are mapped but not yet relocated can be
 * seen; a slot written there is corrupted when the loader adds the base to it. glibc offers no way
 * to take its lock, but it runs the resolver of an indirect function, found by dlsym(), while it
 * holds it. libmemo.so exports one such function, `memo_tick`, whose resolver does the work. The
 * lock is recursive: nested dlopen and dlsym calls are allowed, and its order towards any other
 * lock is dlopen's own.
 *
 * No relocation may ever name memo_tick, or its resolver would run at load time; a resolver that
 * this file did not arm does nothing. */
#ifndef MEMO_REBIND_TICK_H
#define MEMO_REBIND_TICK_H

#include <stdbool.h>

/* Calls work(argument) on this thread with the loader's lock held, and returns whether it did: not
 * from inside other work, where an interposer of dlsym() may lead back to us, nor where memo_tick
 * is somebody else's. Never from a memo stub: the program's pow() never took a loader lock. */
bool tick_run(void (*work)(void *argument), void *argument);

#endif
