#include "pure.h"

double apply(double (*function)(double), int first, int count)
{
    double sum = 0;
    for (int x = first; x < first + count; x++)
        sum += function(x);
    return sum;
}
