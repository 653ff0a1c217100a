#include "fibo.h"

/* gcc answers a function's calls of itself inside the object, where nothing can step in between;
 * kept from that, they go through the PLT as calls of any exported function do. */
#ifdef __clang__
#define CALLED_AS_EXPORTED
#else
#define CALLED_AS_EXPORTED __attribute__((noipa))
#endif

CALLED_AS_EXPORTED unsigned long fibo(unsigned n)
{
    return n < 2 ? n : fibo(n - 1) + fibo(n - 2);
}
