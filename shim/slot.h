/* Slots: everything libmemo.so put a stub in front of, and what runs when that stub is called.
 *
 * A slot is made once, when a reference is first bound to it, and lives as long as the process:
 * the stub's address may have been copied anywhere. */
#ifndef MEMO_SLOT_H
#define MEMO_SLOT_H

#include "arch/arch.h"

#include <stdbool.h>

struct slot;

/* Runs behind the slot's stub, with the argument registers. Returns NULL when
 * registers->result holds what the caller shall get, else the address to tail-jump to.
 * Called on the program's thread, in any context the program may call the symbol from: signal
 * handlers, a vfork child, before main, after exit. No malloc, no stdio, errno preserved. */
typedef void *slot_handler(struct slot *slot, struct registers *registers);

/* The head of every slot; a kind of slot embeds it as its first member. */
struct slot {
    slot_handler *handler;
    void *original;
    uint32_t number; /* of its stub */
};

/* Stubs that only triggers and hooks may use: what depends on a call must not be cached when the
 * call can't be watched. */
#define SLOT_RESERVED 256

/* True while there is a stub for another memoized function; else one warning is printed, once. */
bool slot_has_room(void);

/* Gives `slot` a stub and publishes it. The stub's address, or NULL when all ARCH_STUBS are in
 * use. Callable from many threads. */
void *slot_publish(struct slot *slot, slot_handler *handler, void *original);

/* The slot whose stub is at `address`, or NULL. */
struct slot *slot_of_stub(const void *address);

/* From now on the stub jumps to `entry`. Any thread, any time. */
static inline void slot_enter_by(const struct slot *slot, void *entry)
{
    __atomic_store_n(&arch_slots[slot->number].entry, entry, __ATOMIC_RELEASE);
}

static inline uint64_t slot_epoch(const struct slot *slot)
{
    return __atomic_load_n(&arch_slots[slot->number].epoch, __ATOMIC_ACQUIRE);
}

/* What fronts hold of this slot is not served any more. */
static inline void slot_epoch_end(const struct slot *slot)
{
    __atomic_fetch_add(&arch_slots[slot->number].epoch, 1, __ATOMIC_ACQ_REL);
}

static inline void *slot_stub(const struct slot *slot)
{
    return arch_stub(slot->number);
}

#endif
