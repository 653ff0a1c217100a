/* How paths.S numbers its paths, for it and for front.c. */
#ifndef MEMO_PATHS_H
#define MEMO_PATHS_H

#define PATH_MODE_NONE  0 /* no floating type: the mode does not matter */
#define PATH_MODE_MXCSR 1
#define PATH_MODE_SAE   2
#define PATH_MODES      3
#define PATH_GRID       5 /* 0 to 4 arguments of either bank */
#define PATH_OUTPUTS    8 /* paths with outputs; behind them that of texts: all of one mode */
#define PATH_COUNT      (PATH_GRID * PATH_GRID + PATH_OUTPUTS + 1)

#endif
