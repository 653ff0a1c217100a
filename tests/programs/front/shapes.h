/* Functions of a text, and those with outputs, each with a twin. */
#ifndef FRONT_SHAPES_H
#define FRONT_SHAPES_H

#include <stdint.h>

#define SHAPE_TEXT(type)                                                                           \
    type text_##type(const char *text);                                                            \
    type twin_text_##type(const char *text);
SHAPE_TEXT(uint64_t) SHAPE_TEXT(int8_t) SHAPE_TEXT(uint16_t) SHAPE_TEXT(int32_t)
SHAPE_TEXT(double) SHAPE_TEXT(float)

#define SHAPE_BOTH(result, name, ...) result name __VA_ARGS__; result twin_##name __VA_ARGS__;
SHAPE_BOTH(void, out_two, (double x, double *first, double *second))
SHAPE_BOTH(void, out_two_floats, (float x, float *first, float *second))
SHAPE_BOTH(double, out_int, (double x, int *exponent))
SHAPE_BOTH(float, out_int_float, (float x, int *exponent))
SHAPE_BOTH(double, out_real, (double x, double *whole))
SHAPE_BOTH(double, out_after_two, (double x, double y, int *quotient))
SHAPE_BOTH(double, out_real_after_two, (double x, double y, double *quotient))
SHAPE_BOTH(int, out_of_int, (int x, double *real))
SHAPE_BOTH(void, out_of_int_float, (int16_t x, float *real))

#endif
