/* The modes of paths.S behind PATH_MODE_NONE, for it and for front.c: each has the paths of
 * arch/grid.h. */
#ifndef MEMO_PATHS_H
#define MEMO_PATHS_H

#include "arch/grid.h"

#define PATH_MODE_MXCSR 1
#define PATH_MODE_SAE   2
#define PATH_MODES      3

#endif
