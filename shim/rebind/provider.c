#include "rebind/provider.h"

#include "rebind/loader.h"

#include <dlfcn.h>
#include <string.h>

struct provider {
    struct provider *next;
    uintptr_t base;
    const char *name;
    void *handle; /* NULL: not needed so far */
    bool startup, gone;
};

static struct provider *providers;
static unsigned long long removals_checked;

static bool is_that(const struct provider *provider, const struct object *object)
{
    return provider->base == object->base && strcmp(provider->name, object->name) == 0;
}

static bool open_handle(struct provider *provider, int flags)
{
    const char *name = *provider->name ? provider->name : NULL;
    if (!provider->handle) provider->handle = loader.open(name, RTLD_LAZY | RTLD_NOLOAD | flags);
    return provider->handle != NULL;
}

struct provider *provider_keep(const struct snapshot *snapshot, const struct object *object,
                               struct pool *pool)
{
    for (struct provider *provider = providers; provider; provider = provider->next)
        if (!provider->gone && is_that(provider, object)) return provider;

    struct provider *provider = pool_alloc(pool, sizeof(*provider));
    const char *name = pool_strndup(pool, object->name, strlen(object->name));
    if (!provider || !name) return NULL;
    *provider = (struct provider){
        .next = providers,
        .base = object->base,
        .name = name,
        .startup = (size_t)(object - snapshot->objects) < snapshot->startup,
    };
    if (!provider->startup && !open_handle(provider, RTLD_NODELETE)) return NULL;
    providers = provider;
    return provider;
}

uintptr_t provider_address(struct provider *provider, const struct definition *definition,
                           const struct symbol_name *name)
{
    if (!lookup_is_indirect(definition)) return lookup_address(definition);
    if (!open_handle(provider, 0)) return 0;
    return (uintptr_t)(definition->version ? loader.versioned_symbol(provider->handle, name->text,
                                                                     definition->version)
                                           : loader.symbol(provider->handle, name->text));
}

void providers_check(const struct snapshot *snapshot)
{
    if (snapshot->removals == removals_checked) return;
    removals_checked = snapshot->removals;
    for (struct provider *provider = providers; provider; provider = provider->next) {
        bool found = provider->startup;
        for (size_t i = snapshot->startup; i < snapshot->count && !found; i++)
            found = is_that(provider, &snapshot->objects[i]);
        provider->gone |= !found;
    }
}

bool provider_gone(const struct provider *provider)
{
    return provider->gone;
}
