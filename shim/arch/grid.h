/* The signatures that have typed paths, and how paths.S numbers these within one of its modes: for
 * each of PATH_SIZES a grid of integers by vectors, then those with outputs; then the text. Included
 * by assembly too.
 *
 * Sizes. Where all words of a bank are of 4 or all of 8 bytes an instruction for that many bytes
 * takes what counts; only else, 0, does a path mask words (PATH_SIZES_MASKED). */
#ifndef MEMO_GRID_H
#define MEMO_GRID_H

#define PATH_MODE_NONE 0 /* of paths.h's modes: no floating type, so none matters, and no vector */

#define PATH_GRID         5 /* 0 to 4 arguments of either bank */
#define PATH_OUTPUTS      8
#define PATH_SHAPES       (PATH_GRID * PATH_GRID + PATH_OUTPUTS)
#define PATH_SIZES        5 /* masked; integers and vectors of 4 and 4, 4 and 8, 8 and 4, 8 and 8 */
#define PATH_SIZES_MASKED 0
#define PATH_COUNT        (PATH_SIZES * PATH_SHAPES + 1) /* the last one is that of texts */

#ifdef __ASSEMBLER__

    /* As front_layout_typed(): words of the key, bytes of a line, where in it the value is. */
    .macro lay_out_line ints, vectors, outs
    .set words, (\ints) + (\vectors)
    .set line, LINE_LARGE
    .if words + 1 + (\outs) <= LINE_SMALL_WORDS
    .set line, LINE_SMALL
    .endif
    .set value, LINE_KEY + 8 * words
    .endm

    .macro begin_path
    .balign 32
    .pushsection .rodata.paths, "a"
    .long 9f - arch_front_paths
    .popsection
9:
    .endm

    /* One that there is where all words can be of these sizes, which for one bank alone are the same,
     * and, in the mode that no floating type has, none is a vector's. `integer_size` and
     * `vector_size` tell `path` of them, 0: masked. */
    .macro grid_path ints, vectors, outs, size
    .set integer_size, 8
    .set vector_size, 8
    .if sizes < 3
    .set integer_size, 4
    .endif
    .if sizes & 1
    .set vector_size, 4
    .endif
    .if sizes == PATH_SIZES_MASKED
    .set integer_size, 0
    .set vector_size, 0
    .endif
    .set exists, (\ints) + (\vectors) >= 1 && (\ints) + (\vectors) <= FRONT_WORDS
    .if integer_size != vector_size && ((\ints) == 0 || (\vectors) == 0)
    .set exists, 0
    .endif
    .if mode == PATH_MODE_NONE && (\vectors)
    .set exists, 0
    .endif
    .if exists
    begin_path
    path \ints, \vectors, \outs, \size, mode
    .else
    .pushsection .rodata.paths, "a"
    .long 0
    .popsection
    .endif
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
    .set sizes, 0
    .rept PATH_SIZES
    .set vectors, 0
    .rept PATH_GRID
    .set ints, 0
    .rept PATH_GRID
    grid_path ints, vectors, 0, 0
    .set ints, ints + 1
    .endr
    .set vectors, vectors + 1
    .endr

    /* With outputs: f(double, double *), and with a second vector, output or an integer. */
    .set size, 4
    .rept 2
    grid_path 0, 1, 1, size
    grid_path 0, 2, 1, size
    grid_path 0, 1, 2, size
    grid_path 1, 0, 1, size
    .set size, size + 4
    .endr
    .set sizes, sizes + 1
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

/* -1: none. */
static inline int grid_shape(const struct arch_path *path)
{
    if (path->outputs) {
        int number = grid_outputs(path);
        return number < 0 ? -1 : PATH_GRID * PATH_GRID + number;
    }
    if (path->integers >= PATH_GRID || path->vectors >= PATH_GRID) return -1;
    return (int)(path->vectors * PATH_GRID + path->integers);
}

/* Of words with this mask and no other: 4 or 8 bytes; 0: of others, or of several. */
static inline int grid_size(const uint64_t *masks, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (masks[i] != masks[0]) return 0;
    return masks[0] == UINT32_MAX ? 4 : masks[0] == UINT64_MAX ? 8 : 0;
}

static inline int grid_sizes(const struct arch_path *path)
{
    int integer = grid_size(path->masks, path->integers);
    int vector = grid_size(path->masks + path->integers, path->vectors);
    if (!path->integers) integer = vector;
    if (!path->vectors) vector = integer;
    if (!integer || !vector) return PATH_SIZES_MASKED;
    return 1 + 2 * (integer == 8) + (vector == 8);
}

/* -1: none. Of what is in the grid, paths.S has those of one to FRONT_WORDS words. */
static inline int grid_number(const struct arch_path *path)
{
    if (path->text) return PATH_COUNT - 1;
    int shape = grid_shape(path);
    if (shape < 0 || path->integers + path->vectors > FRONT_WORDS) return -1;
    return grid_sizes(path) * PATH_SHAPES + shape;
}

/* How many words, all of them integers, a path hashes as 4 bytes each. */
static inline uint32_t grid_narrow(const struct arch_path *path)
{
    int sizes = path->text ? PATH_SIZES_MASKED : grid_sizes(path);
    return sizes == 1 || sizes == 2 ? path->integers : 0;
}

#endif
#endif
