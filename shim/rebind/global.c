#include "rebind/loader.h"
#include "rebind/rebind.h"

#include <dlfcn.h>

/* The program's own view first: a variable that it refers to may live in the program, by a COPY
 * relocation, and not where its library defines it. */
void *rebind_global(const char *name, const char *provider)
{
    void *address = loader.symbol(RTLD_DEFAULT, name);
    if (address) return address;
    void *handle = loader.open(provider, RTLD_LAZY | RTLD_NOLOAD); /* opened RTLD_LOCAL */
    return handle ? loader.symbol(handle, name) : NULL;
}
