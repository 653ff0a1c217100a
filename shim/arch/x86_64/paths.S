/* x86-64: the typed paths. Contract in arch/arch.h, layout in cache/front_offsets.h.
 *
 * A hit of f(double) takes 34 instructions behind the stub's 3: 5 find the front, 6 the line in it,
 * 6 make sure of the rounding mode; one of f(int, int, int, int) takes 35. Nothing is locked, so
 * whatever a signal handler may change between two of them is checked: its hits and fills of this
 * front advance the clock, which is read before the line is looked at and compared after its value
 * was read.
 *
 * Changed besides the result: rax, r8 to r11, xmm9, xmm10, and of rdi, rsi, rdx and rcx those that
 * carry no argument. Not needed by the original: it has a prototype, so al means nothing, and a symbol that
 * is called by name has no static chain.
 *
 * The mode. A result depends on the rounding mode, FTZ and DAZ, and a front holds results of round-
 * to-nearest without the two others. stmxcsr takes 1 cycle on Intel's cores and 12 on AMD's; with
 * AVX-512 two additions tell the same in nothing measurable, and raise no flag: ROUNDPS by MXCSR of
 * 0.5 and 1.5, precision exceptions suppressed, is 0 and 2 to nearest only; a subnormal added to
 * that 0, all exceptions suppressed ({rn-sae}), is 0 under FTZ or DAZ.
 * (Intel SDM volume 2, ROUNDPS, ADDSS; volume 1, 15.6.4.) */
