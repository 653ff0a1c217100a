/* What a call leaves changed beside its value: errno and the floating-point flags.
 *
 * A miss runs between effects_begin() and effects_end(), which tell what the original did without
 * changing what the program sees. Flags that it could raise again unseen are cleared for the call
 * and merged back after it.
 *
 * errno needs more care: functions set it, leave it, or zero it, and a program carries old values
 * along, which a call might set again unseen. So a call that would find an old value finds
 * ERRNO_VEIL in its place. What stays open is a call that found 0 and left 0: untouched, or zeroed?
 * Such an entry is ERRNO_UNKNOWN and serves only callers whose errno is 0; the first other one
 * makes the call again, and then it is known. */
#ifndef MEMO_EFFECTS_H
#define MEMO_EFFECTS_H

#include "config/options.h"
#include "floating.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#define ERRNO_VEIL 0x6d656d6f /* no error has this number */

enum errno_effect { ERRNO_UNKNOWN, ERRNO_UNTOUCHED, ERRNO_SET };

struct effects {
    int errno_before, errno_seen; /* by the program; by the call */
    unsigned floating_before;
    /* the result */
    enum errno_effect errno_effect;
    int errno_value;
    unsigned floating;
};

/* `floating`: as it is now. */
static inline void effects_begin(struct effects *effects, floating_state floating)
{
    int before = errno;
    effects->errno_before = before;
    effects->errno_seen = before ? ERRNO_VEIL : 0;
    errno = effects->errno_seen;
    effects->floating_before = floating_begin(floating);
}

/* Leaves errno and the flags as they would be without us. */
static inline void effects_end(struct effects *effects)
{
    int after = errno;
    effects->floating = floating_end(effects->floating_before);
    effects->errno_value = after;
    if (after != effects->errno_seen) {
        effects->errno_effect = ERRNO_SET;
        return;
    }
    effects->errno_effect = after == 0 ? ERRNO_UNKNOWN : ERRNO_UNTOUCHED;
    errno = effects->errno_before;
}

/* May a call that left errno so be stored? */
static inline bool effects_storable(const struct effects *effects, enum errors_policy errors)
{
    int value = effects->errno_value;
    if (effects->errno_effect != ERRNO_SET || value == 0) return true;
    if (value < INT16_MIN || value > INT16_MAX) return false;
    return errors == ERRORS_KEEP || value == EDOM || value == ERANGE;
}

/* The call was left by a jump or an exception: what it raised stays, what was put aside comes back.
 */
static inline void effects_undo(const struct effects *effects)
{
    floating_end(effects->floating_before);
    if (errno == ERRNO_VEIL) errno = effects->errno_before;
}

#endif
