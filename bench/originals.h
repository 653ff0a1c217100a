/* The functions that are called: a shared library of originals whose cost can be set, each as many
 * times under different names as there are ways of calling it. bench/originals.conf configures
 * NAME_us; NAME_empty has the same signature and returns its first argument. */
#ifndef BENCH_ORIGINALS_H
#define BENCH_ORIGINALS_H

#include <stddef.h>

/* A call's cost: steps of a dependent multiply and add. calibrate.c turns nanoseconds into steps.
 */
void spin_set(int steps);

/* X(name, type, parameters, arguments from `const union argument *p`, what the result depends on)
 */
#define SIGNATURES(X)                                                                              \
    X(d1, double, (double a), (p->d[0]), a)                                                        \
    X(d2, double, (double a, double b), (p->d[0], p->d[1]), a + b)                                 \
    X(d3, double, (double a, double b, double c), (p->d[0], p->d[1], p->d[2]), a + b + c)          \
    X(d4, double, (double a, double b, double c, double d), (p->d[0], p->d[1], p->d[2], p->d[3]),  \
      a + b + c + d)                                                                               \
    X(f1, float, (float a), (p->f[0]), (double)a)                                                  \
    X(f2, float, (float a, float b), (p->f[0], p->f[1]), (double)a + (double)b)                    \
    X(i1, long, (long a), (p->i[0]), (double)a)                                                    \
    X(i2, long, (long a, long b), (p->i[0], p->i[1]), (double)(a + b))                             \
    X(i3, long, (long a, int b, long c), (p->i[0], (int)p->i[1], p->i[2]), (double)(a + b + c))    \
    X(i4, int, (int a, int b, int c, int d),                                                       \
      ((int)p->i[0], (int)p->i[1], (int)p->i[2], (int)p->i[3]), (double)(a ^ b ^ c ^ d))           \
    X(id, double, (int a, double b), ((int)p->i[0], (double)p->i[1]), (double)a + b)               \
    X(t1, unsigned long, (const char *a), (p->text), (double)a[15])

#define DECLARE(name, type, parameters, arguments, mix)                                            \
    type name##_us parameters;                                                                     \
    type name##_empty parameters;
SIGNATURES(DECLARE)
#undef DECLARE

/* One double in and out, again and again: not configured; configured with `adaptive = off`; so, and
 * with nothing but the front. */
double d1_plain(double a);
double d1_plain2(double a);
double d1_full(double a);
double d1_front(double a);
unsigned long t1_plain(const char *a);

/* Outputs: as modf, and as sincos. */
double o1_us(double a, double *one);
double o1_empty(double a, double *one);
void o2_us(double a, double *one, double *two);
void o2_empty(double a, double *one, double *two);

/* X(kind, element): what fills large outputs. A text is short, however large its buffer. Each one
 * is there to be hit, to be missed, and not configured. */
#define OUTPUTS(X) X(text, char) X(bytes, unsigned char) X(doubles, double)
#define DECLARE(kind, element)                                                                     \
    void kind##_hit(double a, element *out, size_t n);                                             \
    void kind##_miss(double a, element *out, size_t n);                                            \
    void kind##_plain(double a, element *out, size_t n);
OUTPUTS(DECLARE)
#undef DECLARE

/* Functions of libm under names that nobody configures: bound to the same code, by the same kind of
 * PLT entry. */
double exp_plain(double a);
double log_plain(double a);
double sin_plain(double a);
double tgamma_plain(double a);
double pow_plain(double a, double b);
#endif
