/* Where everything begins: the constructor reads the config, makes the list of what is wanted and
 * has the references rebound. It runs after the constructors of all libraries and before those of
 * the program. Whatever fails, the program runs on without us. */
#include "cache/arena.h"
#include "call/memo.h"
#include "call/trigger.h"
#include "fork.h"
#include "leave.h"
#include "report/message.h"
#include "report/output.h"
#include "report/stats.h"
#include "stack.h"
#include "thread.h"

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <unistd.h>

extern char **environ;

static struct config config;

/* What is being put together for rebind_start(). */
struct start {
    struct wanted *wanted;
    size_t count;
    struct memo_section *sections; /* one per config entry */
    bool failed;                   /* memory ran out */
};

static void report(struct diagnostics *self, enum severity severity, struct place place,
                   const char *text)
{
    (void)self;
    enum log_level level = severity == SEVERITY_ERROR ? LOG_ERROR : LOG_WARNING;
    if (!place.file)
        message(level, "%s", text);
    else if (!place.line)
        message(level, "%s: %s", place.file, text);
    else
        message(level, "%s:%d:%d: %s", place.file, place.line, place.column, text);
}

/* The executable's file name; AT_EXECFN would name a script's interpreter differently. */
static const char *program_name(void)
{
    static char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    if (length <= 0) {
        const char *name = (const char *)getauxval(AT_EXECFN);
        return name ? rebind_file_name(name) : "unknown";
    }
    path[length] = '\0';
    return rebind_file_name(path);
}

static bool is_call_of(const struct dependency *dependency, const char *symbol)
{
    return dependency->kind == DEPENDS_CALL && strcmp(dependency->name, symbol) == 0;
}

/* All that are cleared by a call of `symbol`: NULL-terminated; NULL for none. */
static struct depends **clears_of(struct start *start, const char *symbol)
{
    struct depends **clears = NULL;
    size_t count = 0;
    for (size_t i = 0; i < config.entry_count; i++) {
        const struct entry *entry = &config.entries[i];
        for (size_t j = 0; start->sections[i].depends && j < entry->dependency_count; j++) {
            if (!is_call_of(&entry->dependencies[j], symbol)) continue;
            if (!clears)
                clears = pool_alloc(&config.pool, (config.entry_count + 1) * sizeof(*clears));
            if (clears)
                clears[count++] = start->sections[i].depends;
            else
                start->failed = true;
            break;
        }
    }
    return clears;
}

static void want(struct start *start, const struct wanted *wanted)
{
    start->wanted[start->count++] = *wanted;
}

static bool has_section(const char *symbol)
{
    for (size_t i = 0; i < config.entry_count; i++)
        if (config.entries[i].options.enabled && strcmp(config.entries[i].symbol, symbol) == 0)
            return true;
    return false;
}

static bool is_wanted(const struct start *start, const char *symbol)
{
    for (size_t i = 0; i < start->count; i++)
        if (strcmp(start->wanted[i].symbol, symbol) == 0) return true;
    return false;
}

static void want_sections(struct start *start)
{
    for (size_t i = 0; i < config.entry_count; i++) {
        const struct entry *entry = &config.entries[i];
        struct memo_section *section = &start->sections[i];
        if (!entry->options.enabled) continue;
        section->clears = clears_of(start, entry->symbol);
        want(start, &(struct wanted){.symbol = entry->symbol,
                                     .library = entry->options.library,
                                     .bind = memo_bind,
                                     .data = section});
    }
}

static void want_triggers(struct start *start)
{
    for (size_t i = 0; i < config.entry_count; i++) {
        const struct entry *entry = &config.entries[i];
        for (size_t j = 0; entry->options.enabled && j < entry->dependency_count; j++) {
            const char *symbol = entry->dependencies[j].name;
            if (entry->dependencies[j].kind != DEPENDS_CALL) continue;
            if (has_section(symbol) || is_wanted(start, symbol)) continue;
            struct depends **clears = clears_of(start, symbol);
            if (!clears) continue;
            want(start, &(struct wanted){.symbol = symbol, .bind = trigger_bind, .data = clears});
        }
    }
}

static bool make_sections(struct start *start)
{
    size_t calls = 0;
    for (size_t i = 0; i < config.entry_count; i++)
        calls += config.entries[i].dependency_count;
    size_t limit = config.entry_count + calls + LEAVE_WANTED;
    start->wanted = pool_alloc(&config.pool, limit * sizeof(*start->wanted));
    start->sections = pool_alloc(&config.pool, config.entry_count * sizeof(*start->sections));
    if (!start->wanted || !start->sections) return false;
    for (size_t i = 0; i < config.entry_count; i++) {
        const struct entry *entry = &config.entries[i];
        start->sections[i].entry = entry;
        if (entry->options.enabled &&
            !depends_make(&start->sections[i].depends, entry, &config.pool))
            return false;
    }
    want_sections(start);
    want_triggers(start);
    return !start->failed;
}

static void seed_hash(void)
{
    uint64_t seed = arch_clock() ^ (uintptr_t)&seed;
    if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
        seed *= 0x9e3779b97f4a7c15ull; /* early boot: the clock and the stack's place must do */
    table_seed(seed);
}

static void begin(const char *program)
{
    struct start start = {0};
    seed_hash();
    thread_start();
    stack_start();
    fork_start();
    if (!make_sections(&start)) {
        message(LOG_WARNING, "no memory for the config; nothing is cached");
        return;
    }
    if (config.process.stats) {
        stats_start(config.process.stats, program);
        start.count += leave_wanted(start.wanted + start.count);
    }
    arena_limit(config.process.maxmemory);
    arena_charge(config.pool.bytes);
    if (!start.count) return;
    int error = rebind_start(start.wanted, start.count);
    if (error) message(LOG_WARNING, "references can't be rebound (%s); nothing is cached", strerror(error));
}

__attribute__((constructor)) static void memo_start(void)
{
    int saved = errno;
    output_start();
    const char *program = program_name();
    struct diagnostics diagnostics = {.report = report};
    struct config_request request = {
        .program = program,
        .environment = getauxval(AT_SECURE) ? NULL : environ,
    };
    config_load(&config, &request, &diagnostics);
    message_level(config.process.log);
    if (!config.process.disable) begin(program);
    errno = saved;
}

__attribute__((destructor)) static void memo_end(void)
{
    stats_write();
}
