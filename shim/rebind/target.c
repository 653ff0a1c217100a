#include "rebind/target.h"

#include <fnmatch.h>
#include <string.h>

static struct pool *targets_pool;
static struct target **by_prefix, **by_name, **in_order;
static size_t target_count;
static unsigned bucket_shift; /* buckets = 2^(64 - shift) */

/* The bytes up to the first NUL among eight, the rest zeroed: one load and a few operations per
 * relocation instead of a comparison with every wanted name. Little-endian. */
static uint64_t name_prefix(const char *name, size_t room)
{
    uint64_t word = 0;
    if (room < sizeof(word)) {
        memcpy(&word, name, strnlen(name, room));
        return word;
    }
    memcpy(&word, name, sizeof(word));
    uint64_t zeros = (word - 0x0101010101010101) & ~word & 0x8080808080808080;
    return zeros ? word & (((zeros & -zeros) >> 7) - 1) : word;
}

static struct target **bucket_of(uint64_t prefix)
{
    return &by_prefix[(prefix * 0x9e3779b97f4a7c15) >> bucket_shift];
}

static struct target **bucket_of_name(const struct symbol_name *name)
{
    return &by_name[(name->gnu * 0x9e3779b97f4a7c15) >> bucket_shift];
}

bool targets_start(struct pool *pool, size_t count)
{
    size_t bucket_count = 64;
    bucket_shift = 64 - 6;
    while (bucket_count < 8 * count) {
        bucket_count *= 2;
        bucket_shift--;
    }
    targets_pool = pool;
    by_prefix = pool_alloc(pool, bucket_count * sizeof(struct target *));
    by_name = pool_alloc(pool, bucket_count * sizeof(struct target *));
    in_order = pool_alloc(pool, count * sizeof(struct target *));
    return by_prefix && by_name && in_order;
}

static bool prefix_is_wanted(uint64_t prefix)
{
    struct target *target = *bucket_of(prefix);
    while (target && target->prefix != prefix)
        target = target->next_prefix;
    return target != NULL;
}

/* Nearly every name ends at its prefix; the others are hashed whole, since those of one library or
 * one namespace begin alike. */
struct target *target_find(const char *name, size_t room)
{
    if (!prefix_is_wanted(name_prefix(name, room))) return NULL;
    struct symbol_name whole = symbol_name(name);
    struct target *target = *bucket_of_name(&whole);
    while (target && strcmp(target->name.text, name) != 0)
        target = target->next_name;
    return target;
}

struct target *target_at(size_t index)
{
    return index < target_count ? in_order[index] : NULL;
}

static struct target *target_make(const char *symbol)
{
    struct target *target = pool_alloc(targets_pool, sizeof(*target));
    if (!target) return NULL;
    uint64_t prefix = name_prefix(symbol, strlen(symbol) + 1);
    struct target **bucket = bucket_of(prefix);
    target->name = symbol_name(symbol);
    target->prefix = prefix;
    target->next_prefix = *bucket;
    *bucket = target;
    bucket = bucket_of_name(&target->name);
    target->next_name = *bucket;
    *bucket = target;
    in_order[target_count++] = target;
    return target;
}

bool target_add(struct wanted *wanted)
{
    struct target *target = target_find(wanted->symbol, strlen(wanted->symbol) + 1);
    if (!target) target = target_make(wanted->symbol);
    struct choice *choice = pool_alloc(targets_pool, sizeof(*choice));
    if (!target || !choice) return false;
    choice->wanted = wanted;
    struct choice **end = &target->choices;
    while (*end)
        end = &(*end)->next;
    *end = choice;
    return true;
}

static bool library_matches(const struct wanted *wanted, const struct object *object)
{
    if (!wanted->library) return true;
    if (fnmatch(wanted->library, rebind_file_name(object->path), 0) == 0) return true;
    return object->soname && fnmatch(wanted->library, object->soname, 0) == 0;
}

bool target_accepts(const struct target *target, const struct object *object)
{
    for (const struct choice *choice = target->choices; choice; choice = choice->next)
        if (library_matches(choice->wanted, object)) return true;
    return false;
}

struct replacement *target_known(const struct target *target, uintptr_t original)
{
    struct replacement *known = target->replacements;
    while (known && known->original != original)
        known = known->next;
    return known;
}

static void *ask(const struct target *target, const struct object *object,
                 const struct binding *binding, struct wanted **answered)
{
    for (const struct choice *choice = target->choices; choice; choice = choice->next) {
        if (!library_matches(choice->wanted, object)) continue;
        void *stub = choice->wanted->bind(choice->wanted, binding);
        if (!stub) continue;
        *answered = choice->wanted;
        return stub;
    }
    return NULL;
}

static struct replacement *remember(struct target *target, const struct replacement *facts,
                                    const struct binding *binding)
{
    const char *library = rebind_file_name(binding->provider);
    struct replacement *replacement = pool_alloc(targets_pool, sizeof(*replacement));
    if (!replacement) return NULL;
    *replacement = *facts;
    replacement->next = target->replacements;
    replacement->version = pool_strndup(targets_pool, binding->version, strlen(binding->version));
    replacement->library = pool_strndup(targets_pool, library, strlen(library));
    if (!replacement->version || !replacement->library) return NULL;
    /* Whole before it is seen: a fork may fall in between. */
    __atomic_store_n(&target->replacements, replacement, __ATOMIC_RELEASE);
    return replacement;
}

struct replacement *target_bind(struct target *target, const struct definition *definition,
                                struct provider *provider, uintptr_t original)
{
    const struct binding binding = {
        .original = (void *)original,
        .version = definition->version ? definition->version : "",
        .provider = definition->object->path,
    };
    struct wanted *answered = NULL;
    void *stub = ask(target, definition->object, &binding, &answered);
    if (!stub) return NULL;
    const struct replacement facts = {
        .provider = provider,
        .wanted = answered,
        .original = original,
        .stub = (uintptr_t)stub,
    };
    return remember(target, &facts, &binding);
}
