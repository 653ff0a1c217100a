#include "fibo.h"

/* In a shared library the two calls go through the PLT, as any exported function's do: that is
 * what lets a preloaded library answer them. */
unsigned long fibo(unsigned n)
{
    return n < 2 ? n : fibo(n - 1) + fibo(n - 2);
}
