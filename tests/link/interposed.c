#include "pure.h"

#include <math.h>
#include <stdio.h>

static double (*volatile address)(double, double);

int main(void)
{
    volatile double x = 1.5;
    double sum = 0;
    address = pow;
    for (int i = 0; i < 6; i++)
        sum += pure_call(i % 3) + pow(x, 2) + address(x, 2);
    printf("%.17g\n", sum);
    return 0;
}
