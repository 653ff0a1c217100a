#include "pure.h"

typedef double function(double);

function *lib_address(void);
function *lib_table(void);
static function *volatile table[] = {pure_table};

function *lib_address(void)
{
    return pure_address;
}
function *lib_table(void)
{
    return table[0];
}
