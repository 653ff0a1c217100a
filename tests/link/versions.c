/* Both versions of pow in one program, by relocation and by dlvsym. They differ: the older one
 * goes through the wrapper that sets errno by _LIB_VERSION. */
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>

double pow_old(double x, double y);
double pow_new(double x, double y);
__asm__(".symver pow_old, pow@GLIBC_2.2.5");
__asm__(".symver pow_new, pow@GLIBC_2.29");

typedef double function(double, double);

int main(void)
{
    volatile double x = 1.5;
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += pow_old(x, 2);
    for (int i = 0; i < 5; i++)
        sum += pow_new(x, 3);
    void *libm = dlopen("libm.so.6", RTLD_LAZY);
    function *old = (function *)dlvsym(libm, "pow", "GLIBC_2.2.5");
    function *new = (function *)dlvsym(RTLD_DEFAULT, "pow", "GLIBC_2.29");
    function *newest = (function *)dlsym(libm, "pow");
    for (int i = 0; i < 7; i++)
        sum += old(x, 2);
    for (int i = 0; i < 11; i++)
        sum += new (x, 3) + newest(x, 3);
    printf("%.17g %d %d %s\n", sum, old != new, new == newest,
           dlvsym(libm, "pow", "NO_SUCH") ? "found" : dlerror());
    return 0;
}
