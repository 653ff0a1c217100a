/* Arguments and results by value. */
#include "call/functions.h"

_Thread_local unsigned long ran;

unsigned long originals_ran(void)
{
    return ran;
}

#define INTEGER(name, type)                                                                        \
    type turn_##name(type a, type b)                                                               \
    {                                                                                              \
        ran++;                                                                                     \
        return (type)((uint64_t)a * 3 + ((uint64_t)b << 1) + (uint64_t)b / 5);                     \
    }                                                                                              \
    ALSO_DIRECT(turn_##name);
#include "types.h"

enum shade turn_shade(enum shade a)
{
    ran++;
    return (enum shade)((unsigned)a * 5 + 1);
}
ALSO_DIRECT(turn_shade);

float wave_float(float a, float b)
{
    ran++;
    return a * b + a;
}
ALSO_DIRECT(wave_float);

double wave_double(double a, double b)
{
    ran++;
    return a * b + a;
}
ALSO_DIRECT(wave_double);

double blend(int8_t a, double b, float c, unsigned long d, bool e, double f)
{
    ran++;
    return a + b * 2 + (double)c * 3 + (double)d * 4 + e * 5 + f * 6;
}
ALSO_DIRECT(blend);

long nine_integers(char a, short b, int c, long d, uint8_t e, uint16_t f, int8_t g, unsigned h,
                   bool i)
{
    ran++;
    return (long)((uint64_t)d + (uint64_t)a * 3 + (uint64_t)b * 5 + (uint64_t)c * 7 + e * 11u +
                  f * 13u + (uint64_t)g * 17 + (uint64_t)h * 19 + i * 23u);
}
ALSO_DIRECT(nine_integers);

double ten_doubles(double a, double b, double c, double d, double e, double f, double g, double h,
                   double i, double j)
{
    ran++;
    return a - b * 2 + c * 3 - d * 4 + e * 5 - f * 6 + g * 7 - h * 8 + i * 9 - j * 10;
}
ALSO_DIRECT(ten_doubles);

double twenty_mixed(int a, double b, long c, float d, short e, double f, unsigned g, double h,
                    int8_t i, double j, uint16_t k, float l, long m, double n, int8_t o, float p,
                    bool q, double r, uint64_t s, float t)
{
    ran++;
    return a + b * 2 + (double)c * 3 + (double)d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 +
           j * 10 + k * 11 + (double)l * 12 + (double)m * 13 + n * 14 + o * 15 + (double)p * 16 +
           q * 17 + r * 18 + (double)s * 19 + (double)t * 20;
}
ALSO_DIRECT(twenty_mixed);

double sixty_arguments(long a0, long a1, long a2, long a3, long a4, long a5, long a6, long a7,
                       long a8, long a9, long a10, long a11, long a12, long a13, long a14, long a15,
                       long a16, long a17, long a18, long a19, long a20, long a21, long a22,
                       long a23, long a24, long a25, long a26, long a27, long a28, long a29,
                       long a30, long a31, long a32, long a33, long a34, long a35, long a36,
                       long a37, long a38, long a39, double r0, double r1, double r2, double r3,
                       double r4, double r5, double r6, double r7, double r8, double r9, double r10,
                       double r11, double r12, double r13, double r14, double r15, double r16,
                       double r17, double r18, double r19)
{
    const long integers[] = {a0,  a1,  a2,  a3,  a4,  a5,  a6,  a7,  a8,  a9,  a10, a11, a12, a13,
                             a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27,
                             a28, a29, a30, a31, a32, a33, a34, a35, a36, a37, a38, a39};
    const double reals[] = {r0,  r1,  r2,  r3,  r4,  r5,  r6,  r7,  r8,  r9,
                            r10, r11, r12, r13, r14, r15, r16, r17, r18, r19};
    double sum = 0;
    ran++;
    for (int i = 0; i < 40; i++)
        sum = sum * 0.75 + (double)integers[i];
    for (int i = 0; i < 20; i++)
        sum = sum * 0.75 + reals[i];
    return sum;
}
ALSO_DIRECT(sixty_arguments);

int no_arguments(void)
{
    ran++;
    return 42;
}
ALSO_DIRECT(no_arguments);

void no_result(int a)
{
    (void)a;
    ran++;
}
ALSO_DIRECT(no_result);

/* Inexact for nearly every argument: another result in another rounding mode. */
double third(double a)
{
    ran++;
    return a / 3;
}
ALSO_DIRECT(third);

float third_float(float a)
{
    ran++;
    return a / 3;
}
ALSO_DIRECT(third_float);

/* 0 where the ABI's 16 bytes are kept: vector instructions fault otherwise. */
int stack_misalignment(long a, double b)
{
    (void)a, (void)b;
    ran++;
    return (int)((uintptr_t)__builtin_frame_address(0) % 16);
}
ALSO_DIRECT(stack_misalignment);
