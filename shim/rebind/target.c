#include "rebind/target.h"

#include <fnmatch.h>
#include <string.h>

#define FILTER_BITS 16 /* per name: one unwanted name of sixteen gets past */
#define MET         64 /* targets that a supply is expected to make */

static struct pool *targets_pool;
static const struct supply *supply;
static uint64_t *filter; /* a bit for the prefix of each name */
static struct target **by_name, *first, **last = &first;
static unsigned filter_shift, name_shift; /* bits, buckets = 2^(64 - shift) */

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

static uint64_t prefix_hash(uint64_t prefix)
{
    return (prefix * 0x9e3779b97f4a7c15) >> filter_shift;
}

static struct target **bucket_of(const struct symbol_name *name)
{
    return &by_name[(name->gnu * 0x9e3779b97f4a7c15) >> name_shift];
}

/* Of the power of two that is `count` or more. */
static unsigned shift_for(size_t count)
{
    return count > 1 ? (unsigned)__builtin_clzl(count - 1) : 63;
}

static void filter_add(const char *symbol)
{
    uint64_t bit = prefix_hash(name_prefix(symbol, strlen(symbol) + 1));
    filter[bit / 64] |= (uint64_t)1 << bit % 64;
}

/* Some 3 ns a name. */
static void filter_supply(size_t count)
{
    for (size_t i = 0; i < count; i++)
        filter_add(supply->symbol(i));
}

bool targets_start(struct pool *pool, size_t count, const struct supply *more)
{
    size_t supplied = more ? more->count() : 0;
    filter_shift = shift_for(FILTER_BITS * (count + supplied + 4));
    name_shift = shift_for(count + (more ? MET : 4));
    targets_pool = pool;
    supply = more;
    filter = pool_alloc(pool, ((size_t)1 << (64 - filter_shift)) / 8);
    by_name = pool_alloc(pool, ((size_t)1 << (64 - name_shift)) * sizeof(struct target *));
    if (!filter || !by_name) return false;
    filter_supply(supplied);
    return true;
}

/* Nearly every name ends here. */
static bool passes_filter(const char *name, size_t room)
{
    uint64_t bit = prefix_hash(name_prefix(name, room));
    return filter[bit / 64] >> bit % 64 & 1;
}

/* By the hash of all of it, since the names of one library or one namespace begin alike. */
static struct target *target_find(const char *name)
{
    struct symbol_name whole = symbol_name(name);
    struct target *target = __atomic_load_n(bucket_of(&whole), __ATOMIC_ACQUIRE);
    while (target && (target->name.gnu != whole.gnu || strcmp(target->name.text, name) != 0))
        target = target->next_name;
    return target;
}

bool target_is_expected(const char *name)
{
    if (!passes_filter(name, strlen(name) + 1)) return false;
    return target_find(name) || (supply && supply->has(name));
}

struct target *target_first(void)
{
    return first;
}

static struct target *target_make(const char *symbol)
{
    struct target *target = pool_alloc(targets_pool, sizeof(*target));
    if (!target) return NULL;
    target->name = symbol_name(symbol);
    struct target **bucket = bucket_of(&target->name);
    target->next_name = *bucket;
    __atomic_store_n(bucket, target, __ATOMIC_RELEASE);
    *last = target;
    last = &target->next;
    return target;
}

bool target_add(struct wanted *wanted)
{
    struct target *target = target_find(wanted->symbol);
    if (!target) target = target_make(wanted->symbol);
    if (!target) return false;
    filter_add(wanted->symbol);
    struct wanted **end = &target->wanted;
    while (*end)
        end = &(*end)->next;
    *end = wanted;
    return true;
}

/* Made even if it is left alone, so as not to be asked for again. */
struct target *target_meet(const char *name, size_t room)
{
    if (!passes_filter(name, room)) return NULL;
    struct target *target = target_find(name);
    if (target || !supply || !supply->has(name)) return target;
    struct wanted *wanted = supply->want(name);
    const char *symbol = wanted ? wanted->symbol : pool_strndup(targets_pool, name, strlen(name));
    target = symbol ? target_make(symbol) : NULL;
    if (target) target->wanted = wanted;
    return target;
}

static bool library_matches(const struct wanted *wanted, const struct object *object)
{
    if (!wanted->library) return true;
    if (fnmatch(wanted->library, rebind_file_name(object->path), 0) == 0) return true;
    return object->soname && fnmatch(wanted->library, object->soname, 0) == 0;
}

bool target_accepts(const struct target *target, const struct object *object)
{
    for (const struct wanted *wanted = target->wanted; wanted; wanted = wanted->next)
        if (library_matches(wanted, object)) return true;
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
    for (struct wanted *wanted = target->wanted; wanted; wanted = wanted->next) {
        if (!library_matches(wanted, object)) continue;
        void *stub = wanted->bind(wanted, binding);
        if (!stub) continue;
        *answered = wanted;
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
