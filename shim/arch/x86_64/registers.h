/* x86-64, System V ABI: the registers that carry arguments and results, the clock, MXCSR.
 * Source: System V Application Binary Interface, AMD64 supplement, sections 3.2.3 and 3.2.1. */
#ifndef MEMO_REGISTERS_H
#define MEMO_REGISTERS_H

#define ARCH_STUBS             2048
#define ARCH_INTEGER_ARGUMENTS 6
#define ARCH_VECTOR_ARGUMENTS  8

/* Offsets below are used by stub.S; registers.h is included there too. */
#define REGISTERS_INTEGER       0  /* rdi rsi rdx rcx r8 r9 */
#define REGISTERS_RAX           48 /* al: vector registers used, of a variadic call */
#define REGISTERS_R10           56 /* static chain */
#define REGISTERS_RESULT        64 /* rax rdx */
#define REGISTERS_STACK         80
#define REGISTERS_VECTOR        96  /* xmm0-7 */
#define REGISTERS_VECTOR_RESULT 224 /* xmm0 xmm1 */
#define REGISTERS_SIZE          256

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>
#include <x86intrin.h>

struct registers {
    uint64_t integer[ARCH_INTEGER_ARGUMENTS];
    uint64_t rax, r10;
    uint64_t result[2];
    void *stack; /* the caller's first stack argument */
    uint64_t reserved;
    _Alignas(16) unsigned char vector[ARCH_VECTOR_ARGUMENTS][16];
    unsigned char vector_result[2][16];
};

_Static_assert(offsetof(struct registers, stack) == REGISTERS_STACK, "stub.S");
_Static_assert(offsetof(struct registers, vector) == REGISTERS_VECTOR, "stub.S");
_Static_assert(offsetof(struct registers, vector_result) == REGISTERS_VECTOR_RESULT, "stub.S");
_Static_assert(sizeof(struct registers) == REGISTERS_SIZE, "stub.S");

/* The stack pointer that a glibc jmp_buf leads to: register 6 of it, mangled by a rotation and the
 * thread's pointer guard (glibc, sysdeps/unix/sysv/linux/x86_64/pointer_guard.h). */
static inline uintptr_t arch_jump_target(const void *jump_buffer)
{
    uint64_t target = ((const uint64_t *)jump_buffer)[6];
    __asm__("rorq $0x11, %0\n\txorq %%fs:0x30, %0" : "+r"(target));
    return target;
}

/* Ticks of a constant-rate counter; some 7 to 20 ns. Not ordered with its neighbours: enough for
 * means over many calls. */
static inline uint64_t arch_clock(void)
{
    return __rdtsc();
}

#endif
#endif
