/* A plug-in that calls pow and a library of its own, and opens a further one by its own RUNPATH. */
#include "pure.h"

#include <dlfcn.h>
#include <math.h>
#include <stddef.h>

double plugin_run(int count);
void *plugin_open(const char *name);
void *plugin_default(const char *name);

static double (*pointers[])(double) = {pure_table};

double plugin_run(int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += pow(1.5, i % 3) + pure_call(i % 3) + pointers[0](i % 3) + pure_indirect(i % 3);
    return sum;
}

void *plugin_open(const char *name)
{
    void *handle = dlopen(name, RTLD_NOW);
    return handle;
}

void *plugin_default(const char *name)
{
    void *address = dlsym(RTLD_DEFAULT, name);
    return address;
}
