/* What the stubs and the paths behind them know of a slot: one cache line, found by its number, or
 * by the address that the stub has of it. Included by assembly too. */
#ifndef MEMO_SLOTS_H
#define MEMO_SLOTS_H

#define ARCH_STUBS         4096
#define ARCH_SLOT_SHIFT    6
#define ARCH_SLOT_SIZE     64
#define ARCH_SLOT_ENTRY    24
#define ARCH_SLOT_EPOCH    32
#define ARCH_SLOT_ORIGINAL 40

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct arch_slot {
    /* 0. Where a thread has no fronts the slot's line itself is taken for its front
     * (call/shares.h): a closed one without lines. */
    uint64_t no_front[3];
    /* Where the stub jumps: arch_enter, a typed path of paths.S, arch_bypass or the original.
     * Written with a release store before the stub's address is given to anybody. */
    void *entry;
    uint64_t epoch; /* never 0: a front whose epoch is another holds nothing to be served */
    void *original;
    uint64_t padding[2]; /* lines of two slots never share a cache line */
};

_Static_assert(sizeof(struct arch_slot) == ARCH_SLOT_SIZE, "stub.S");
_Static_assert(offsetof(struct arch_slot, entry) == ARCH_SLOT_ENTRY, "stub.S");
_Static_assert(offsetof(struct arch_slot, epoch) == ARCH_SLOT_EPOCH, "stub.S");
_Static_assert(offsetof(struct arch_slot, original) == ARCH_SLOT_ORIGINAL, "stub.S");

extern struct arch_slot arch_slots[ARCH_STUBS] __attribute__((visibility("hidden")));

#endif
#endif
