/* Another preloaded library with functions of the same names: different answers, so that it shows
 * who was called, and the originals by RTLD_NEXT. */
#include "pure.h"

#include <dlfcn.h>

double pow(double x, double y);

double pure_call(double x)
{
    static double (*next)(double);
    if (!next) next = (double (*)(double))dlsym(RTLD_NEXT, "pure_call");
    return next(x) + 10000;
}

double pow(double x, double y)
{
    static double (*next)(double, double);
    if (!next) next = (double (*)(double, double))dlsym(RTLD_NEXT, "pow");
    return next(x, y) + 20000;
}
