/* Calls that never return: longjmp, an exception, pthread_exit, cancellation.
 *
 * While an original runs, errno may be veiled, the floating flags of the program are put aside, and
 * outputs hold a pattern where nothing is written yet. If the call is left another way than by its
 * return, none of that may be seen. So each thread lists its calls in flight; arch_call's
 * personality routine (for unwinding) and hooks of the longjmp family undo what those that are left
 * had done, and repeat the clearing of a `call:` symbol. Everything here is for the calling thread
 * and async-signal-safe. */
#ifndef MEMO_ESCAPE_H
#define MEMO_ESCAPE_H

#include "call/depends.h"
#include "call/effects.h"
#include "call/value.h"
#include "rebind/rebind.h"

#define ESCAPE_WANTED 4

/* Fills ESCAPE_WANTED rows. */
void escape_want(struct wanted *wanted);

/* One use of arch_call, on its caller's stack. What is NULL is not undone. */
struct escape {
    struct veil *veil;
    const struct effects *effects;
    struct depends *const *clears;
};

/* Before and after each use of arch_call. False: too many in flight, this one is not listed; it
 * must not be veiled. escape_end() is called all the same. */
bool escape_begin(struct escape *escape);
void escape_end(struct escape *escape);

#endif