#include "registers.h"
#include "cache/front_offsets.h"
#include "paths.h"
#include <cet.h>

    .text
    .hidden arch_front_paths, arch_front_offsets, arch_slots, arch_enter, thread_fronts
    .hidden thread_errno_offset

    /* The register of word `index`: an integer argument's own; for a vector one the next that is
     * free behind them and the outputs' addresses. `each` is what to do with it and its lower half. */
    .macro with_word index, ints, outs, each:vararg
    .set place, \index
    .if (\index) >= (\ints)
    .set place, (\index) + (\outs)
    .endif
    .if place == 0
    \each %rdi, %edi
    .elseif place == 1
    \each %rsi, %esi
    .elseif place == 2
    \each %rdx, %edx
    .else
    \each %rcx, %ecx
    .endif
    .endm

    .macro load_vector number, word, low
    .if vector_size == 4
    movd %xmm\number, \low
    .else
    movq %xmm\number, \word
    .endif
    .endm

    /* Loads it where it is a vector's. Where masked, clears the bytes that don't count: those of an
     * integer argument are the caller's to leave as it likes, so the original may be given others. */
    .macro load_word index, ints, word, low
    .if (\index) - (\ints) == 0
    load_vector 0, \word, \low
    .elseif (\index) - (\ints) == 1
    load_vector 1, \word, \low
    .elseif (\index) - (\ints) == 2
    load_vector 2, \word, \low
    .elseif (\index) - (\ints) == 3
    load_vector 3, \word, \low
    .endif
    .if integer_size == 0
    andq (FRONT_MASKS + 8 * (\index))(%rax), \word
    .endif
    .if integer_size == 4 && (\index) < (\ints)
    crc32l \low, %r9d
    .else
    crc32q \word, %r9
    .endif
    .endm

    /* A word's upper half in a line is zeros where its lower one is all that counts. */
    .macro compare_word index, ints, word, low
    .if integer_size == 4 && (\index) < (\ints)
    cmpl (LINE_KEY + 8 * (\index))(%r9), \low
    .else
    cmpq (LINE_KEY + 8 * (\index))(%r9), \word
    .endif
    .endm

    .macro load_key ints, outs
    .if integer_size == 0
    movq FRONT_LINES(%r11), %rax    /* outgrown ones stay readable, their masks with them */
    .endif
    .set index, 0
    .rept words
    with_word index, \ints, \outs, load_word index, \ints,
    .set index, index + 1
    .endr
    .endm

    /* Whether the line at r9 has the key: the flags tell; or jumps to `differs`. */
    .macro compare_key ints, outs, differs
    .set index, 0
    .rept words - 1
    with_word index, \ints, \outs, compare_word index, \ints,
    jne \differs
    .set index, index + 1
    .endr
    with_word index, \ints, \outs, compare_word index, \ints,
    .endm

    /* Clobbers rax. */
    .macro check_mode mode
    .if \mode == PATH_MODE_SAE
    roundps $12, front_halves(%rip), %xmm9
    movss front_subnormal(%rip), %xmm10
    vaddss {rn-sae}, %xmm10, %xmm9, %xmm9
    movq %xmm9, %rax
    cmpq front_plain(%rip), %rax
    jne front_slow
    .elseif \mode == PATH_MODE_MXCSR
    stmxcsr -8(%rsp)                /* the red zone */
    testl $0xe040, -8(%rsp)         /* FTZ, rounding, DAZ */
    jne front_slow
    .endif
    .endm

    /* The first output's address in rdi or rsi, the second's behind it. Both must be there and
     * share no byte. */
    .macro check_outputs ints, outs, size
    .if \outs
    .if \ints == 0
    testq %rdi, %rdi
    .else
    testq %rsi, %rsi
    .endif
    je front_slow
    .endif
    .if \outs == 2
    testq %rsi, %rsi
    je front_slow
    movq %rsi, %rax
    subq %rdi, %rax
    addq $(\size - 1), %rax
    cmpq $(2 * \size - 2), %rax
    jbe front_slow
    .endif
    .endm

    .macro store_outputs ints, outs, size
    .if \outs && \ints == 0
    .if \size == 8
    movq %rcx, (%rdi)
    .else
    movl %ecx, (%rdi)
    .endif
    .elseif \outs
    .if \size == 8
    movq %rcx, (%rsi)
    .else
    movl %ecx, (%rsi)
    .endif
    .endif
    .if \outs == 2
    .if \size == 8
    movq %rdx, (%rsi)
    .else
    movl %edx, (%rsi)
    .endif
    .endif
    .endm

    /* Finds the front: to r11, its clock to r10; 0 to r9. */
    .macro open_front
    _CET_ENDBR
    movq ARCH_SLOT_EPOCH(%r11), %r8
    movq thread_fronts@gottpoff(%rip), %rax
    addq %fs:(%rax), %r11
    cmpq %r8, FRONT_EPOCH(%r11)
    jne front_slow
    movq FRONT_CLOCK(%r11), %r10
    xorl %r9d, %r9d
    .endm

    /* The first line that the hash in r9 leads to: to r9. A handler's growth comes before both loads
     * or behind the first: more lines than were asked for. */
    .macro find_set
    andl FRONT_SETS(%r11), %r9d
    addq FRONT_LINES(%r11), %r9
    .endm

    /* The line at r9 has the key: its value at `value` to rax, rcx and rdx. */
    .macro take_value value, outs
    movq thread_errno_offset(%rip), %rax
    movl %fs:(%rax), %eax
    testl %eax, LINE_ERRNO(%r9)
    jne front_slow
    movq \value(%r9), %rax
    .if \outs
    movq (\value + 8)(%r9), %rcx
    .endif
    .if \outs == 2
    movq (\value + 16)(%r9), %rdx
    .endif
    cmpq %r10, FRONT_CLOCK(%r11)
    jne front_slow
    addq $2, FRONT_CLOCK(%r11)
    .endm

    /* Stamps the line; on to `first` if it is the first time since the last replay. */
    .macro stamp_line first
    movq LINE_SEEN(%r9), %r8
    movq %r10, LINE_SEEN(%r9)
    cmpq FRONT_REPLAYED(%r11), %r8
    jb \first
    .endm

    /* Only where a floating type is anywhere can the result be of one. */
    .macro give_value mode
    .if \mode != PATH_MODE_NONE
    movq %rax, %xmm0
    .endif
    ret
    .endm

    /* What an interrupted hit notes may be nonsense: the replay looks at it (front.c). */
    .macro note_line
    movl FRONT_TOUCHED_COUNT(%r11), %r8d
    cmpl FRONT_TOUCHED_LIMIT(%r11), %r8d
    jae 3b
    movq FRONT_TOUCHED(%r11), %r10
    subq FRONT_LINES(%r11), %r9
    movl %r9d, (%r10, %r8, 4)
    incl FRONT_TOUCHED_COUNT(%r11)
    jmp 3b
    .endm

    /* One typed path. Outputs come with at most one integer argument, two outputs with none. */
    .macro path ints, vectors, outs, size, mode
    lay_out_line \ints, \vectors, \outs
    .cfi_startproc
    open_front
    load_key \ints, \outs
    find_set
    compare_key \ints, \outs, 2f
    jne 2f
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
    addq $line, %r9
    compare_key \ints, \outs, 5f
    je 1b
