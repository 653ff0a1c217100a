/* A library whose constructor, which runs before ours, opens a plug-in that calls lazily. */
#include <dlfcn.h>

double early_run(int count);

static double (*run)(int);

__attribute__((constructor)) static void open_plugin(void)
{
    void *plugin = dlopen("./libplugin.so", RTLD_LAZY);
    if (plugin) run = (double (*)(int))dlsym(plugin, "plugin_run");
}

double early_run(int count)
{
    return run(count);
}
