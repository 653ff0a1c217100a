/* Without PIC, &pow is the program's own PLT entry, in the program and in every library. */
#include <math.h>
#include <stdio.h>

typedef double function(double, double);

function *lib_pow_address(void);
double lib_pow(double x, double y);
static function *table[] = {pow};
static function *volatile address;

int main(void)
{
    volatile double x = 1.5, sum = 0;
    address = pow;
    for (int i = 0; i < 4; i++)
        sum += pow(x, 2) + address(x, 2) + table[0](x, 2) + lib_pow(x, 2) + lib_pow_address()(x, 2);
    printf("%.17g %d\n", sum, pow == lib_pow_address() && address == table[0]);
    return 0;
}
