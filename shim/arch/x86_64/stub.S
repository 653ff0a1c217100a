/* x86-64: the stubs, the path behind them, and the call of an original. Contract in arch/arch.h.
 *
 * A stub may use r11 alone: r10 is the static chain, al the count of vector registers of a
 * variadic call, everything else an argument. The x87 stack is touched only where a signature says
 * that results are on it, so those of unknown functions pass through. Frames are rbp-based and described for the unwinder. */
#include "registers.h"
#include "cache/front_offsets.h"
#include <cet.h>

    .text
    .hidden arch_stubs, arch_slots, arch_enter, arch_call, arch_bypass, call_enter
    .hidden arch_count, escape_personality, thread_countdown, thread_fronts

/* 16 bytes each: endbr64 (4), lea (7), jmp through the entry of the stub's own slot (4). What is
 * behind them finds the slot's line in r11. */
    .globl arch_stubs
    .type arch_stubs, @function
    .balign 64
arch_stubs:
    .cfi_startproc
    .set number, 0
    .rept ARCH_STUBS
    .balign 16
    endbr64
    leaq (arch_slots + ARCH_SLOT_SIZE * number)(%rip), %r11
    jmp *ARCH_SLOT_ENTRY(%r11)
    .set number, number + 1
    .endr
    .balign 16
    .cfi_endproc
    .size arch_stubs, . - arch_stubs

    .macro move_arguments direction, base
    .ifc \direction, save
    movq %rdi, 0(\base)
    movq %rsi, 8(\base)
    movq %rdx, 16(\base)
    movq %rcx, 24(\base)
    movq %r8, 32(\base)
    movq %r9, 40(\base)
    movq %rax, REGISTERS_RAX(\base)
    movq %r10, REGISTERS_R10(\base)
    movaps %xmm0, REGISTERS_VECTOR + 0(\base)
    movaps %xmm1, REGISTERS_VECTOR + 16(\base)
    movaps %xmm2, REGISTERS_VECTOR + 32(\base)
    movaps %xmm3, REGISTERS_VECTOR + 48(\base)
    movaps %xmm4, REGISTERS_VECTOR + 64(\base)
    movaps %xmm5, REGISTERS_VECTOR + 80(\base)
    movaps %xmm6, REGISTERS_VECTOR + 96(\base)
    movaps %xmm7, REGISTERS_VECTOR + 112(\base)
    .else
    movaps REGISTERS_VECTOR + 0(\base), %xmm0
    movaps REGISTERS_VECTOR + 16(\base), %xmm1
    movaps REGISTERS_VECTOR + 32(\base), %xmm2
    movaps REGISTERS_VECTOR + 48(\base), %xmm3
    movaps REGISTERS_VECTOR + 64(\base), %xmm4
    movaps REGISTERS_VECTOR + 80(\base), %xmm5
    movaps REGISTERS_VECTOR + 96(\base), %xmm6
    movaps REGISTERS_VECTOR + 112(\base), %xmm7
    movq REGISTERS_R10(\base), %r10
    movq REGISTERS_RAX(\base), %rax
    movq 40(\base), %r9
    movq 32(\base), %r8
    movq 24(\base), %rcx
    movq 16(\base), %rdx
    movq 8(\base), %rsi
    movq 0(\base), %rdi
    .endif
    .endm

    .globl arch_enter
    .type arch_enter, @function
    .balign 64
arch_enter:
    .cfi_startproc
    _CET_ENDBR
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    subq $REGISTERS_SIZE, %rsp      /* the entry's rsp is 8 off 16; the push makes it even */
    move_arguments save, %rsp
    leaq 16(%rbp), %rax
    movq %rax, REGISTERS_STACK(%rsp)
    movq $0, REGISTERS_X87_RESULTS(%rsp)
    movq %rsp, %rdi
    leaq arch_slots(%rip), %rax
    subq %rax, %r11
    movl %r11d, %esi
    shrl $ARCH_SLOT_SHIFT, %esi
    call call_enter
    testq %rax, %rax
    jnz 1f
    movq REGISTERS_X87_RESULTS(%rsp), %rcx
    testq %rcx, %rcx
    jnz 2f
