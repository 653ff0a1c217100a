/* Calls that never return: longjmp, an exception, pthread_exit, cancellation.
 *
 * While an original runs behind a veil, its outputs hold a pattern where it has not written yet. If
 * the call is left another way than by its return, that must not be seen. So each thread lists its
 * veils in flight; arch_call's personality routine (for unwinding) and hooks of the longjmp family
 * lift them all: what was left alone gets its old bytes back. A lifted call that does return after
 * all is merely not stored. Everything here is for the calling thread and async-signal-safe. */
#ifndef MEMO_ESCAPE_H
#define MEMO_ESCAPE_H

#include "call/value.h"
#include "rebind/rebind.h"

#define ESCAPE_WANTED 4

/* Fills ESCAPE_WANTED rows. */
void escape_want(struct wanted *wanted);

/* Before and after an original. False: too many in flight, call it without a veil. */
bool escape_begin(struct veil *veil);
void escape_end(struct veil *veil);

#endif
