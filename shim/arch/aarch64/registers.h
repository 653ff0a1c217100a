/* AArch64, AAPCS64: the registers that carry arguments and results, the clock.
 * Source: Procedure Call Standard for the Arm 64-bit Architecture (2023Q3), sections 6.1 and 6.8.
 */
#ifndef MEMO_REGISTERS_H
#define MEMO_REGISTERS_H

#include "arch/slots.h"

#define ARCH_INTEGER_ARGUMENTS 8
#define ARCH_VECTOR_ARGUMENTS  8

/* Offsets below are used by stub.S; registers.h is included there too. */
#define REGISTERS_INTEGER        0  /* x0-7 */
#define REGISTERS_RESULT_ADDRESS 64 /* x8, and behind it x18 */
#define REGISTERS_RESULT         80 /* x0 x1 */
#define REGISTERS_STACK          96
#define REGISTERS_RETURN_ADDRESS 104 /* x30 */
#define REGISTERS_X87_RESULTS    112
#define REGISTERS_VECTOR         128 /* q0-7 */
#define REGISTERS_VECTOR_RESULT  256 /* q0-3 */
#define REGISTERS_SIZE           320

#ifdef __ASSEMBLER__

    /* GNU_PROPERTY_AARCH64_FEATURE_1_AND: every target of an indirect branch is a landing pad (BTI).
     * And no executable stack. */
    .macro object_notes
    .section .note.gnu.property, "a", %note
    .balign 8
    .word 4, 16, 5
    .asciz "GNU"
    .word 0xc0000000, 4, 1, 0
    .section .note.GNU-stack, "", %progbits
    .endm

#else

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct registers {
    uint64_t integer[ARCH_INTEGER_ARGUMENTS];
    uint64_t result_address; /* x8 */
    uint64_t x18;            /* the platform's, which on Linux is the static chain */
    uint64_t result[2];
    void *stack;          /* the caller's first stack argument */
    void *return_address; /* in the caller */
    uint64_t x87_results; /* always 0 */
    _Alignas(16) unsigned char vector[ARCH_VECTOR_ARGUMENTS][16];
    unsigned char vector_result[4][16];
};

_Static_assert(offsetof(struct registers, result_address) == REGISTERS_RESULT_ADDRESS, "stub.S");
_Static_assert(offsetof(struct registers, result) == REGISTERS_RESULT, "stub.S");
_Static_assert(offsetof(struct registers, stack) == REGISTERS_STACK, "stub.S");
_Static_assert(offsetof(struct registers, return_address) == REGISTERS_RETURN_ADDRESS, "stub.S");
_Static_assert(offsetof(struct registers, x87_results) == REGISTERS_X87_RESULTS, "stub.S");
_Static_assert(offsetof(struct registers, vector) == REGISTERS_VECTOR, "stub.S");
_Static_assert(offsetof(struct registers, vector_result) == REGISTERS_VECTOR_RESULT, "stub.S");
_Static_assert(sizeof(struct registers) == REGISTERS_SIZE, "stub.S");

/* Where the caller goes on, once this call returns. */
static inline void *arch_return_address(const struct registers *registers)
{
    return registers->return_address;
}

/* In x8, which the callee need not give back. */
static inline void *arch_result_memory(const struct registers *registers)
{
    return (void *)registers->result_address;
}

static inline void arch_result_memory_return(struct registers *registers)
{
    (void)registers;
}

/* The stack pointer that a glibc jmp_buf leads to: word 13 of it, mangled by an exclusive or with a
 * guard that only glibc knows (sysdeps/aarch64/jmpbuf-offsets.h). A jmp_buf of our own, filled
 * where the stack pointer is known, tells the guard. */
static inline uintptr_t arch_jump_target(const void *jump_buffer)
{
    jmp_buf own;
    uintptr_t here;
    __asm__ volatile("mov %0, sp" : "=r"(here));
    if (_setjmp(own)) return 0; /* nobody jumps here */
    uint64_t mangled, ours;
    memcpy(&mangled, (const char *)jump_buffer + 13 * 8, sizeof(mangled));
    memcpy(&ours, (const char *)own + 13 * 8, sizeof(ours));
    return mangled ^ ours ^ here;
}

/* What the addresses of initial-exec thread variables are counted from. */
static inline char *arch_thread_pointer(void)
{
    char *pointer;
    __asm__("mrs %0, tpidr_el0" : "=r"(pointer));
    return pointer;
}

/* Ticks of the system counter: some 24 MHz on old cores, 1 GHz since Armv8.6. Not ordered with its
 * neighbours: enough for means over many calls. */
static inline uint64_t arch_clock(void)
{
    uint64_t ticks;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
}

/* The same, once all before it is done: else a function of some hundred instructions would still be
 * under way when its end is taken (Arm ARM, D11: reads of the counter are ordered by isb). */
static inline uint64_t arch_clock_ordered(void)
{
    uint64_t ticks;
    __asm__ volatile("isb\n\tmrs %0, cntvct_el0\n\tisb" : "=r"(ticks) : : "memory");
    return ticks;
}

#endif
#endif