3:
    movq REGISTERS_RESULT + 0(%rsp), %rax
    movq REGISTERS_RESULT + 8(%rsp), %rdx
    movaps REGISTERS_VECTOR_RESULT + 0(%rsp), %xmm0
    movaps REGISTERS_VECTOR_RESULT + 16(%rsp), %xmm1
    .cfi_remember_state
    leave
    .cfi_def_cfa %rsp, 8
    ret
1:
    .cfi_restore_state
    movq %rax, %r11
    move_arguments load, %rsp
    .cfi_remember_state
    leave
    .cfi_def_cfa %rsp, 8
    jmp *%r11
2:
    .cfi_restore_state
    cmpq $1, %rcx
    je 4f
    fldt REGISTERS_X87 + 16(%rsp)
4:
    fldt REGISTERS_X87 + 0(%rsp)
    jmp 3b
    .cfi_endproc
    .size arch_enter, . - arch_enter

/* A bypassed slot: one call in many goes on to arch_enter, which then sets the count anew. */
    .globl arch_bypass
    .type arch_bypass, @function
    .balign 64
arch_bypass:
    .cfi_startproc
    _CET_ENDBR
    movq thread_countdown@gottpoff(%rip), %rax
    decl %fs:(%rax)
    js arch_enter
    jmp *ARCH_SLOT_ORIGINAL(%r11)
    .cfi_endproc
    .size arch_bypass, . - arch_bypass

/* The same, with a count of this slot and thread. */
    .globl arch_count
    .type arch_count, @function
    .balign 64
arch_count:
    .cfi_startproc
    _CET_ENDBR
    movq thread_fronts@gottpoff(%rip), %rax
    movq %fs:(%rax), %rax
    decl FRONT_COUNTDOWN(%r11, %rax)
    js arch_enter
    jmp *ARCH_SLOT_ORIGINAL(%r11)
    .cfi_endproc
    .size arch_count, . - arch_count

/* arch_call(function, registers, stack_bytes) */
    .globl arch_call
    .type arch_call, @function
    .balign 16
arch_call:
    .cfi_startproc
    .cfi_personality 0x1b, escape_personality   /* pc-relative, 4 bytes; no LSDA is needed */
    _CET_ENDBR
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    pushq %rbx
    .cfi_offset %rbx, -24
    pushq %rbx                      /* keeps rsp a multiple of 16 */
    movq %rsi, %rbx
    movq %rdi, %r11
    movq %rdx, %rcx
    testq %rcx, %rcx
    jz 1f
    addq $15, %rdx
    andq $-16, %rdx
    subq %rdx, %rsp
    shrq $3, %rcx
    movq REGISTERS_STACK(%rbx), %rsi
    movq %rsp, %rdi
    rep movsq
1:
    move_arguments load, %rbx
    call *%r11
    movq %rax, REGISTERS_RESULT + 0(%rbx)
    movq %rdx, REGISTERS_RESULT + 8(%rbx)
    movaps %xmm0, REGISTERS_VECTOR_RESULT + 0(%rbx)
    movaps %xmm1, REGISTERS_VECTOR_RESULT + 16(%rbx)
    movq REGISTERS_X87_RESULTS(%rbx), %rcx
    testq %rcx, %rcx
    jnz 3f
2:
    movq -8(%rbp), %rbx
    .cfi_remember_state
    leave
    .cfi_def_cfa %rsp, 8
    ret
3:
    .cfi_restore_state
    fstpt REGISTERS_X87 + 0(%rbx)
    cmpq $1, %rcx
    je 2b
    fstpt REGISTERS_X87 + 16(%rbx)
    jmp 2b
    .cfi_endproc
    .size arch_call, . - arch_call

    .section .note.GNU-stack, "", @progbits
