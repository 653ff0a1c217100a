/* Providers: the objects whose functions our stubs call. One is kept loaded from before its first
 * stub exists, since a stub that outlives its original would jump into freed memory, and an
 * address used again would be answered with another function's results.
 *
 * All of this runs under the loader's lock. */
#ifndef MEMO_REBIND_PROVIDER_H
#define MEMO_REBIND_PROVIDER_H

#include "config/pool.h"
#include "rebind/lookup.h"

struct provider;

/* Keeps `object` loaded. The same provider for the same object; NULL when the loader refuses or
 * there is no memory. What came with the program needs no keeping. */
struct provider *provider_keep(const struct snapshot *snapshot, const struct object *object,
                               struct pool *pool);

/* The address of a definition in that provider; an indirect one is asked of the loader, which runs
 * the resolver with the arguments that it wants. 0: none. */
uintptr_t provider_address(struct provider *provider, const struct definition *definition,
                           const struct symbol_name *name);

/* Finds out which providers have gone in spite of being kept: one that a destructor, running
 * inside dlclose, made us keep too late. */
void providers_check(const struct snapshot *snapshot);
bool provider_gone(const struct provider *provider);

#endif
