#include <math.h>

typedef double function(double, double);

function *lib_pow_address(void);
double lib_pow(double x, double y);
static function *volatile stored = pow;

function *lib_pow_address(void)
{
    return pow;
}
double lib_pow(double x, double y)
{
    return pow(x, y) + stored(x, y);
}
