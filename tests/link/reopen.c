/* A provider closed and opened again: what was cached of it stays true. reopen PROVIDER OTHER */
#include <dlfcn.h>
#include <stdio.h>

typedef double function(double);

static double run(const char *path)
{
    void *handle = dlopen(path, RTLD_NOW);
    function *call = (function *)dlsym(handle, "pure_call");
    double sum = 0;
    for (int i = 0; i < 10; i++)
        sum += call(i % 2);
    dlclose(handle);
    return sum;
}

int main(int argc, char **argv)
{
    for (int i = 0; i < 5; i++)
        for (int k = 1; k < argc; k++)
            printf("%.17g\n", run(argv[k]));
    return 0;
}
