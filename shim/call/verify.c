#include "call/verify.h"

#include "call/flight.h"
#include "report/describe.h"
#include "report/message.h"

#include <string.h>

#define MILLION 1000000u

/* A hit's answer, taken out of the table. */
struct expectation {
    size_t size; /* of value[] */
    uint8_t errno_effect, floating_effects;
    int16_t errno_value;
    unsigned char value[];
};

static bool verifying_all;

void verify_all(void)
{
    verifying_all = true;
}

bool verify_is_on(const struct memo *memo)
{
    return verifying_all || memo->entry->options.verify_ppm;
}

bool verify_due(struct memo *memo)
{
    if (verifying_all) return true;
    uint32_t share = memo->entry->options.verify_ppm;
    if (share == 0) return false;
    memo->random = memo->random * 6364136223846793005u + 1442695040888963407u;
    return (memo->random >> 32) * MILLION >> 32 < share;
}

bool verify_expect(struct call *call, const struct table_entry *entry)
{
    struct expectation *expected = flight_take(call->memo, sizeof(*expected) + entry->value_size);
    if (!expected) return false;
    *expected = (struct expectation){entry->value_size, entry->errno_effect,
                                     entry->floating_effects, entry->errno_value};
    memcpy(expected->value, table_value((struct table_entry *)entry), entry->value_size);
    call->expected = expected;
    return true;
}

void verify_forget(struct call *call)
{
    flight_return(call->expected, sizeof(*call->expected) + call->expected->size);
    call->expected = NULL;
}

/* A call that found 0 and left 0 may have set it, too. */
static bool same_errno(const struct expectation *expected, const struct effects *effects)
{
    bool set = expected->errno_effect == ERRNO_SET, sets = effects->errno_effect == ERRNO_SET;
    if (effects->errno_effect == ERRNO_UNKNOWN) return !set || expected->errno_value == 0;
    return set == sets && (!set || expected->errno_value == effects->errno_value);
}

static bool same_effects(const struct expectation *expected, const struct effects *effects)
{
    return same_errno(expected, effects) && expected->floating_effects == effects->floating;
}

/* The original's value as flat bytes; NULL where it could not be stored: a difference in itself. */
static unsigned char *true_value(struct call *call, const struct outcome *outcome, size_t *size)
{
    struct plan *plan = &call->memo->plan;
    *size = outcome->whole ? value_size(plan, call->registers, call->buffers) : VALUE_NONE;
    if (*size == VALUE_NONE) return NULL;
    unsigned char *value = flight_take(call->memo, *size);
    if (value) value_capture(plan, call->registers, call->buffers, value);
    return value;
}

static void condemn(struct call *call, const unsigned char *value, size_t size)
{
    struct memo *memo = call->memo;
    char text[768];
    struct emitter emitter = {.data = text, .capacity = sizeof(text)};
    describe_call(&emitter, memo, call->registers, call->buffers);
    describe_difference(&emitter, memo, call->expected->value, call->expected->size, value, size);
    message(LOG_WARNING, "%s: not a pure function; it is bypassed from now on", text);
    atomic_store(&memo->impure, true);
    if (!lock_try(&memo->lock)) return;
    memo->different++;
    memo_clear_table(memo);
    lock_release(&memo->lock);
}

void verify_compare(struct call *call, const struct outcome *outcome)
{
    struct memo *memo = call->memo;
    const struct expectation *expected = call->expected;
    size_t size;
    unsigned char *value = true_value(call, outcome, &size);
    if (!value && size != VALUE_NONE) return; /* no memory to compare with */
    bool same = value && size == expected->size && memcmp(value, expected->value, size) == 0 &&
                same_effects(expected, &outcome->effects);
    if (lock_try(&memo->lock)) {
        memo->verified++;
        /* What it depends on may have changed meanwhile: no comparison then. */
        same |= !memo_freshen(memo) || memo->epoch != call->epoch;
        lock_release(&memo->lock);
    }
    if (!same) condemn(call, value, value ? size : 0);
    if (value) flight_return(value, size);
}
