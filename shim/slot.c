#include "slot.h"

#include "report/message.h"

#include <stdatomic.h>

/* By stub number. Written before the stub's cell, which publishes it. */
static struct slot *slots[ARCH_STUBS];
static atomic_uint slot_count;

void *call_enter(struct registers *registers, uint32_t number);

/* What arch_enter calls: the first C code behind every stub. */
void *call_enter(struct registers *registers, uint32_t number)
{
    struct slot *slot = slots[number];
    return slot->handler(slot, registers);
}

void *slot_publish(struct slot *slot, slot_handler *handler, void *original)
{
    unsigned number = atomic_fetch_add(&slot_count, 1);
    if (number >= ARCH_STUBS) {
        if (number == ARCH_STUBS)
            message(LOG_WARNING,
                    "all %d stubs are in use; further symbols are not cached: "
                    "configure fewer sections for this program",
                    ARCH_STUBS);
        else
            atomic_store(&slot_count, ARCH_STUBS + 1); /* never wraps */
        return NULL;
    }
    slot->handler = handler;
    slot->original = original;
    slot->number = number;
    slots[number] = slot;
    __atomic_store_n(&arch_stub_entry[number], (void *)arch_enter, __ATOMIC_RELEASE);
    return slot_stub(slot);
}

struct slot *slot_of_stub(const void *address)
{
    uintptr_t offset = (uintptr_t)address - (uintptr_t)arch_stub(0);
    if (offset >= 16ull * ARCH_STUBS || offset % 16) return NULL;
    return slots[offset / 16];
}
