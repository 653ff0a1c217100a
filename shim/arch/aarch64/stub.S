/* AArch64: the stubs, the path behind them, and the call of an original. Contract in arch/arch.h.
 *
 * A stub may use x16 and x17 alone, as any code between a call and its target may. What a base
 * AAPCS64 function can see of its caller is x0-8, x18, q0-7 and the stack; functions of another
 * convention (SVE, vector PCS) are marked in the symbol table and never bound. A `br` by x16 or x17
 * may land on `bti c`, so every indirect branch below goes by one of them. Frames are x29-based and
 * described for the unwinder. */
#include "registers.h"
#include "cache/front_offsets.h"

    .text
    .hidden arch_stubs, arch_slots, arch_enter, arch_call, arch_bypass, call_enter
    .hidden arch_count, escape_personality, thread_countdown, thread_fronts

/* 16 bytes each. The slot is within the 1 MiB that adr reaches: the linker would say if it were
 * not. What is behind them finds the slot's line in x16. */
    .globl arch_stubs
    .type arch_stubs, %function
    .balign 64
arch_stubs:
    .cfi_startproc
    .set number, 0
    .rept ARCH_STUBS
    hint #34                        /* bti c */
    adr x16, arch_slots + ARCH_SLOT_SIZE * number
    ldr x17, [x16, #ARCH_SLOT_ENTRY]
    br x17
    .set number, number + 1
    .endr
    .cfi_endproc
    .size arch_stubs, . - arch_stubs

/* move_arguments stp|ldp, BASE */
    .macro move_arguments move, base
    \move x0, x1, [\base, #REGISTERS_INTEGER + 0]
    \move x2, x3, [\base, #REGISTERS_INTEGER + 16]
    \move x4, x5, [\base, #REGISTERS_INTEGER + 32]
    \move x6, x7, [\base, #REGISTERS_INTEGER + 48]
    \move x8, x18, [\base, #REGISTERS_RESULT_ADDRESS]
    \move q0, q1, [\base, #REGISTERS_VECTOR + 0]
    \move q2, q3, [\base, #REGISTERS_VECTOR + 32]
    \move q4, q5, [\base, #REGISTERS_VECTOR + 64]
    \move q6, q7, [\base, #REGISTERS_VECTOR + 96]
    .endm

    .macro move_results move, base
    \move x0, x1, [\base, #REGISTERS_RESULT]
    \move q0, q1, [\base, #REGISTERS_VECTOR_RESULT + 0]
    \move q2, q3, [\base, #REGISTERS_VECTOR_RESULT + 32]
    .endm

/* Reached with the slot's line in x16. */
    .globl arch_enter
    .type arch_enter, %function
    .balign 64
arch_enter:
    .cfi_startproc
    hint #34                        /* bti c */
    stp x29, x30, [sp, #-16]!
    .cfi_def_cfa_offset 16
    .cfi_offset x29, -16
    .cfi_offset x30, -8
    mov x29, sp
    .cfi_def_cfa x29, 16
    sub sp, sp, #REGISTERS_SIZE
    move_arguments stp, sp
    add x9, x29, #16
    stp x9, x30, [sp, #REGISTERS_STACK]
    str xzr, [sp, #REGISTERS_X87_RESULTS]
    mov x0, sp
    adrp x9, arch_slots
    add x9, x9, :lo12:arch_slots
    sub x9, x16, x9
    lsr w1, w9, #ARCH_SLOT_SHIFT
    bl call_enter
    cbnz x0, 1f
    move_results ldp, sp
    mov sp, x29
    .cfi_remember_state
    ldp x29, x30, [sp], #16
    .cfi_def_cfa sp, 0
    .cfi_restore x29
    .cfi_restore x30
    ret
1:
    .cfi_restore_state
    mov x16, x0
    move_arguments ldp, sp
    mov sp, x29
    ldp x29, x30, [sp], #16
    .cfi_def_cfa sp, 0
    .cfi_restore x29
    .cfi_restore x30
    br x16
    .cfi_endproc
    .size arch_enter, . - arch_enter

    /* Counts down what is at `count`, and goes on to the original or, below zero, to arch_enter. */
    .macro pass_by count:vararg
    ldr w11, [\count]
    subs w11, w11, #1
    str w11, [\count]
    b.mi arch_enter
    ldr x16, [x16, #ARCH_SLOT_ORIGINAL]
    br x16
    .endm

/* A bypassed slot: one call in many goes on to arch_enter, which then sets the count anew. x9 to
 * x11 are free between a call and a base AAPCS64 function. */
    .globl arch_bypass
    .type arch_bypass, %function
    .balign 64
arch_bypass:
    .cfi_startproc
    hint #34                        /* bti c */
    mrs x9, tpidr_el0
    adrp x10, :gottprel:thread_countdown
    ldr x10, [x10, #:gottprel_lo12:thread_countdown]
    pass_by x9, x10
    .cfi_endproc
    .size arch_bypass, . - arch_bypass

/* The same, with a count of this slot and thread. */
    .globl arch_count
    .type arch_count, %function
    .balign 64
arch_count:
    .cfi_startproc
    hint #34                        /* bti c */
    mrs x9, tpidr_el0
    adrp x10, :gottprel:thread_fronts
    ldr x10, [x10, #:gottprel_lo12:thread_fronts]
    ldr x9, [x9, x10]
    add x9, x9, x16
    pass_by x9, #FRONT_COUNTDOWN
    .cfi_endproc
    .size arch_count, . - arch_count

/* arch_call(function, registers, stack_bytes) */
    .globl arch_call
    .type arch_call, %function
    .balign 16
arch_call:
    .cfi_startproc
    .cfi_personality 0x1b, escape_personality   /* pc-relative, 4 bytes; no LSDA is needed */
    hint #34                        /* bti c */
    stp x29, x30, [sp, #-32]!
    .cfi_def_cfa_offset 32
    .cfi_offset x29, -32
    .cfi_offset x30, -24
    mov x29, sp
    .cfi_def_cfa x29, 32
    str x19, [sp, #16]
    .cfi_offset x19, -16
    mov x19, x1
    mov x16, x0
    cbz x2, 2f
    add x9, x2, #15
    and x9, x9, #-16
    sub sp, sp, x9
    ldr x10, [x19, #REGISTERS_STACK]
    mov x11, sp
1:
    ldr x12, [x10], #8
    str x12, [x11], #8
    subs x2, x2, #8
    b.hi 1b
2:
    move_arguments ldp, x19
    blr x16
    move_results stp, x19
    mov sp, x29
    ldr x19, [sp, #16]
    ldp x29, x30, [sp], #32
    .cfi_def_cfa sp, 0
    .cfi_restore x19
    .cfi_restore x29
    .cfi_restore x30
    ret
    .cfi_endproc
    .size arch_call, . - arch_call

    object_notes
