#include "pure.h"

#include <stdio.h>

double changed_sum(double x);

int main(void)
{
    double sum = 0;
    for (int i = 0; i < 8; i++)
        sum += changed_sum(i % 2);
    printf("%.17g %lu\n", sum, pure_runs(RUN_CALL));
    return 0;
}
