/* gamma COUNT DISTINCT: the sum of COUNT calls of tgamma with DISTINCT arguments in turn. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    long count = argc > 1 ? atol(argv[1]) : 1, distinct = argc > 2 ? atol(argv[2]) : 1;
    double sum = 0;

    if (distinct < 1) distinct = 1;
    for (long i = 0; i < count; i++)
        sum += tgamma(1.5 + (double)(i % distinct));
    printf("%.17g\n", sum);
    return 0;
}
