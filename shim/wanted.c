#include "wanted.h"

#include "cache/hash.h"
#include "call/escape.h"
#include "call/memo.h"
#include "call/trigger.h"
#include "choice.h"
#include "leave.h"

/* A symbol that sections depend on by `call:`. */
struct called {
    const char *symbol;
    struct depends **clears; /* NULL-terminated */
    size_t count, filled;
    UT_hash_handle hh;
};

struct maker {
    struct config *config;
    struct memo_section *sections; /* one per entry */
    struct called *called;
    struct wanted *wanted;
    size_t count;
};

static struct called *called_find(struct maker *maker, const char *symbol)
{
    struct called *called;
    HASH_FIND_STR(maker->called, symbol, called);
    return called;
}

/* Counts one dependency on `symbol`. */
static bool called_add(struct maker *maker, const char *symbol)
{
    struct called *called = called_find(maker, symbol);
    if (!called) {
        called = pool_alloc(&maker->config->pool, sizeof(*called));
        if (!called) return false;
        called->symbol = symbol;
        HASH_ADD_KEYPTR(hh, maker->called, symbol, strlen(symbol), called);
        if (!called->hh.tbl) return false;
    }
    called->count++;
    return true;
}

/* Calls `visit` for each `call:` dependency of an enabled section. */
static bool each_call(struct maker *maker,
                      bool (*visit)(struct maker *maker, size_t entry, const char *symbol))
{
    for (size_t i = 0; i < maker->config->entry_count; i++) {
        const struct entry *entry = &maker->config->entries[i];
        for (size_t j = 0; maker->sections[i].depends && j < entry->dependency_count; j++)
            if (entry->dependencies[j].kind == DEPENDS_CALL &&
                !visit(maker, i, entry->dependencies[j].name))
                return false;
    }
    return true;
}

static bool count_call(struct maker *maker, size_t entry, const char *symbol)
{
    (void)entry;
    return called_add(maker, symbol);
}

static bool note_call(struct maker *maker, size_t entry, const char *symbol)
{
    struct called *called = called_find(maker, symbol);
    if (!called->clears)
        called->clears =
            pool_alloc(&maker->config->pool, (called->count + 1) * sizeof(*called->clears));
    if (!called->clears) return false;
    called->clears[called->filled++] = maker->sections[entry].depends;
    return true;
}

static bool sections_make(struct maker *maker)
{
    struct config *config = maker->config;
    maker->sections = pool_alloc(&config->pool, config->entry_count * sizeof(*maker->sections));
    if (!maker->sections) return false;
    for (size_t i = 0; i < config->entry_count; i++) {
        struct entry *entry = &config->entries[i];
        maker->sections[i].config = config;
        maker->sections[i].entry = entry;
        if (entry->options.enabled &&
            !depends_make(&maker->sections[i].depends, entry, &config->pool))
            return false;
    }
    return each_call(maker, count_call) && each_call(maker, note_call);
}

static void want_sections(struct maker *maker)
{
    for (size_t i = 0; i < maker->config->entry_count; i++) {
        const struct entry *entry = &maker->config->entries[i];
        if (!entry->options.enabled) continue;
        struct called *called = called_find(maker, entry->symbol);
        if (called) maker->sections[i].clears = called->clears;
        maker->wanted[maker->count++] = (struct wanted){
            .symbol = entry->symbol,
            .library = entry->options.library,
            .bind = memo_bind,
            .data = &maker->sections[i],
        };
    }
}

/* Behind the sections: of a symbol that is cached itself, only what its section does not take (a
 * `library` of its own, no stub left) comes here. */
static void want_triggers(struct maker *maker)
{
    for (struct called *called = maker->called; called; called = called->hh.next) {
        maker->wanted[maker->count++] = (struct wanted){
            .symbol = called->symbol,
            .bind = trigger_bind,
            .data = called->clears,
            .quiet = true,
        };
    }
}

bool wanted_make(struct config *config, struct wanted **wanted, size_t *count)
{
    struct maker maker = {.config = config};
    if (!sections_make(&maker)) return false;
    size_t limit = config->entry_count + HASH_COUNT(maker.called) + choice_rows() + ESCAPE_WANTED +
                   DEPENDS_WANTED + LEAVE_WANTED;
    maker.wanted = pool_alloc(&config->pool, limit * sizeof(*maker.wanted));
    if (!maker.wanted) return false;
    want_sections(&maker);
    want_triggers(&maker);
    HASH_CLEAR(hh, maker.called);
    if (config->choice) {
        if (!choice_want(config, maker.wanted + maker.count)) return false;
        maker.count += choice_rows();
    }
    if (maker.count) {
        escape_want(maker.wanted + maker.count);
        maker.count += ESCAPE_WANTED;
        depends_want(maker.wanted + maker.count);
        maker.count += DEPENDS_WANTED;
    }
    if (config->process.stats) {
        leave_want(maker.wanted + maker.count);
        maker.count += LEAVE_WANTED;
    }
    *wanted = maker.wanted;
    *count = maker.count;
    return true;
}
