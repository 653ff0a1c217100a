#include "slot.h"

#include "report/message.h"

#include <stdatomic.h>

/* By stub number. Written before the entry in arch_slots, which publishes it. */
static struct slot *slots[ARCH_STUBS];
static atomic_uint slot_count;

_Alignas(ARCH_SLOT_SIZE) struct arch_slot arch_slots[ARCH_STUBS];

void *call_enter(struct registers *registers, uint32_t number);

/* What arch_enter calls: the first C code behind every stub. */
void *call_enter(struct registers *registers, uint32_t number)
{
    struct slot *slot = slots[number];
    return slot->handler(slot, registers);
}

bool slot_has_room(void)
{
    static atomic_bool told;
    if (atomic_load(&slot_count) + SLOT_RESERVED < ARCH_STUBS) return true;
    if (!atomic_exchange(&told, true))
        message(LOG_WARNING,
                "all %d stubs are in use; further symbols are not cached: "
                "configure fewer sections for this program",
                ARCH_STUBS - SLOT_RESERVED);
    return false;
}

void *slot_publish(struct slot *slot, slot_handler *handler, void *original)
{
    unsigned number = atomic_load(&slot_count);
    do {
        if (number == ARCH_STUBS) return NULL;
    } while (!atomic_compare_exchange_weak(&slot_count, &number, number + 1));
    slot->handler = handler;
    slot->original = original;
    slot->number = number;
    slots[number] = slot;
    arch_slots[number].epoch = 1;
    arch_slots[number].original = original;
    slot_enter_by(slot, (void *)arch_enter);
    return slot_stub(slot);
}

struct slot *slot_of_stub(const void *address)
{
    uintptr_t offset = (uintptr_t)address - (uintptr_t)arch_stub(0);
    if (offset >= 16ull * ARCH_STUBS || offset % 16) return NULL;
    return slots[offset / 16];
}
