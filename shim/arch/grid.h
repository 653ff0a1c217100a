/* The signatures that have typed paths, and how paths.S numbers these within one of its modes: a
 * grid of integers by vectors, then those with outputs, then the text. Included by assembly too. */
#ifndef MEMO_GRID_H
#define MEMO_GRID_H

#define PATH_GRID    5 /* 0 to 4 arguments of either bank */
#define PATH_OUTPUTS 8 /* behind them one more, that of texts */
#define PATH_COUNT   (PATH_GRID * PATH_GRID + PATH_OUTPUTS + 1)

#ifndef __ASSEMBLER__

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
