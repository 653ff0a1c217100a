#include "machine.h"

    .text
    .globl call_with
    .type call_with, %function
call_with:
    stp x29, x30, [sp, #-192]!
    mov x29, sp
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    str x1, [sp, #160]
    mov x16, x0
    mov x17, x2
    sub sp, sp, #32
    add x9, x16, #MACHINE_STACK
    ldp x0, x1, [x9]
    ldp x2, x3, [x9, #16]
    stp x0, x1, [sp]
    stp x2, x3, [sp, #16]
    add x9, x16, #MACHINE_VECTOR
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    ldr q\number, [x9, #16 * \number]
    .endr
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28
    ldr x\number, [x16, #8 * \number]
    .endr
    blr x17
    add sp, sp, #32
    ldr x16, [x29, #160]
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28
    str x\number, [x16, #8 * \number]
    .endr
    mov x9, sp
    str x9, [x16, #8 * 31]
    add x9, x16, #MACHINE_VECTOR
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    str q\number, [x9, #16 * \number]
    .endr
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #192
    ret
    .size call_with, . - call_with

    .section .note.GNU-stack, "", %progbits
