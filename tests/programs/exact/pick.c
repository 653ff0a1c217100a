#include "exact/exact.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
uint64_t pick_next(struct pick *pick)
{
    uint64_t z = pick->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

uint64_t pick_digit(struct pick *pick, uint64_t base)
{
    uint64_t value = pick->rest % base;
    pick->rest /= base;
    return value;
}

static const double special_doubles[SPECIAL_NUMBERS] = {0.0,
                                                        -0.0,
                                                        0x1p-1074,
                                                        -0x1p-1074,
                                                        0x1.fffffffffffffp-1023,
                                                        0x1p-1022,
                                                        -0x1p-1022,
                                                        0x1.fffffffffffffp+1023,
                                                        -0x1.fffffffffffffp+1023,
                                                        __builtin_inf(),
                                                        -__builtin_inf(),
                                                        __builtin_nan(""),
                                                        -__builtin_nan(""),
                                                        __builtin_nan("0x123"),
                                                        __builtin_nan("0x7ffffffffffff"),
                                                        __builtin_nans("1"),
                                                        0.5,
                                                        -0.5,
                                                        1.0,
                                                        -1.0,
                                                        1.5,
                                                        -1.5,
                                                        2.0,
                                                        -2.0,
                                                        2.5,
                                                        -2.5,
                                                        3.0,
                                                        -3.0,
                                                        0x1.fffffffffffffp-1,
                                                        0x1.0000000000001p+0,
                                                        0x1.921fb54442d18p+1,
                                                        0x1.5bf0a8b145769p+1,
                                                        0x1p+52,
                                                        0x1.fffffffffffffp+52,
                                                        0x1p+63,
                                                        -0x1p+63,
                                                        709.782712893384,
                                                        1000.0,
                                                        -1000.0,
                                                        0x1p-30};

static const float special_floats[SPECIAL_NUMBERS] = {0.0f,
                                                      -0.0f,
                                                      0x1p-149f,
                                                      -0x1p-149f,
                                                      0x1.fffffcp-127f,
                                                      0x1p-126f,
                                                      -0x1p-126f,
                                                      0x1.fffffep+127f,
                                                      -0x1.fffffep+127f,
                                                      __builtin_inff(),
                                                      -__builtin_inff(),
                                                      __builtin_nanf(""),
                                                      -__builtin_nanf(""),
                                                      __builtin_nanf("0x123"),
                                                      __builtin_nanf("0x3fffff"),
                                                      __builtin_nansf("1"),
                                                      0.5f,
                                                      -0.5f,
                                                      1.0f,
                                                      -1.0f,
                                                      1.5f,
                                                      -1.5f,
                                                      2.0f,
                                                      -2.0f,
                                                      2.5f,
                                                      -2.5f,
                                                      3.0f,
                                                      -3.0f,
                                                      0x1.fffffep-1f,
                                                      0x1.000002p+0f,
                                                      0x1.921fb6p+1f,
                                                      0x1.5bf0a8p+1f,
                                                      0x1p+23f,
                                                      0x1.fffffep+23f,
                                                      0x1p+31f,
                                                      -0x1p+31f,
                                                      88.72284f,
                                                      1000.0f,
                                                      -1000.0f,
                                                      0x1p-30f};

static const int64_t special_integers[SPECIAL_INTEGERS] = {
    0,     1,     -1,        2,         -2,         3,         7,         8,
    63,    64,    127,       -128,      255,        1023,      -1074,     1024,
    32767, 65536, INT32_MAX, INT32_MIN, UINT32_MAX, INT64_MAX, INT64_MIN, 1000000007};

/* A number of everyday size: a fraction, or a multiple of one half. `bits` says which. */
static double everyday(uint64_t bits)
{
    double x = (double)(int64_t)(bits >> 8);
    if (bits % 4 == 1) return (double)(int64_t)(bits >> 52) * 0.5 - 1024;
    return x * (bits % 4 == 2 ? 0x1p-53 : 0x1p-46) - (double)(bits >> 4 & 1);
}

/* Any bits, one time in four. */
double pick_double(struct pick *pick)
{
    double x;
    uint64_t bits = pick_next(pick);
    if (pick->special)
        x = special_doubles[pick_digit(pick, SPECIAL_NUMBERS)];
    else if (bits % 4 == 0)
        memcpy(&x, &bits, sizeof x);
    else
        x = everyday(bits);
    if (pick->describe) printf(" %a", x);
    return x;
}

float pick_float(struct pick *pick)
{
    float x;
    uint64_t bits = pick_next(pick);
    uint32_t half = (uint32_t)(bits >> 32);
    if (pick->special)
        x = special_floats[pick_digit(pick, SPECIAL_NUMBERS)];
    else if (bits % 4 == 0)
        memcpy(&x, &half, sizeof x);
    else
        x = (float)everyday(bits);
    if (pick->describe) printf(" %a", (double)x);
    return x;
}

int64_t pick_integer(struct pick *pick)
{
    uint64_t bits = pick_next(pick);
    int64_t value = pick->special ? special_integers[pick_digit(pick, SPECIAL_INTEGERS)]
                                  : (int64_t)bits >> (pick_next(pick) % 64);
    if (pick->describe) printf(" %" PRId64, value);
    return value;
}

int64_t pick_between(struct pick *pick, int64_t low, int64_t high)
{
    int64_t value = low + (int64_t)(pick_next(pick) % (uint64_t)(high - low + 1));
    if (pick->describe) printf(" %" PRId64, value);
    return value;
}

/* Mostly from 0 to `most`. */
int64_t pick_small(struct pick *pick, int64_t most)
{
    return pick_next(pick) % 4 ? pick_between(pick, 0, most) : pick_integer(pick);
}

int pick_of(struct pick *pick, const char values[8])
{
    int value = values[pick_next(pick) % 8];
    if (pick->describe) printf(" %d", value);
    return value;
}

bool pick_null(struct pick *pick)
{
    bool null = pick_next(pick) % 16 == 0;
    if (null && pick->describe) printf(" NULL");
    return null;
}

void pick_bytes(struct pick *pick, void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)pick_next(pick);
}

/* Two bytes each, as in addresses; many at once, few, or none. */
void pick_zeros(struct pick *pick, void *bytes, size_t size)
{
    uint64_t zeros = pick_next(pick) & pick_next(pick), ones = pick_next(pick) & 7;
    for (size_t i = 0; i < size; i++)
        if (ones && ((ones == 1 ? ~zeros : zeros) >> i / 2 & 1)) ((unsigned char *)bytes)[i] = 0;
}
