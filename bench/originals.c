#include "originals.h"

#include <math.h>
#include <string.h>

/* gcc merges functions that are alike; each name here must be code of its own. */
#ifdef __clang__
#define OWN_CODE __attribute__((noinline))
#else
#define OWN_CODE __attribute__((noipa))
#endif

static int spin_steps = 1;

void spin_set(int steps)
{
    spin_steps = steps;
}

static inline double spin(double value)
{
    for (int step = 0; step < spin_steps; step++)
        value = value * 0.9990234375 + 0.25;
    return value;
}

#define DEFINE(name, type, parameters, arguments, mix)                                             \
    OWN_CODE type name##_us parameters                                                             \
    {                                                                                              \
        return (type)spin(mix);                                                                    \
    }                                                                                              \
    OWN_CODE type name##_empty parameters                                                          \
    {                                                                                              \
        (void)(mix);                                                                               \
        return (type)a;                                                                            \
    }
SIGNATURES(DEFINE)

#define COPY(name)                                                                                 \
    OWN_CODE double name(double a)                                                                 \
    {                                                                                              \
        return spin(a);                                                                            \
    }
COPY(d1_plain)
COPY(d1_plain2)
COPY(d1_full)
COPY(d1_front)

OWN_CODE unsigned long t1_plain(const char *a)
{
    return (unsigned long)spin((double)a[15]);
}

OWN_CODE double o1_us(double a, double *one)
{
    *one = spin(a);
    return a;
}

OWN_CODE double o1_empty(double a, double *one)
{
    (void)one;
    return a;
}

OWN_CODE void o2_us(double a, double *one, double *two)
{
    *one = spin(a);
    *two = a;
}

OWN_CODE void o2_empty(double a, double *one, double *two)
{
    (void)a;
    (void)one;
    (void)two;
}

static void fill_text(double a, char *out, size_t n)
{
    (void)n;
    memset(out, 'a' + (int)a % 16, 16);
    out[16] = 0;
}

static void fill_bytes(double a, unsigned char *out, size_t n)
{
    memset(out, (int)a, n);
}

static void fill_doubles(double a, double *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = a + (double)i;
}

#define FILL(name, kind, element)                                                                  \
    OWN_CODE void name(double a, element *out, size_t n)                                           \
    {                                                                                              \
        fill_##kind(a, out, n);                                                                    \
    }
#define FILLS(kind, element)                                                                       \
    FILL(kind##_hit, kind, element)                                                                \
    FILL(kind##_miss, kind, element)                                                               \
    FILL(kind##_plain, kind, element)
OUTPUTS(FILLS)

/* The resolvers run while the program is relocated (it is linked with -z now), before libmemo's
 * constructor: what they return is what libm defines. */
typedef double one_double(double);
typedef double two_doubles(double, double);
#define PLAIN(type, name)                                                                          \
    __attribute__((used)) static type *resolve_##name(void)                                        \
    {                                                                                              \
        return name;                                                                               \
    }
PLAIN(one_double, exp)
PLAIN(one_double, log)
PLAIN(one_double, sin)
PLAIN(one_double, tgamma)
PLAIN(two_doubles, pow)
double exp_plain(double a) __attribute__((ifunc("resolve_exp")));
double log_plain(double a) __attribute__((ifunc("resolve_log")));
double sin_plain(double a) __attribute__((ifunc("resolve_sin")));
double tgamma_plain(double a) __attribute__((ifunc("resolve_tgamma")));
double pow_plain(double a, double b) __attribute__((ifunc("resolve_pow")));
