/* A table whose owner changed one of its pointers, before main and before us. */
#include "pure.h"

double changed_sum(double x);

static double own(double x)
{
    return x + 77;
}
double (*changed_table[2])(double) = {pure_call, pure_address};

__attribute__((constructor)) static void change(void)
{
    changed_table[0] = own;
}

double changed_sum(double x)
{
    return changed_table[0](x) + changed_table[1](x);
}
