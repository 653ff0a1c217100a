/* RTLD_NEXT is relative to whoever asks; its errors name what was asked for. */
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>

typedef double function(double, double);

double pow(double x, double y)
{
    function *next = (function *)dlsym(RTLD_NEXT, "pow");
    return next(x, y) + 1;
}

int main(void)
{
    volatile double x = 1.5;
    function *self = (function *)dlsym(RTLD_DEFAULT, "pow");
    function *versioned = (function *)dlvsym(RTLD_NEXT, "pow", "GLIBC_2.29");
    printf("%.17g %.17g %.17g\n", pow(x, 2), self(x, 2), versioned(x, 2));
    printf("%s\n", dlsym(RTLD_NEXT, "no_such_symbol") ? "found" : dlerror());
    printf("%s\n", dlvsym(RTLD_NEXT, "pow", "NO_SUCH") ? "found" : dlerror());
    dlerror();
    function *fine = (function *)dlsym(RTLD_DEFAULT, "atan2");
    printf("%d %s\n", fine != NULL, dlerror() ? "error" : "none");
    return 0;
}
