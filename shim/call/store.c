/* Keeping what a miss computed. */
#include "call/call.h"
#include "call/fronts.h"
#include "call/judge.h"
#include "fork.h"

#include <errno.h>

_Static_assert(PLAN_VALUE_LIMIT <= TABLE_VALUE_LIMIT, "an entry tells the size of any value");

/* Lock held. The value's bytes are read from the caller's memory, just written by the original. */
static bool store_entry(struct call *call, const struct effects *effects)
{
    struct memo *memo = call->memo;
    struct table_entry *entry = NULL;
    if (memo->table.insertions != call->insertions) /* since it was not there */
        entry = table_peek(&memo->table, call->key, call->key_size, call->hash);
    if (!entry) {
        size_t size = value_size(&memo->plan, call->registers, call->buffers);
        if (size == VALUE_NONE) return false;
        entry = table_insert(&memo->table, call->key, call->key_size, call->hash, size);
        if (!entry && memo->table.maxsize) memo->memory_failures++;
        if (!entry) return memo->table.maxsize == 0;
        value_capture(&memo->plan, call->registers, call->buffers, table_value(entry));
    } else if (entry->errno_effect != ERRNO_UNKNOWN) {
        return true;
    }
    entry->errno_effect = effects->errno_effect;
    entry->errno_value = (int16_t)effects->errno_value;
    entry->floating_effects = effects->floating & 0xff;
    return true;
}

/* Reading a dependency anew may leave an errno that later calls don't: localtime's ENOENT for a TZ
 * that names no file. So of all calls of an epoch the first one to leave any is not kept. */
static bool errno_settled(struct call *call, const struct effects *effects)
{
    struct memo *memo = call->memo;
    bool domain = effects->errno_value == EDOM || effects->errno_value == ERANGE;
    if (!memo->depends || effects->errno_effect != ERRNO_SET || domain) return true;
    bool settled = memo->errno_epoch == call->epoch + 1;
    memo->errno_epoch = call->epoch + 1;
    return settled;
}

void call_store(struct call *call, const struct outcome *outcome)
{
    struct memo *memo = call->memo;
    const struct effects *effects = &outcome->effects;
    if (!lock_try(&memo->lock)) return;
    fronts_stamp(memo);
    bool current = memo_freshen(memo) && memo->epoch == call->epoch && call->forks == fork_count();
    if (!outcome->whole || !current || !effects_storable(effects, memo->entry->options.errors) ||
        !errno_settled(call, effects) || !store_entry(call, effects))
        memo->unstored++;
    judge_miss(call, outcome);
    lock_release(&memo->lock);
}

void call_store_alone(struct call *call, const struct outcome *outcome)
{
    struct memo *memo = call->memo;
    bool current = slot_epoch(&memo->slot) == call->epoch && call->forks == fork_count();
    if (outcome->whole && current &&
        effects_storable(&outcome->effects, memo->entry->options.errors))
        fronts_keep_alone(call, &outcome->effects);
    judge_alone(call, outcome);
}
