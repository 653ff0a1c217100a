/* A function of every signature that has a typed path. shapes.c has each twice, as shape_NAME and
 * as direct_NAME; shapes_main.c calls both, and prints the config for the first. A name says its
 * words, integers first: l 8, i and u 4, h 2, c 1 byte; d 8, f 4. */
#ifndef SHAPES_H
#define SHAPES_H

#include <stdint.h>

/* X(RESULT, NAME, INTEGERS, VECTORS, PARAMETERS, WORDS...) */
#define SHAPES_GRID(X)                                                                             \
    X(long, l, 1, 0, (long a), a)                                                                  \
    X(int, i, 1, 0, (int a), a)                                                                    \
    X(unsigned, u, 1, 0, (unsigned a), a)                                                          \
    X(signed char, c, 1, 0, (signed char a), a)                                                    \
    X(unsigned short, h, 1, 0, (unsigned short a), a)                                              \
    X(double, l_r, 1, 0, (long a), a)                                                              \
    X(float, ci, 2, 0, (char a, int b), a, b)                                                      \
    X(long, ll, 2, 0, (long a, long b), a, b)                                                      \
    X(int, ilc, 3, 0, (int a, long b, signed char c), a, b, c)                                     \
    X(unsigned long, luhl, 4, 0, (long a, unsigned b, short c, long d), a, b, c, d)                \
    X(double, d, 0, 1, (double p), BITS(p))                                                        \
    X(float, f, 0, 1, (float p), BITS(p))                                                          \
    X(int, di, 0, 1, (double p), BITS(p))                                                          \
    X(double, dd, 0, 2, (double p, double q), BITS(p), BITS(q))                                    \
    X(float, ff, 0, 2, (float p, float q), BITS(p), BITS(q))                                       \
    X(double, dfd, 0, 3, (double p, float q, double r), BITS(p), BITS(q), BITS(r))                 \
    X(double, dddd, 0, 4, (double p, double q, double r, double s), BITS(p), BITS(q), BITS(r),     \
      BITS(s))                                                                                     \
    X(double, id, 1, 1, (double p, int a), a, BITS(p))                                             \
    X(long, hd, 1, 1, (short a, double p), a, BITS(p))                                             \
    X(double, ldd, 1, 2, (double p, long a, double q), a, BITS(p), BITS(q))                        \
    X(float, iddf, 1, 3, (int a, double p, double q, float r), a, BITS(p), BITS(q), BITS(r))       \
    X(double, lld, 2, 1, (long a, double p, long b), a, b, BITS(p))                                \
    X(double, lcdf, 2, 2, (double p, long a, float q, unsigned char b), a, b, BITS(p), BITS(q))    \
    X(long, lild, 3, 1, (long a, int b, long c, double p), a, b, c, BITS(p))

/* X(RESULT, NAME, INTEGERS, VECTORS, OUTPUT, PARAMETERS..., behind them the outputs), and the words
 * in parentheses. */
#define SHAPES_OUTPUT(X)                                                                           \
    X(double, d_d, 0, 1, double, (BITS(p)), double p)                                              \
    X(float, f_i, 0, 1, int, (BITS(p)), float p)                                                   \
    X(void, dd_d, 0, 2, double, (BITS(p), BITS(q)), double p, double q)                            \
    X(float, ff_f, 0, 2, float, (BITS(p), BITS(q)), float p, float q)                              \
    X(int, l_l, 1, 0, long, (a), long a)                                                           \
    X(long, i_i, 1, 0, int, (a), int a)
#define SHAPES_OUTPUTS(X)                                                                          \
    X(void, d_dd, 0, 1, double, (BITS(p)), double p)                                               \
    X(void, f_ff, 0, 1, float, (BITS(p)), float p)

#define SHAPE_BOTH(result, name, parameters)                                                       \
    result shape_##name parameters, direct_##name parameters;
#define SHAPE_GRID(result, name, integers, vectors, parameters, ...)                               \
    SHAPE_BOTH(result, name, parameters)
#define SHAPE_OUTPUT(result, name, integers, vectors, type, words, ...)                            \
    SHAPE_BOTH(result, name, (__VA_ARGS__, type * out))
#define SHAPE_OUTPUTS(result, name, integers, vectors, type, words, ...)                           \
    SHAPE_BOTH(result, name, (__VA_ARGS__, type * out, type * more))

SHAPES_GRID(SHAPE_GRID)
SHAPES_OUTPUT(SHAPE_OUTPUT)
SHAPES_OUTPUTS(SHAPE_OUTPUTS)
SHAPE_BOTH(long, text, (const char *text))
SHAPE_BOTH(double, real, (const char *text))

extern uint64_t shape_count; /* calls of shape_NAME that came through */

#endif