5:
    .endr
    jmp front_slow
4:
    note_line
    .cfi_endproc
    .endm

    /* Whether the line at r9 has the text in xmm1 to xmm3. */
    .macro compare_text
    movdqu LINE_KEY(%r9), %xmm4
    movdqu (LINE_KEY + 16)(%r9), %xmm5
    movdqu (LINE_KEY + 32)(%r9), %xmm6
    pcmpeqb %xmm1, %xmm4
    pcmpeqb %xmm2, %xmm5
    pcmpeqb %xmm3, %xmm6
    pand %xmm5, %xmm4
    pand %xmm6, %xmm4
    pmovmskb %xmm4, %ecx
    cmpl $0xffff, %ecx
    .endm

    /* f(string) of up to 47 characters. Its 48 bytes are read at once where they are in one page,
     * and what is behind the NUL is cleared: texts are equal exactly where all bytes are then. */
    .macro text_path mode
    .cfi_startproc
    open_front
    testq %rdi, %rdi
    je front_slow
    movl %edi, %ecx
    andl $4095, %ecx
    cmpl $(4096 - FRONT_TEXT), %ecx
    ja front_slow
    movdqu (%rdi), %xmm1
    movdqu 16(%rdi), %xmm2
    movdqu 32(%rdi), %xmm3
    pxor %xmm4, %xmm4
    movdqa %xmm4, %xmm5
    movdqa %xmm4, %xmm6
    pcmpeqb %xmm1, %xmm4
    pcmpeqb %xmm2, %xmm5
    pcmpeqb %xmm3, %xmm6
    pmovmskb %xmm4, %ecx
    pmovmskb %xmm5, %edx
    pmovmskb %xmm6, %r8d
    shll $16, %edx
    shlq $32, %r8
    orl %edx, %ecx
    orq %r8, %rcx
    bsfq %rcx, %rcx                 /* the length */
    jz front_slow
    leaq (front_text_masks + FRONT_TEXT)(%rip), %rdx
    subq %rcx, %rdx
    movdqu (%rdx), %xmm4
    movdqu 16(%rdx), %xmm5
    movdqu 32(%rdx), %xmm6
    pand %xmm4, %xmm1
    pand %xmm5, %xmm2
    pand %xmm6, %xmm3
    pshufd $0x4e, %xmm2, %xmm4      /* as hash_text() of hashes.c */
    pshufd $0xb1, %xmm3, %xmm5
    pxor %xmm1, %xmm4
    pxor %xmm5, %xmm4
    movq %xmm4, %r8
    crc32q %r8, %r9
    pextrq $1, %xmm4, %r8
    crc32q %r8, %r9
    find_set
    compare_text
    jne 2f
1:
    check_mode \mode
    take_value LINE_TEXT_VALUE, 0
    stamp_line 4f
3:
    give_value \mode
2:
    .rept FRONT_WAYS - 1
    addq $LINE_TEXT, %r9
    compare_text
    je 1b
    .endr
    jmp front_slow
4:
    note_line
    .cfi_endproc
    .endm

    /* What the front can't answer: arch_enter's, with r11 as the stub had it. A signal handler may
     * have given the thread its fronts since open_front. */
    .type front_slow, @function
    .balign 16
front_slow:
    .cfi_startproc
    leaq arch_slots(%rip), %rax
    movq %r11, %r8
    subq %rax, %r8
    cmpq $(ARCH_STUBS << ARCH_SLOT_SHIFT), %r8
    jb arch_enter
    movq thread_fronts@gottpoff(%rip), %rax
    subq %fs:(%rax), %r11
    jmp arch_enter
    .cfi_endproc
    .size front_slow, . - front_slow

    all_paths PATH_MODES, ud2

    .section .rodata
    .balign 16
front_halves:
    .float 0.5, 1.5, 0, 0
front_plain:
    .quad 0x4000000000000001        /* 2.0 and the subnormal */
front_subnormal:
    .long 1
front_text_masks:
    .fill FRONT_TEXT, 1, 0xff
    .fill FRONT_TEXT, 1, 0

    .section .note.GNU-stack, "", @progbits
