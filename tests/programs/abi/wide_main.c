#include "abi/wide.h"

#include <stdio.h>

int main(void)
{
    for (long twice = 0; twice < 2; twice++) {
        for (long i = 0; i < 100; i++) {
            __int128 x = (__int128)(i / 10) << 64 | (i % 10);
            printf("%ld %ld %ld\n", wide_split(1, 2, 3, 4, 5, x, i),
                   wide_even(1, 2, 3, 4, 5, 6, x, &i), wide_uneven(1, 2, 3, 4, 5, 6, 7, x, &i));
        }
    }
    return 0;
}
