#include "machine.h"

    .text
    .globl seen
    .type seen, %function
seen:
    adrp x16, seen_storage
    add x16, x16, :lo12:seen_storage
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 18, 30
    str x\number, [x16, #8 * \number]
    .endr
    mov x9, sp
    str x9, [x16, #8 * 31]
    add x9, x16, #MACHINE_VECTOR
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7
    str q\number, [x9, #16 * \number]
    .endr
    add x9, x16, #MACHINE_STACK
    ldp x10, x11, [sp]
    stp x10, x11, [x9]
    ldp x10, x11, [sp, #16]
    stp x10, x11, [x9, #16]
    adrp x9, seen_times
    ldr x10, [x9, :lo12:seen_times]
    add x10, x10, #1
    str x10, [x9, :lo12:seen_times]
    .irp number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
    movn x\number, #0
    .endr
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    movi v\number\().16b, #0xa5
    .endr
    mov x0, #42
    ret
    .size seen, . - seen

    .globl lanes
    .type lanes, %function
    .variant_pcs lanes
lanes:
    fadd d0, d0, d0
    ret
    .size lanes, . - lanes

    .bss
    .balign 16
    .globl seen_last, seen_count
    .type seen_last, %object
    .type seen_count, %object
seen_last:
seen_storage:
    .zero MACHINE_SIZE
    .size seen_last, MACHINE_SIZE
seen_count:
seen_times:
    .zero 8
    .size seen_count, 8

    .section .note.GNU-stack, "", %progbits
