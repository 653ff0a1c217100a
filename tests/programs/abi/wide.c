#include "abi/wide.h"

static long mix(__int128 x, long y)
{
    return (long)(x >> 64) * 31 + (long)x * 7 + y;
}

long wide_split(long a, long b, long c, long d, long e, __int128 x, long y)
{
    return mix(x, y) + a + b + c + d + e;
}

long wide_uneven(long a, long b, long c, long d, long e, long f, long s, __int128 x,
                 const long y[1])
{
    return mix(x, y[0]) + a + b + c + d + e + f + s;
}

long wide_even(long a, long b, long c, long d, long e, long f, __int128 x, const long y[1])
{
    return mix(x, y[0]) + a + b + c + d + e + f;
}
