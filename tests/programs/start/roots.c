/* Calls cbrt and sqrtf, and refers to nothing else that could be cached. */
#include <math.h>
#include <stdio.h>

int main(void)
{
    volatile double sum = 0;
    for (int i = 0; i < 100; i++)
        sum += cbrt(i % 5) + (double)sqrtf((float)(i % 4));
    printf("%.17g\n", sum);
    return 0;
}
