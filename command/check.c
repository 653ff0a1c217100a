/* memoize check: reads a config as libmemo.so would, and a program as the dynamic linker would. */
#include "check.h"

#include "arguments.h"
#include "command.h"
#include "output.h"
#include "words.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help_text[] =
    "Usage: memoize check [OPTION...] [PROGRAM]\n"
    "Explains a config: every value and where it comes from, every prototype as it is understood,\n"
    "all errors at once. With a PROGRAM also: which objects import each function, which object "
    "and\n"
    "version provides it, and whether it will be cached, or why not. PROGRAM is not run.\n"
    "\n"
    "  -c, --config=FILE           the config; without it, the one that PROGRAM would get\n"
    "  -s, --symbol=NAME[=SIZE]    as of memoize run; may be repeated\n"
    "      --json                  the same as one line of JSON\n"
    "      --options               list all options of the config language instead\n"
    "      --catalogue             list the functions that need no prototype instead\n"
    "      --color=WHEN            auto, always or never\n"
    "  -h, --help, --version\n"
    "\n"
    "  memoize check -c memo.conf                 is it right, and what does it say?\n"
    "  memoize check -c memo.conf /usr/bin/gawk   what will it catch?\n"
    "  memoize check -s pow -s exp ./model --json | jq -r '.sections[].verdict'\n"
    "\n"
    "Exit status: 0; 2 if the config has errors or PROGRAM can't be examined.\n";

enum { LONG_JSON = 256, LONG_OPTIONS, LONG_CATALOGUE, LONG_COLOR, LONG_VERSION };

static const struct argument options[] = {
    {"config", 'c', TAKES_VALUE},
    {"symbol", 's', TAKES_VALUE},
    {"json", LONG_JSON, TAKES_NOTHING},
    {"options", LONG_OPTIONS, TAKES_NOTHING},
    {"catalogue", LONG_CATALOGUE, TAKES_NOTHING},
    {"color", LONG_COLOR, TAKES_VALUE},
    {"help", 'h', TAKES_NOTHING},
    {"version", LONG_VERSION, TAKES_NOTHING},
    {0},
};

/* A handle stands for what lies behind it only as long as nothing changes that; `depends = none`,
 * written out, says that nothing does. */
static void warn_of_handles(struct check *check, const struct entry *entry)
{
    const struct signature *signature = entry->signature;

    if (!signature || !entry->options.enabled || entry->dependency_count > 0 ||
        entry->origins[OPTION_DEPENDS].kind != ORIGIN_DEFAULT)
        return;
    for (unsigned i = 0; i < signature->parameter_count; i++) {
        if (signature->parameters[i].passing != PASS_HANDLE) continue;
        struct pool *pool = &check->settings.pool;
        settings_warn(&check->loaded, entry->place,
                      output_format(pool,
                                    "[%s] takes the handle %s, and no depends names what changes "
                                    "or destroys it: write depends = call:SYMBOL, ..., or depends "
                                    "= none if nothing does",
                                    entry->symbol, words_parameter_name(pool, signature, i)));
        return;
    }
}

/* MEMO_CONFG=... does nothing, and nobody would ever say so. */
static void warn_of_variables(struct check *check)
{
    extern char **environ;

    for (char **variable = environ; *variable; variable++) {
        size_t length = strcspn(*variable, "=");
        bool known = strncmp(*variable, "MEMO_CONFIG=", 12) == 0 ||
                     strncmp(*variable, "MEMO_SYMBOLS=", 13) == 0;
        if (known || strncmp(*variable, "MEMO_", 5) != 0) continue;
        for (size_t i = 0; i < PROCESS_OPTION_COUNT && !known; i++) {
            const char *name = process_option_table[i].environment;
            known = name && strlen(name) == length && strncmp(*variable, name, length) == 0;
        }
        if (!known)
            settings_warn(&check->loaded, (struct place){0},
                          output_format(&check->settings.pool,
                                        "no option reads the environment variable %.*s",
                                        (int)length, *variable));
    }
}

