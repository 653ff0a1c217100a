/* A symbol that a config names as `call:` and nothing else is known of: whoever depends on it is
 * cleared before and after each call, and the call itself goes through untouched. */
#ifndef MEMO_TRIGGER_H
#define MEMO_TRIGGER_H

#include "call/depends.h"
#include "rebind/rebind.h"

/* For struct wanted: `data` is a NULL-terminated struct depends *[]. */
void *trigger_bind(const struct wanted *wanted, const struct binding *binding);

#endif
