#include "fibo.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        unsigned n = (unsigned)strtoul(argv[i], NULL, 10);
        printf("fibo(%u) = %lu\n", n, fibo(n));
    }
    return 0;
}
