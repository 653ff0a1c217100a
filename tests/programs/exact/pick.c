#include "exact/exact.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t next(struct pick *pick)
{
    uint64_t z = pick->random += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static uint64_t digit(struct pick *pick, uint64_t base)
{
    uint64_t value = pick->rest % base;
    pick->rest /= base;
    return value;
}

static const double special_doubles[SPECIAL_DOUBLES] = {0.0,
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

static const float special_floats[SPECIAL_FLOATS] = {0.0f,
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

/* Any bits, or a number of everyday size. */
double pick_double(struct pick *pick)
{
    double x;
    uint64_t bits = next(pick);
    if (pick->special)
        x = special_doubles[digit(pick, SPECIAL_DOUBLES)];
    else if (bits % 3 == 0)
        memcpy(&x, &bits, sizeof x);
    else
        x = (double)(int64_t)(bits >> 8) * (bits % 3 == 1 ? 0x1p-53 : 0x1p-46) - (bits >> 4 & 1);
    if (pick->describe) printf(" %a", x);
    return x;
}

float pick_float(struct pick *pick)
{
    float x;
    uint64_t bits = next(pick);
    uint32_t half = (uint32_t)(bits >> 32);
    if (pick->special)
        x = special_floats[digit(pick, SPECIAL_FLOATS)];
    else if (bits % 3 == 0)
        memcpy(&x, &half, sizeof x);
    else
        x = (float)(half >> 8) * (bits % 3 == 1 ? 0x1p-22f : 0x1p-16f) - (float)(bits >> 4 & 1);
    if (pick->describe) printf(" %a", (double)x);
    return x;
}

int64_t pick_integer(struct pick *pick)
{
    uint64_t bits = next(pick);
    int64_t value = pick->special ? special_integers[digit(pick, SPECIAL_INTEGERS)]
                                  : (int64_t)bits >> (next(pick) % 64);
    if (pick->describe) printf(" %" PRId64, value);
    return value;
}

int64_t pick_between(struct pick *pick, int64_t low, int64_t high)
{
    int64_t value = low + (int64_t)(next(pick) % (uint64_t)(high - low + 1));
    if (pick->describe) printf(" %" PRId64, value);
    return value;
}

const char *pick_text(struct pick *pick, const char *const *texts, size_t count)
{
    const char *text = texts[next(pick) % count];
    if (pick->describe) printf(" \"%s\"", text);
    return text;
}

/* Mostly a date, sometimes nonsense in one field. */
void pick_tm(struct pick *pick, struct tm *t)
{
    static const int least[] = {0, 0, 0, 1, 0, -50, 0, 0, -1};
    static const int most[] = {60, 59, 23, 31, 11, 300, 6, 365, 1};
    static const char *const zones[] = {"UTC", "CET", ""};
    int *field = &t->tm_sec;
    pick_bytes(pick, t, sizeof *t); /* the padding, too */
    for (int i = 0; i < 9; i++)
        field[i] = least[i] + (int)(next(pick) % (uint64_t)(most[i] - least[i] + 1));
    uint64_t odd = next(pick);
    if (odd % 8 == 0) field[odd / 8 % 9] = (int)(next(pick) >> odd / 128 % 64);
    t->tm_gmtoff = (long)(next(pick) % 100) * 900 - 45000;
    t->tm_zone = zones[next(pick) % 3];
    if (!pick->describe) return;
    printf(" {");
    for (int i = 0; i < 9; i++)
        printf("%d ", field[i]);
    printf("%ld %s}", t->tm_gmtoff, t->tm_zone);
}

void pick_bytes(struct pick *pick, void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)next(pick);
}
