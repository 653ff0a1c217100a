/* Addresses of one function are one, whenever and wherever they were taken. address LIBRARY */
#include "pure.h"

#include <dlfcn.h>
#include <stdio.h>

typedef double function(double);

static double sum;

static void *run(function *call)
{
    for (int i = 0; i < 5; i++)
        sum += call(i);
    return (void *)call;
}

static void *ask(void *handle, const char *name)
{
    void *found = dlsym(handle, name);
    return found;
}

int main(int argc, char **argv)
{
    function *volatile copy = pure_address;
    if (argc < 2) return 2;
    run(copy);
    run((function *)ask(RTLD_DEFAULT, "pure_table"));
    for (int i = 0; i < 5; i++)
        sum += pure_call(i);

    void *library = dlopen(argv[1], RTLD_NOW);
    function *(*address)(void) = (function * (*)(void)) ask(library, "lib_address");
    function *(*table)(void) = (function * (*)(void)) ask(library, "lib_table");
    void *asked = ask(RTLD_DEFAULT, "pure_table"), *called = ask(RTLD_DEFAULT, "pure_call");
    printf("%d %d\n", copy == pure_address, address() == copy);
    printf("%d %d\n", (void *)table() == asked, asked == ask(RTLD_DEFAULT, "pure_table"));
    printf("%d\n", run((function *)called) == ask(RTLD_DEFAULT, "pure_call"));
    printf("%.17g\n", sum);
    return 0;
}
