/* Numbers in long double, and complex ones. x86's has 80 bits with an explicit leading one: bits
 * that it should not have there ("unnormals" and their kin) are inputs as well. */
#include "exact/exact.h"

#include <float.h>
#include <stdio.h>
#include <string.h>

/* As much of a number as the machine's format has; the rest of its sixteen bytes is padding. */
struct image {
    uint64_t low, high;
};

enum { ODD_FORMATS = 4 };

#if LDBL_MANT_DIG == 64
static const struct image odd_formats[ODD_FORMATS] = {
    {1, 0x7fff},                  /* a signalling NaN's payload without the leading one */
    {0, 0x7fff},                  /* infinity without it */
    {0x4000000000000000, 0x3fff}, /* one half, written as an unnormal of 1 */
    {0x8000000000000001, 0},      /* a subnormal with a leading one */
};
#else
static const struct image odd_formats[ODD_FORMATS] = {
    {1, 0x7fff000000000000}, /* a signalling NaN's least payload */
    {~0ull, 0xffffffffffffffff},
    {~0ull, 0x0000ffffffffffff}, /* the greatest subnormal */
    {1, 0x3fff000000000000},
};
#endif

#define NEXT_TO_ONE  (1 + LDBL_EPSILON)
#define BELOW_ONE    (1 - LDBL_EPSILON / 2)
#define LEAST        __LDBL_DENORM_MIN__
#define SUBNORMAL    (LDBL_MIN - LEAST)
#define WHOLE_FROM   (1 / LDBL_EPSILON) /* no fractions from here on */
#define NAN_OF(text) __builtin_nanl(text)

static const long double special_numbers[SPECIAL_NUMBERS - ODD_FORMATS] = {
    0.0L,
    -0.0L,
    LEAST,
    -LEAST,
    SUBNORMAL,
    LDBL_MIN,
    -LDBL_MIN,
    LDBL_MAX,
    -LDBL_MAX,
    __builtin_infl(),
    -__builtin_infl(),
    NAN_OF(""),
    -NAN_OF(""),
    NAN_OF("0x123"),
    NAN_OF("0x3fffffffffffffff"),
    __builtin_nansl("1"),
    __builtin_nansl("0x123456789"),
    0.5L,
    -0.5L,
    1.0L,
    -1.0L,
    1.5L,
    -1.5L,
    2.0L,
    -2.0L,
    2.5L,
    -2.5L,
    3.0L,
    BELOW_ONE,
    NEXT_TO_ONE,
    0x1.921fb54442d18468p+1L,
    WHOLE_FROM,
    -WHOLE_FROM / 2 - 0.5L,
    0x1p+63L,
    11356.523406294144L,
    1000.0L,
};

static long double of_image(struct image image)
{
    long double x;
    memcpy(&x, &image, sizeof x);
    return x;
}

/* One time in four any bits; of x86's all but an eighth with the leading one where it belongs. */
static long double random_number(struct pick *pick)
{
    uint64_t bits = pick_next(pick), more = pick_next(pick);
    if (bits % 4 == 0) {
        struct image image = {more, bits >> 2};
#if LDBL_MANT_DIG == 64
        if (image.high & 0x7fff && bits >> 59 != 0) image.low |= 1ull << 63;
        if (!(image.high & 0x7fff)) image.low &= ~0ull >> 1;
#endif
        return of_image(image);
    }
    if (bits % 4 == 1) return (long double)(int64_t)(bits >> 52) * 0.5L - 1024;
    return (long double)(int64_t)more * (bits % 4 == 2 ? 0x1p-63L : 0x1p-54L) +
           (long double)(bits >> 8) * 0x1p-110L;
}

long double pick_long_double(struct pick *pick)
{
    uint64_t digit = pick->special ? pick_digit(pick, SPECIAL_NUMBERS) : 0;
    long double x;
    if (!pick->special)
        x = random_number(pick);
    else if (digit < ODD_FORMATS)
        x = of_image(odd_formats[digit]);
    else
        x = special_numbers[digit - ODD_FORMATS];
    if (pick->describe) {
        struct image image = {0, 0};
        memcpy(&image, &x, LDBL_MANT_DIG == 64 ? 10 : sizeof x);
        printf(" %#llx:%#llx", (unsigned long long)image.high, (unsigned long long)image.low);
    }
    return x;
}

/* Put together part by part: multiplying with I would lose the signs of zeros and NaNs. */
double _Complex pick_double_complex(struct pick *pick)
{
    double real = pick_double(pick), imaginary = pick_double(pick);
    return __builtin_complex(real, imaginary);
}

float _Complex pick_float_complex(struct pick *pick)
{
    float real = pick_float(pick), imaginary = pick_float(pick);
    return __builtin_complex(real, imaginary);
}

long double _Complex pick_long_double_complex(struct pick *pick)
{
    long double real = pick_long_double(pick), imaginary = pick_long_double(pick);
    return __builtin_complex(real, imaginary);
}
