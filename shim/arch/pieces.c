/* Values in pieces, the same for every CPU: a bank is an array in struct registers. */
#include "arch/arch.h"

#include <string.h>

void arch_gather(struct registers *registers, const struct location *location, unsigned char *value)
{
    for (uint32_t i = 0; i < location->piece_count; i++) {
        const struct piece *piece = &location->pieces[i];
        struct location one = {.piece_count = 1, .indirect = location->indirect};
        one.pieces[0] = *piece;
        memcpy(value + piece->offset, arch_argument(registers, &one), piece->size);
    }
}

void arch_indirect_save(struct registers *registers, const struct convention *convention,
                        uint32_t arguments, unsigned char *bytes)
{
    for (uint32_t i = 0; i < arguments; i++) {
        const struct location *location = &convention->arguments[i];
        if (!location->indirect) continue;
        memcpy(bytes, arch_argument(registers, location), location->pieces[0].size);
        bytes += (location->pieces[0].size + 7) & ~7u;
    }
}

void arch_indirect_restore(struct registers *registers, const struct convention *convention,
                           uint32_t arguments, const unsigned char *bytes)
{
    for (uint32_t i = 0; i < arguments; i++) {
        const struct location *location = &convention->arguments[i];
        if (!location->indirect) continue;
        memcpy(arch_argument(registers, location), bytes, location->pieces[0].size);
        bytes += (location->pieces[0].size + 7) & ~7u;
    }
}

/* Where a piece of a result is. */
static void *result_piece(struct registers *registers, const struct piece *piece)
{
    switch (piece->bank) {
    case BANK_VECTOR:
        return registers->vector_result[piece->index];
#ifdef ARCH_X87
    case BANK_X87:
        return registers->x87_result[piece->index];
#endif
    default:
        return &registers->result[piece->index];
    }
}

void arch_result_gather(const struct registers *registers, const struct location *result,
                        unsigned char *value)
{
    for (uint32_t i = 0; i < result->piece_count; i++) {
        const struct piece *piece = &result->pieces[i];
        memcpy(value + piece->offset, result_piece((struct registers *)registers, piece),
               piece->size);
    }
}

void arch_result_scatter(struct registers *registers, const struct location *result,
                         const unsigned char *value)
{
    for (uint32_t i = 0; i < result->piece_count; i++) {
        const struct piece *piece = &result->pieces[i];
        memcpy(result_piece(registers, piece), value + piece->offset, piece->size);
    }
}
