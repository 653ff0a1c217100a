/* AArch64: the typed paths. Contract in arch/arch.h, layout in cache/front_offsets.h.
 *
 * A hit of f(double) takes 43 instructions behind the stub's 4: 11 find the front, 9 the line in
 * it, 2 make sure of the floating mode. Nothing is locked, so whatever a signal handler may change
 * between two of them is checked: its hits and fills of this front advance the clock, which is read
 * before the line is looked at and compared after its value was read. Of a handler that comes
 * between that comparison and the store behind it the front forgets the hits, which are counts and
 * order, never a value. ldxr and stxr would make one step of the two; every hit would pay for it.
 *
 * Changed besides the result: x8 to x15, x17, v16 to v24, which any code between a call and a base
 * AAPCS64 function may change; x8 is an argument only where the result is in memory. So everything
 * that arch_enter passes on is as the caller left it, x16 as the stub did.
 *
 * The epoch needs no acquire. All that is read behind it is this thread's own, and a change of the
 * epoch that happened before this call is seen by any load: what made it happen before, an acquire
 * of the program's, orders all loads that follow it, and one location has one order. */
#include "registers.h"
#include "cache/front_offsets.h"
#include "paths.h"

    .arch armv8-a+crc
    .text
    .hidden arch_front_paths, arch_front_offsets, arch_enter, thread_fronts, thread_errno_offset

    /* The register of word \index, integers first: x13, x14, x15 or x17; where nothing is masked an
     * integer's is its own. `each` is what to do with it. */
    .macro with_word index, ints, each:vararg
    .if \index >= words
    .elseif integer_size != 0 && \index < (\ints)
    \each \index, \ints, \index
    .elseif \index == 0
    \each \index, \ints, 13
    .elseif \index == 1
    \each \index, \ints, 14
    .elseif \index == 2
    \each \index, \ints, 15
    .else
    \each \index, \ints, 17
    .endif
    .endm

    .macro load_vector number, word
    .if integer_size == 0
    fmov x8, d\number
    and x\word, x\word, x8
    .elseif vector_size == 4
    fmov w\word, s\number
    .else
    fmov x\word, d\number
    .endif
    .endm

    /* Where masked, the word's own register has its mask. */
    .macro load_word index, ints, word
    .if \index - (\ints) == 0
    load_vector 0, \word
    .elseif \index - (\ints) == 1
    load_vector 1, \word
    .elseif \index - (\ints) == 2
    load_vector 2, \word
    .elseif \index - (\ints) == 3
    load_vector 3, \word
    .elseif integer_size == 0
    and x\word, x\word, x\index
    .endif
    .if integer_size == 4 && \index < (\ints)
    hash_word \index, crc32cw, w\word
    .else
    hash_word \index, crc32cx, x\word
    .endif
    .endm

    .macro hash_word index, crc, word
    .if \index == 0
    \crc w9, wzr, \word
    .else
    \crc w9, w9, \word
    .endif
    .endm

    .macro load_masks
    ldr x12, [x11, #FRONT_LINES]    /* outgrown ones stay readable, their masks with them */
    .if words == 1
    ldr x13, [x12, #FRONT_MASKS]
    .else
    ldp x13, x14, [x12, #FRONT_MASKS]
    .endif
    .if words == 3
    ldr x15, [x12, #FRONT_MASKS + 16]
    .elseif words == 4
    ldp x15, x17, [x12, #FRONT_MASKS + 16]
    .endif
    .endm

    .macro load_key ints
    .if integer_size == 0
    load_masks
    .endif
    with_word 0, \ints, load_word
    with_word 1, \ints, load_word
    with_word 2, \ints, load_word
    with_word 3, \ints, load_word
    .endm

    /* A word's upper half in a line is zeros where its lower one is all that counts. */
    .macro compare_word index, ints, word
    .if integer_size == 4 && \index < (\ints)
    ldr w8, [x9, #LINE_KEY + 8 * \index]
    compare_to \index, w8, w\word
    .else
    ldr x8, [x9, #LINE_KEY + 8 * \index]
    compare_to \index, x8, x\word
    .endif
    .endm

    .macro compare_to index, had, word
    .if \index == 0
    cmp \had, \word
    .else
    ccmp \had, \word, #0, eq
    .endif
    .endm

    /* Whether the line at x9 has the key. */
    .macro compare_key ints
    with_word 0, \ints, compare_word
    with_word 1, \ints, compare_word
    with_word 2, \ints, compare_word
    with_word 3, \ints, compare_word
    .endm

    /* Whatever is set in FPCR, floating_mode() or the program alone knows of it. */
    .macro check_mode mode
    .if (\mode) == PATH_MODE_FPCR
    mrs x8, fpcr
    cbnz x8, arch_enter
    .endif
    .endm

    /* The first output's address in x0 or x1, the second's behind it. Both must be there and share no
     * byte. */
    .macro check_outputs ints, outs, size
    .if (\outs)
    .if (\ints) == 0
    cbz x0, arch_enter
    .else
    cbz x1, arch_enter
    .endif
    .endif
    .if (\outs) == 2
    cbz x1, arch_enter
    sub x8, x1, x0
    add x8, x8, #((\size) - 1)
    cmp x8, #(2 * (\size) - 2)
    b.ls arch_enter
    .endif
    .endm

    .macro store_output size, word, address
    .if (\size) == 8
    str x\word, [\address]
    .else
    str w\word, [\address]
    .endif
    .endm

    .macro store_outputs ints, outs, size
    .if (\outs) && (\ints) == 0
    store_output \size, 14, x0
    .elseif (\outs)
    store_output \size, 14, x1
    .endif
    .if (\outs) == 2
    store_output \size, 15, x1
    .endif
    .endm

    /* Finds the front: to x11, its clock to x10. */
    .macro open_front
    hint #34                        /* bti c */
    ldr x12, [x16, #ARCH_SLOT_EPOCH]
    mrs x8, tpidr_el0
    adrp x11, :gottprel:thread_fronts
    ldr x11, [x11, #:gottprel_lo12:thread_fronts]
    ldr x11, [x8, x11]
    add x11, x11, x16
    ldr x13, [x11, #FRONT_EPOCH]
    cmp x12, x13
    b.ne arch_enter
    ldr x10, [x11, #FRONT_CLOCK]
    .endm

    /* The first line of the set that the hash in w9 leads to: to x9; the lines it is of to x12. A
     * handler's growth comes before both loads or behind the first: more lines than were asked for. */
    .macro find_set
    ldr w8, [x11, #FRONT_SETS]
    ldr x12, [x11, #FRONT_LINES]
    and w9, w9, w8
    add x9, x12, x9
    .endm

    /* The line at x9 has the key: its value at \value to x13, x14 and x15. */
    .macro take_value value, outs
    mrs x13, tpidr_el0
    adrp x8, thread_errno_offset
    ldr x8, [x8, #:lo12:thread_errno_offset]
    ldr w8, [x13, x8]
    ldr w14, [x9, #LINE_ERRNO]
    tst w8, w14
    b.ne arch_enter
    ldr x13, [x9, #\value]
    .if (\outs)
    ldr x14, [x9, #\value + 8]
    .endif
    .if (\outs) == 2
    ldr x15, [x9, #\value + 16]
    .endif
    add x17, x10, #2
    ldr x8, [x11, #FRONT_CLOCK]
    cmp x8, x10
    b.ne arch_enter
    str x17, [x11, #FRONT_CLOCK]
    .endm

    /* Stamps the line; on to \first if it is the first time since the last replay. */
    .macro stamp_line first
    ldr x8, [x9, #LINE_SEEN]
    ldr x17, [x11, #FRONT_REPLAYED]
    str x10, [x9, #LINE_SEEN]
    cmp x8, x17
    b.lo \first
    .endm

    /* Only where a floating type is anywhere can the result be of one. */
    .macro give_value mode
    .if (\mode) != PATH_MODE_NONE
    fmov d0, x13
    .endif
    mov x0, x13
    ret
    .endm

    /* By its place among the lines that it was found in: a handler may have had the front outgrow
     * them, and then that place is one of the new lines. */
    .macro note_line back
    ldp w8, w17, [x11, #FRONT_TOUCHED_COUNT]
    cmp w8, w17
    b.hs \back
    ldr x10, [x11, #FRONT_TOUCHED]
    sub x9, x9, x12
    str w9, [x10, w8, uxtw #2]
    add w8, w8, #1
    str w8, [x11, #FRONT_TOUCHED_COUNT]
    b \back
    .endm

    /* One typed path. Outputs come with at most one integer argument, two outputs with none. */
    .macro path ints, vectors, outs, size, mode
    lay_out_line \ints, \vectors, \outs
    .cfi_startproc
    open_front
    load_key \ints
    find_set
    compare_key \ints
    b.ne 2f
1:
    check_mode \mode
    check_outputs \ints, \outs, \size
    take_value value, \outs
    stamp_line 4f
3:
    store_outputs \ints, \outs, \size
    give_value \mode
2:                                  /* the other lines of the set */
    .rept FRONT_WAYS - 1
    add x9, x9, #line
    compare_key \ints
    b.eq 1b
    .endr
    b arch_enter
4:
    note_line 3b
    .cfi_endproc
    .endm

    /* To x8: 0 where the line at x9 has the text in v16 to v18. */
    .macro compare_text
    ldp q19, q20, [x9, #LINE_KEY]
    ldr q21, [x9, #LINE_KEY + 32]
    eor v19.16b, v19.16b, v16.16b
    eor v20.16b, v20.16b, v17.16b
    eor v21.16b, v21.16b, v18.16b
    orr v19.16b, v19.16b, v20.16b
    orr v19.16b, v19.16b, v21.16b
    umaxp v19.4s, v19.4s, v19.4s
    fmov x8, d19
    .endm

    /* The place of the first NUL among the 48 bytes in v16 to v18, to each byte of v22; 255: there is
     * none. Their places are in v19 to v21. */
    .macro find_end
    adrp x8, front_places
    add x8, x8, :lo12:front_places
    ldp q19, q20, [x8]
    ldr q21, [x8, #32]
    cmtst v22.16b, v16.16b, v16.16b
    cmtst v23.16b, v17.16b, v17.16b
    cmtst v24.16b, v18.16b, v18.16b
    orr v22.16b, v22.16b, v19.16b
    orr v23.16b, v23.16b, v20.16b
    orr v24.16b, v24.16b, v21.16b
    umin v22.16b, v22.16b, v23.16b
    umin v22.16b, v22.16b, v24.16b
    uminv b22, v22.16b
    dup v22.16b, v22.b[0]
    .endm

    /* Clears what is behind it. */
    .macro cut_text
    cmhi v19.16b, v22.16b, v19.16b
    cmhi v20.16b, v22.16b, v20.16b
    cmhi v21.16b, v22.16b, v21.16b
    and v16.16b, v16.16b, v19.16b
    and v17.16b, v17.16b, v20.16b
    and v18.16b, v18.16b, v21.16b
    .endm

    /* As hash_text() of arch/hashes.c. */
    .macro hash_text
    ext v19.16b, v17.16b, v17.16b, #8
    rev64 v20.4s, v18.4s
    eor v19.16b, v19.16b, v16.16b
    eor v19.16b, v19.16b, v20.16b
    fmov x8, d19
    crc32cx w9, wzr, x8
    mov x8, v19.d[1]
    crc32cx w9, w9, x8
    .endm

    /* f(string) of up to 47 characters. Its 48 bytes are read at once where they are in one page (of
     * 4 KiB at least), and what is behind the NUL is cleared: texts are equal exactly where all bytes
     * are then. A longer one equals none, for every line has a NUL. */
    .macro text_path mode
    .cfi_startproc
    open_front
    cbz x0, arch_enter
    and x8, x0, #4095
    cmp x8, #(4096 - FRONT_TEXT)
    b.hi arch_enter
    ldp q16, q17, [x0]
    ldr q18, [x0, #32]
    find_end
    cut_text
    hash_text
    find_set
    compare_text
    cbnz x8, 2f
1:
    check_mode \mode
    take_value LINE_TEXT_VALUE, 0
    stamp_line 4f
3:
    give_value \mode
2:
    .rept FRONT_WAYS - 1
    add x9, x9, #LINE_TEXT
    compare_text
    cbz x8, 1b
    .endr
    b arch_enter
4:
    note_line 3b
    .cfi_endproc
    .endm

    all_paths PATH_MODES, udf #0

    .section .rodata
    .balign 16
front_places:
    .byte 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    .byte 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    .byte 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47

    object_notes
