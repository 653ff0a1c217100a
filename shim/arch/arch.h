/* What every CPU provides. The same file names stand in each folder of arch/:
 *
 *   stub.S       ARCH_STUBS stubs of 16 bytes, each loading its number and jumping through
 *                arch_stub_entry[number]; arch_enter, the register-capturing path behind them;
 *                arch_call. Hand-written, with full CFI: exceptions and cancellation unwind
 *                through both, and the object keeps its IBT/BTI and non-executable-stack marks.
 *   registers.h  struct registers, the ARCH_* constants, the clock and the floating status, inline.
 *   place.c      arch_place(): the calling convention, as data.
 */
#ifndef MEMO_ARCH_H
#define MEMO_ARCH_H

#include "config/signature.h"
#include "registers.h" /* found by -Ishim/arch/<cpu> */

#include <stdbool.h>
#include <stdint.h>

/* Where each stub jumps: the arch_enter path, or straight to an original. Written with a release
 * store before the stub's address is given to anybody. */
extern void *arch_stub_entry[ARCH_STUBS];

/* The code address of stub `number`. */
static inline void *arch_stub(unsigned number)
{
    extern const char arch_stubs[] __attribute__((visibility("hidden")));
    return (void *)(arch_stubs + 16 * number);
}

/* Saves the argument registers, calls call_enter(registers, number) (call/enter.c) and then either
 * returns registers->result to the caller, or, when call_enter gave an address, restores every
 * argument register and tail-jumps there: that callee sees the caller's own return address and
 * stack arguments. Only ever reached by a jump from a stub. */
void arch_enter(void);

/* Calls `function` with the argument registers and a copy of the first `stack_bytes` of stack
 * arguments of `registers`; its results, whatever their type, replace registers->result. Where the
 * call is unwound instead, escape_personality() (call/escape.h) is told. */
void arch_call(void *function, struct registers *registers, uint64_t stack_bytes);

/* Where a call's arguments are, one per parameter. */
enum bank { BANK_INTEGER, BANK_VECTOR, BANK_STACK };

struct argument_place {
    enum bank bank;
    uint32_t index; /* register number within its bank, or bytes from registers->stack */
};

/* Fills places[0 .. parameter_count) and returns the bytes of stack arguments. */
uint64_t arch_place(const struct signature *signature, struct argument_place *places);

/* The address of an argument's bits; the low `size` bytes there are its value. */
static inline void *arch_argument(struct registers *registers, struct argument_place place)
{
    switch (place.bank) {
    case BANK_INTEGER:
        return &registers->integer[place.index];
    case BANK_VECTOR:
        return registers->vector[place.index];
    default:
        return (char *)registers->stack + place.index;
    }
}

#endif
