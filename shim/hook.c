#include "hook.h"

static void *hook_call(struct slot *slot, struct registers *registers)
{
    struct hook *hook = (struct hook *)((char *)slot - offsetof(struct hook, slot));
    hook->before(hook, registers);
    return slot->original;
}

static void *hook_bind(const struct wanted *wanted, const struct binding *binding)
{
    struct hook *hook = wanted->data;
    if (!atomic_exchange(&hook->made, true))
        return slot_publish(&hook->slot, hook_call, binding->original);
    return hook->slot.original == binding->original ? slot_stub(&hook->slot) : NULL;
}

void hooks_want(struct hook *hooks, size_t count, struct wanted *wanted)
{
    for (size_t i = 0; i < count; i++)
        wanted[i] = (struct wanted){
            .symbol = hooks[i].symbol,
            .bind = hook_bind,
            .data = &hooks[i],
            .quiet = true,
        };
}
