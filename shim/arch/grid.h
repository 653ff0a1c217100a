/* The signatures that have typed paths, and how paths.S numbers these within one of its modes: a
 * grid of integers by vectors, then those with outputs, then the text. Included by assembly too. */
#ifndef MEMO_GRID_H
#define MEMO_GRID_H

#define PATH_GRID    5 /* 0 to 4 arguments of either bank */
#define PATH_OUTPUTS 8 /* behind them one more, that of texts */
#define PATH_COUNT   (PATH_GRID * PATH_GRID + PATH_OUTPUTS + 1)

#ifdef __ASSEMBLER__

    .macro begin_path
    .balign 32
    .pushsection .rodata.paths, "a"
    .long 9f - arch_front_paths
    .popsection
9:
    .endm

    /* The code of all paths, by `path` and `text_path`, and where each begins:
     * arch_front_offsets[] bytes in (front.c); 0 where there is none. `trap` is an instruction that
     * nobody comes to, so that no path is at offset 0. */
    .macro all_paths modes, trap:vararg
    .pushsection .rodata.paths, "a"
    .globl arch_front_offsets
    .type arch_front_offsets, %object
    .balign 4
arch_front_offsets:
    .popsection

    .globl arch_front_paths
    .type arch_front_paths, %function
    .balign 64
arch_front_paths:
    \trap
    .set mode, 0
    .rept \modes
    .set vectors, 0
    .rept PATH_GRID
    .set ints, 0
    .rept PATH_GRID
    .if ints + vectors >= 1 && ints + vectors <= FRONT_WORDS
    begin_path
    path ints, vectors, 0, 0, mode
    .else
    .pushsection .rodata.paths, "a"
    .long 0
    .popsection
    .endif
    .set ints, ints + 1
    .endr
    .set vectors, vectors + 1
    .endr

    /* With outputs: f(double, double *), and with a second vector, output or an integer. */
    .set size, 4
    .rept 2
    begin_path
    path 0, 1, 1, size, mode
    begin_path
    path 0, 2, 1, size, mode
    begin_path
    path 0, 1, 2, size, mode
    begin_path
    path 1, 0, 1, size, mode
    .set size, size + 4
    .endr
    begin_path
    text_path mode
    .set mode, mode + 1
    .endr
    .size arch_front_paths, . - arch_front_paths
    .endm

#else

#include "arch/arch.h"

/* 0 to 7 in the order of paths.S; -1: none. */
static inline int grid_outputs(const struct arch_path *path)
{
    static const uint8_t shapes[4][3] = {{0, 1, 1}, {0, 2, 1}, {0, 1, 2}, {1, 0, 1}};
    if (path->output_size != 4 && path->output_size != 8) return -1;
    for (int i = 0; i < 4; i++)
        if (path->integers == shapes[i][0] && path->vectors == shapes[i][1] &&
            path->outputs == shapes[i][2])
            return i + (path->output_size == 8 ? 4 : 0);
    return -1;
}

/* -1: none. Of what is in the grid, paths.S has those of one to FRONT_WORDS words. */
static inline int grid_number(const struct arch_path *path)
{
    if (path->text) return PATH_COUNT - 1;
    if (path->outputs) {
        int number = grid_outputs(path);
        return number < 0 ? -1 : PATH_GRID * PATH_GRID + number;
    }
    if (path->integers >= PATH_GRID || path->vectors >= PATH_GRID) return -1;
    return (int)(path->vectors * PATH_GRID + path->integers);
}

#endif
#endif
