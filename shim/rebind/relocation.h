/* What this CPU's ABI adds to ELF: the relocations through which functions are reached, and a mark
 * of those functions that our stubs can't stand before. */
#ifndef MEMO_REBIND_RELOCATION_H
#define MEMO_REBIND_RELOCATION_H

#include <link.h>
#include <stdbool.h>

#if defined(__x86_64__)
#define RELOCATION_JUMP_SLOT R_X86_64_JUMP_SLOT /* of the PLT; may await its first call */
#define RELOCATION_GLOB_DAT  R_X86_64_GLOB_DAT  /* an address in the GOT */
#define RELOCATION_ABSOLUTE  R_X86_64_64 /* a pointer in data, plus an addend; ABS64 in the log */
#elif defined(__aarch64__)
#define RELOCATION_JUMP_SLOT R_AARCH64_JUMP_SLOT
#define RELOCATION_GLOB_DAT  R_AARCH64_GLOB_DAT
#define RELOCATION_ABSOLUTE  R_AARCH64_ABS64
#else
#error "no relocation names for this CPU"
#endif

/* Takes or keeps registers that the base calling convention knows nothing of (AArch64: SVE, vector
 * PCS), which the code behind a stub would destroy. */
static inline bool relocation_symbol_is_variant(const ElfW(Sym) * symbol)
{
#if defined(__aarch64__)
    return (symbol->st_other & STO_AARCH64_VARIANT_PCS) != 0;
#else
    (void)symbol;
    return false;
#endif
}

#endif
