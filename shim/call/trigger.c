#include "call/trigger.h"

#include "cache/arena.h"
#include "call/escape.h"
#include "call/probe.h"
#include "slot.h"

#include <stdint.h>
#include <sys/auxv.h>

/* Stack arguments passed on: with six integer and eight vector registers before them, enough for
 * all but large structs by value. They are copied blindly, so only what may be read is. */
#define TRIGGER_STACK 1024

struct trigger {
    struct slot slot;
    struct trigger *next;
    struct depends **clears;
};

static struct trigger *triggers;
static struct lock trigger_lock;

/* How much above the caller's return address may be read: the rest of the page always, the next
 * page if there is one. */
static uint64_t readable_stack(const void *stack)
{
    uintptr_t page = getauxval(AT_PAGESZ), start = (uintptr_t)stack;
    uintptr_t next = (start | (page - 1)) + 1;
    if (next - start >= TRIGGER_STACK || probe_readable((const void *)next)) return TRIGGER_STACK;
    return next - start;
}

static void *trigger_call(struct slot *slot, struct registers *registers)
{
    struct trigger *trigger = (struct trigger *)slot;
    depends_stir(); /* it may stand where one of depends_want() would */
    for (struct depends **list = trigger->clears; depends_of(list); list++)
        depends_bump(depends_of(list));
    struct escape escape = {.clears = trigger->clears};
    escape_begin(&escape);
    arch_call(slot->original, registers, readable_stack(registers->stack));
    escape_end(&escape);
    for (struct depends **list = trigger->clears; depends_of(list); list++)
        depends_called(depends_of(list));
    return NULL;
}

static struct trigger *trigger_make(struct depends **clears, void *original)
{
    struct trigger *trigger = arena_alloc(sizeof(*trigger));
    if (!trigger) return NULL;
    *trigger = (struct trigger){.next = triggers, .clears = clears};
    if (!slot_publish(&trigger->slot, trigger_call, original)) {
        arena_free(trigger, sizeof(*trigger));
        return NULL;
    }
    triggers = trigger;
    return trigger;
}

void *trigger_bind(const struct wanted *wanted, const struct binding *binding)
{
    if (!lock_wait(&trigger_lock)) {
        depends_refuse(wanted->data);
        return NULL;
    }
    struct trigger *trigger = triggers;
    while (trigger && !(trigger->clears == (struct depends **)wanted->data &&
                        trigger->slot.original == binding->original))
        trigger = trigger->next;
    if (!trigger) trigger = trigger_make(wanted->data, binding->original);
    lock_release(&trigger_lock);
    if (!trigger) depends_refuse(wanted->data);
    return trigger ? slot_stub(&trigger->slot) : NULL;
}
