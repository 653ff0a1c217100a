#include <stdio.h>

double early_run(int count);

int main(void)
{
    printf("%.17g\n", early_run(9));
    return 0;
}
