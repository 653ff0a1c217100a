/* Opens a plug-in as told: host FLAGS PLUGIN [INNER]; FLAGS of l(azy) n(ow) g(lobal) d(eepbind). */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef double run_function(int);
typedef void *open_function(const char *);

int main(int argc, char **argv)
{
    int flags = strchr(argv[1], 'n') ? RTLD_NOW : RTLD_LAZY;
    if (strchr(argv[1], 'g')) flags |= RTLD_GLOBAL;
    if (strchr(argv[1], 'd')) flags |= RTLD_DEEPBIND;
    void *plugin = dlopen(argv[2], flags);
    if (!plugin) return printf("%s\n", dlerror()), 1;
    run_function *run = (run_function *)dlsym(plugin, "plugin_run");
    printf("%.17g\n", run(6));
    open_function *open_by = (open_function *)dlsym(plugin, "plugin_open");
    open_function *find_by = (open_function *)dlsym(plugin, "plugin_default");
    if (argc > 3) {
        void *inner = open_by(argv[3]);
        printf("inner: %s\n", inner ? "opened" : dlerror());
        printf("inner from here: %s\n", dlopen(argv[3], RTLD_NOW) ? "opened" : dlerror());
        dlsym(plugin, "plugin_run");
        printf("%.17g\n", run(6));
    }
    double (*found)(double) = (double (*)(double))find_by("pure_call");
    printf("default: %.17g\n", found ? found(2) : -1);
    printf("missing: %s\n", dlsym(plugin, "no_such_symbol") ? "found" : dlerror());
    printf("missing: %s\n", find_by("no_such_symbol") ? "found" : dlerror());
    return dlclose(plugin);
}
