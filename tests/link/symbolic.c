/* A library whose own calls of pure_call are its own affair: with -Bsymbolic they are direct. */
#include "pure.h"

double symbolic_run(int count);

double pure_call(double x)
{
    return x + 3000;
}

double symbolic_run(int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += pure_call(i % 3) + pure_address(i % 3);
    return sum;
}
