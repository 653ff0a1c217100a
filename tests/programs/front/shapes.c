#include "front/shapes.h"

#include <errno.h>
#include <string.h>

static uint64_t mix(uint64_t bits, uint64_t more)
{
    bits = (bits ^ more) * 0x9e3779b97f4a7c15;
    return bits ^ bits >> 29;
}

__attribute__((noinline)) static uint64_t of_text(const char *text)
{
    uint64_t bits = 11;
    if (!text) return 5;
    for (; *text; text++)
        bits = mix(bits, (unsigned char)*text);
    if (bits % 7 == 0) errno = ERANGE;
    if (bits % 7 == 1) errno = 0;
    return bits;
}

/* Depends on the mode, and now and then divides by zero. */
__attribute__((noinline)) static double real_of_text(const char *text)
{
    uint64_t bits = of_text(text);
    return (double)(bits >> 12) / 3.0 * 1.1 / (double)(bits % 5);
}

#define TEXT(type, body)                                                                           \
    type text_##type(const char *text) { return (type)body(text); }                                \
    type twin_text_##type(const char *text) { return (type)body(text); }
TEXT(uint64_t, of_text)
TEXT(int8_t, of_text)
TEXT(uint16_t, of_text)
TEXT(int32_t, of_text)
TEXT(double, real_of_text)
TEXT(float, real_of_text)

__attribute__((noinline)) static double work(double x, double y)
{
    if (x > 1e200) errno = ERANGE;
    return x * 1.1 + y / 3.0 + x * x;
}

#define SET(pointer, value)                                                                        \
    do {                                                                                           \
        if (pointer) memcpy(pointer, &(__typeof__(*(pointer))){value}, sizeof *(pointer));         \
    } while (0)

#define BOTH(result, name, parameters, ...)                                                        \
    result name parameters { __VA_ARGS__ }                                                         \
    result twin_##name parameters { __VA_ARGS__ }

/* The second one first: where they overlap that shows. */
BOTH(void, out_two, (double x, double *first, double *second), SET(second, work(x, 2));
     SET(first, work(x, 1));)
BOTH(void, out_two_floats, (float x, float *first, float *second),
     SET(second, (float)work(x, 2)); SET(first, (float)work(x, 1));)
BOTH(double, out_int, (double x, int *exponent), SET(exponent, x < 100 ? 3 : 4);
     return work(x, 3);)
BOTH(float, out_int_float, (float x, int *exponent), SET(exponent, x < 100 ? 5 : -6);
     return (float)work(x, 4);)
BOTH(double, out_real, (double x, double *whole), SET(whole, work(x, 5)); return work(x, 6);)
BOTH(double, out_after_two, (double x, double y, int *quotient), SET(quotient, x < y);
     return work(x, y);)
BOTH(double, out_real_after_two, (double x, double y, double *quotient),
     SET(quotient, work(x, 7)); return work(x, y);)
BOTH(int, out_of_int, (int x, double *real), SET(real, work(x, 8)); return x * 3;)
BOTH(void, out_of_int_float, (int16_t x, float *real), SET(real, (float)work(x, 9));)