/* Finds the program and what it loads; says why not, and returns false. */
static bool examine_program(struct check *check)
{
    char path[PATH_MAX];
    int error = program_find(check->name, path);

    /* A library has no need to be executable. */
    if (error == EACCES && strchr(check->name, '/')) error = 0;
    if (error == 0) error = program_inspect(&check->program, path);
    if (error) {
        output_error("'%s': %s", check->name,
                     error == ENOEXEC ? "neither an ELF file nor a script" : strerror(error));
        return false;
    }
    if (check->program.obstacle != OBSTACLE_NONE) return true;
    if (objects_load(&check->objects, &check->settings.pool, check->program.loader,
                     check->program.path))
        return true;
    output_error("'%s': its loader %s does not list what it loads", check->name,
                 check->program.loader);
    return false;
}

static bool reach_verdicts(struct check *check)
{
    const struct config *config = &check->loaded.config;

    check->verdicts = calloc(config->entry_count + 1, sizeof(check->verdicts[0]));
    if (!check->verdicts) {
        output_error("out of memory");
        return false;
    }
    for (size_t i = 0; i < config->entry_count; i++)
        verdict_reach(&check->verdicts[i], &check->settings.pool, &config->entries[i], config,
                      &check->program, &check->objects);
    return true;
}

/* Of the catalogue's choice, which is long, what the program has a use for. */
static void leave_out_strangers(struct check *check)
{
    struct config *config = &check->loaded.config;
    size_t kept = 0;

    if (!config->choice || !check->name) return;
    for (size_t i = 0; i < config->entry_count; i++) {
        if (check->verdicts[i].import_count == 0) continue;
        config->entries[kept] = config->entries[i];
        check->verdicts[kept++] = check->verdicts[i];
    }
    config->entry_count = kept;
}

static int run_check(struct check *check, bool json)
{
    if (check->name && !examine_program(check)) return EXIT_TROUBLE;
    settings_load(&check->settings, &check->loaded,
                  check->name ? basename(check->program.path) : "");
    for (size_t i = 0; i < check->loaded.config.entry_count; i++)
        warn_of_handles(check, &check->loaded.config.entries[i]);
    warn_of_variables(check);
    if (check->name && !reach_verdicts(check)) return EXIT_TROUBLE;
    leave_out_strangers(check);
    if (json) {
        check_print_json(check);
    } else {
        check_print_text(check);
    }
    int status = output_close();
    if (!json) settings_print_findings(&check->loaded);
    return check->loaded.diagnostics.errors > 0 ? EXIT_TROUBLE : status;
}

static int print_list(struct pool *pool, int list, bool json)
{
    if (list == LONG_OPTIONS) {
        if (json) {
            check_print_options_json();
        } else {
            check_print_options_text(pool);
        }
    } else {
        if (json) {
            check_print_catalogue_json(pool);
        } else {
            check_print_catalogue_text(pool);
        }
    }
    return output_close();
}

int check_main(int argc, char **argv)
{
    static struct check check;
    struct arguments arguments;
    bool json = false;
    int list = 0;

    argv[0] = "memoize check";
    output_colour("auto");
    for (int code;
         (code = arguments_next(&arguments, argc, argv, options, false)) != ARGUMENTS_END;) {
        switch (code) {
        case 'c':
            check.settings.file = arguments.value;
            break;
        case 's':
            if (!settings_symbol(&check.settings, arguments.value)) return EXIT_TROUBLE;
            break;
        case LONG_JSON:
            json = true;
            break;
        case LONG_OPTIONS:
        case LONG_CATALOGUE:
            list = code;
            break;
        case LONG_COLOR:
            if (output_colour(arguments.value)) break;
            output_error("--color=%s: write auto, always or never", arguments.value);
            return EXIT_TROUBLE;
        case 'h':
            fputs(help_text, stdout);
            return output_close();
        case LONG_VERSION:
            return output_version();
        default:
            return EXIT_TROUBLE;
        }
    }
    if (argc - arguments.rest > 1) {
        output_error("check: one program at a time, not also '%s'", argv[arguments.rest + 1]);
        return EXIT_TROUBLE;
    }
    if (list) return print_list(&check.settings.pool, list, json);
    check.name = argv[arguments.rest];
    return run_check(&check, json);
}
