/* The relocations through which functions are reached, by their names on this CPU. */
#ifndef MEMO_REBIND_RELOCATION_H
#define MEMO_REBIND_RELOCATION_H

#include <elf.h>

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

#endif
