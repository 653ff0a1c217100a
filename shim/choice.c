#include "choice.h"

#include "cache/arena.h"
#include "call/memo.h"
#include "call/trigger.h"
#include "config/catalogue.h"

#include <stdatomic.h>
#include <string.h>

/* A symbol that choices name as `call:`. */
struct called {
    const char *symbol;
    struct depends **clears; /* NULL-terminated, with room for all that may come */
    size_t filled;
};

static struct config *config;
static struct called *called;
static bool started;
static atomic_bool unwatched;

/* Whoever comes to depend on it later must know, too, that it can't be watched. */
static void *bind_called(const struct wanted *wanted, const struct binding *binding)
{
    void *stub = trigger_bind(wanted, binding);
    if (!stub) atomic_store(&unwatched, true);
    return stub;
}

size_t choice_rows(void)
{
    return catalogue_called_count;
}

bool choice_want(struct config *of, struct wanted *wanted)
{
    config = of;
    called = pool_alloc(&config->pool, catalogue_called_count * sizeof(*called));
    for (size_t i = 0; called && i < catalogue_called_count; i++) {
        size_t count;
        called[i].symbol = catalogue_called(i, &count);
        called[i].clears = pool_alloc(&config->pool, (count + 1) * sizeof(*called[i].clears));
        if (!called[i].clears) return false;
        wanted[i] = (struct wanted){
            .symbol = called[i].symbol,
            .bind = bind_called,
            .data = called[i].clears,
            .quiet = true,
        };
    }
    return called != NULL;
}

/* A stub of that symbol may be on its way through the list. */
static void clear_by(const char *symbol, struct depends *depends)
{
    for (size_t i = 0; i < catalogue_called_count; i++)
        if (strcmp(called[i].symbol, symbol) == 0)
            __atomic_store_n(&called[i].clears[called[i].filled++], depends, __ATOMIC_RELEASE);
}

static bool make_depends(struct memo_section *section)
{
    const struct entry *entry = section->entry;
    if (!depends_make(&section->depends, entry, &config->pool)) return false;
    for (size_t i = 0; section->depends && i < entry->dependency_count; i++)
        if (entry->dependencies[i].kind == DEPENDS_CALL)
            clear_by(entry->dependencies[i].name, section->depends);
    if (section->depends && atomic_load(&unwatched))
        depends_refuse((struct depends *[]){section->depends, NULL});
    return true;
}

/* "Unchanged" is meant from the program's beginning on. */
static bool is_late(const struct entry *entry)
{
    return started && entry->options.condition == CONDITION_UNCHANGED;
}

static struct wanted *make(const char *symbol)
{
    struct entry *entry = config_choose(config, symbol);
    struct memo_section *section = pool_alloc(&config->pool, sizeof(*section));
    struct wanted *wanted = pool_alloc(&config->pool, sizeof(*wanted));
    if (!entry || !section || !wanted || is_late(entry)) return NULL;
    *section = (struct memo_section){.config = config, .entry = entry};
    *wanted = (struct wanted){
        .symbol = entry->symbol,
        .library = entry->options.library,
        .bind = memo_bind,
        .data = section,
    };
    return make_depends(section) ? wanted : NULL;
}

static bool has(const char *symbol)
{
    return catalogue_choose(symbol) != catalogue_entry_count;
}

static struct wanted *want(const char *symbol)
{
    size_t before = config->pool.bytes;
    struct wanted *wanted = make(symbol);
    arena_charge(config->pool.bytes - before);
    return wanted;
}

static size_t choice_count(void)
{
    return catalogue_choice_count;
}

const struct supply choice_supply = {
    .count = choice_count,
    .symbol = catalogue_choice_symbol,
    .has = has,
    .want = want,
};

void choice_started(void)
{
    started = true;
}
