/* Functions whose __int128 x86-64 compilers pass at different places, and one where they agree. */
#ifndef ABI_WIDE_H
#define ABI_WIDE_H

/* a register is left for one half of x */
long wide_split(long a, long b, long c, long d, long e, __int128 x, long y);
/* x would start at the second eightbyte of the stack */
long wide_uneven(long a, long b, long c, long d, long e, long f, long s, __int128 x,
                 const long y[1]);
/* at the first */
long wide_even(long a, long b, long c, long d, long e, long f, __int128 x, const long y[1]);

#endif
