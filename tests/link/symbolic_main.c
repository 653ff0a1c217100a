#include "pure.h"

#include <stdio.h>

double symbolic_run(int count);

int main(void)
{
    double sum = symbolic_run(9);
    for (int i = 0; i < 5; i++)
        sum += pure_call(i % 2);
    printf("%.17g\n", sum);
    return 0;
}
