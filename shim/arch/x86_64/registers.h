/* x86-64, System V ABI: the registers that carry arguments and results, the clock, MXCSR.
 * Source: System V Application Binary Interface, AMD64 supplement, sections 3.2.3 and 3.2.1. */
#ifndef MEMO_REGISTERS_H
#define MEMO_REGISTERS_H

#include "arch/slots.h"

#define ARCH_INTEGER_ARGUMENTS 6
#define ARCH_VECTOR_ARGUMENTS  8
#define ARCH_X87               1

/* Offsets below are used by stub.S; registers.h is included there too. */
#define REGISTERS_INTEGER       0  /* rdi rsi rdx rcx r8 r9 */
#define REGISTERS_RAX           48 /* al: vector registers used, of a variadic call */
#define REGISTERS_R10           56 /* static chain */
#define REGISTERS_RESULT        64 /* rax rdx */
#define REGISTERS_STACK         80
#define REGISTERS_X87_RESULTS   88
#define REGISTERS_VECTOR        96  /* xmm0-7 */
#define REGISTERS_VECTOR_RESULT 224 /* xmm0 xmm1 */
#define REGISTERS_X87           256 /* st0 st1 */
#define REGISTERS_SIZE          288

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>
#include <x86intrin.h>

struct registers {
    uint64_t integer[ARCH_INTEGER_ARGUMENTS];
    uint64_t rax, r10;
    uint64_t result[2];
    void *stack;          /* the caller's first stack argument */
    uint64_t x87_results; /* how many of x87[] the function returns: arch_call takes them off the
                             x87 stack, arch_enter puts them back; 0 leaves that stack alone */
    _Alignas(16) unsigned char vector[ARCH_VECTOR_ARGUMENTS][16];
    unsigned char vector_result[2][16];
    unsigned char x87_result[2][16];
};

_Static_assert(offsetof(struct registers, stack) == REGISTERS_STACK, "stub.S");
_Static_assert(offsetof(struct registers, vector) == REGISTERS_VECTOR, "stub.S");
_Static_assert(offsetof(struct registers, vector_result) == REGISTERS_VECTOR_RESULT, "stub.S");
_Static_assert(offsetof(struct registers, x87_results) == REGISTERS_X87_RESULTS, "stub.S");
_Static_assert(offsetof(struct registers, x87_result) == REGISTERS_X87, "stub.S");
_Static_assert(sizeof(struct registers) == REGISTERS_SIZE, "stub.S");

/* Where the caller goes on, once this call returns. */
static inline void *arch_return_address(const struct registers *registers)
{
    return ((void **)registers->stack)[-1];
}

/* The hidden first argument, which comes back in rax. */
static inline void *arch_result_memory(const struct registers *registers)
{
    return (void *)registers->integer[0];
}

static inline void arch_result_memory_return(struct registers *registers)
{
    registers->result[0] = registers->integer[0];
}

/* The stack pointer that a glibc jmp_buf leads to: register 6 of it, mangled by a rotation and the
 * thread's pointer guard (glibc, sysdeps/unix/sysv/linux/x86_64/pointer_guard.h). */
static inline uintptr_t arch_jump_target(const void *jump_buffer)
{
    uint64_t target = ((const uint64_t *)jump_buffer)[6];
    __asm__("rorq $0x11, %0\n\txorq %%fs:0x30, %0" : "+r"(target));
    return target;
}

/* What the addresses of initial-exec thread variables are counted from. */
static inline char *arch_thread_pointer(void)
{
    char *pointer;
    __asm__("movq %%fs:0, %0" : "=r"(pointer));
    return pointer;
}

/* Ticks of a constant-rate counter; some 7 to 20 ns. Not ordered with its neighbours: enough for
 * means over many calls. */
static inline uint64_t arch_clock(void)
{
    return __rdtsc();
}

/* The same, once all before it is done and before anything behind it begins (Intel SDM volume 2,
 * RDTSC): else a function of some hundred instructions would still be under way when its end is
 * taken. */
static inline uint64_t arch_clock_ordered(void)
{
    _mm_lfence();
    uint64_t ticks = __rdtsc();
    _mm_lfence();
    return ticks;
}

#endif
#endif
