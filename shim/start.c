/* Where everything begins: the constructor reads the config, makes the list of what is wanted and
 * has the references rebound. It runs after the constructors of all libraries and before those of
 * the program. Whatever fails, the program runs on without us. */
#include "arch/arch.h"
#include "cache/arena.h"
#include "cache/hash.h"
#include "call/shares.h"
#include "call/verify.h"
#include "choice.h"
#include "config/config.h"
#include "fork.h"
#include "glibc.h"
#include "report/message.h"
#include "report/output.h"
#include "report/stats.h"
#include "stack.h"
#include "thread.h"
#include "wanted.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/random.h>
#include <unistd.h>

extern char **environ;

static struct config config;

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
    static char name[NAME_MAX + 1];
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[length > 0 ? length : 0] = '\0';
    const char *executed = length > 0 ? path : (const char *)getauxval(AT_EXECFN);
    snprintf(name, sizeof(name), "%s", executed ? rebind_file_name(executed) : "unknown");
    return name;
}

static void seed_hash(void)
{
    uint64_t seed = arch_clock() ^ (uintptr_t)&seed;
    if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != sizeof(seed))
        seed *= 0x9e3779b97f4a7c15ull; /* early boot: the clock and the stack's place must do */
    hash_seed(seed);
}

static void begin(const char *program)
{
    struct wanted *wanted;
    size_t count;
    seed_hash();
    thread_start();
    shares_start();
    stack_start();
    fork_start();
    arena_limit(config.process.maxmemory);
    if (config.process.verify) verify_all();
    if (!wanted_make(&config, &wanted, &count)) {
        message(LOG_WARNING, "no memory for the config; nothing is cached");
        return;
    }
    arena_charge(config.pool.bytes);
    if (config.process.stats) stats_start(config.process.stats, program, config.choice);
    if (!count) return;
    const struct supply *supply = config.choice ? &choice_supply : NULL;
    int error = rebind_start(wanted, count, supply, &config.pool);
    choice_started();
    if (error)
        message(LOG_WARNING, "references can't be rebound (%s); nothing is cached",
                glibc_error(error));
}

static void ignore(struct diagnostics *self, enum severity severity, struct place place,
                   const char *text)
{
    (void)self;
    (void)severity;
    (void)place;
    (void)text;
}

/* MEMO_LOG speaks for the messages about the config too; a bad value is reported with them. */
static void early_level(void)
{
    struct diagnostics diagnostics = {.report = ignore};
    struct process_options options = {.log = LOG_WARNING};
    const struct option *option = &process_option_table[OPTION_LOG];
    const char *text = secure_getenv(option->environment);
    if (text && option_set(option, &options, text, &config.pool, (struct place){0}, &diagnostics))
        message_level(options.log);
}

__attribute__((constructor)) static void memo_start(void)
{
    int saved = errno;
    if (!glibc_is_here()) return;
    output_start();
    early_level();
    const char *program = program_name();
    static struct diagnostics diagnostics = {.report = report};
    struct config_request request = {
        .program = program,
        .environment = getauxval(AT_SECURE) ? NULL : environ,
        .running = !message_wanted(LOG_INFO), /* who asks is told of every error at once */
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
