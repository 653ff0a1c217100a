/* memoize run: sets the environment for libmemo.so, looks whether it can take effect, and becomes
 * the program. */
#include "command.h"

#include "arguments.h"
#include "output.h"
#include "program.h"
#include "settings.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char help_text[] =
    "Usage: memoize run [OPTION...] [--] PROGRAM [ARGUMENT...]\n"
    "Runs PROGRAM with libmemo.so preloaded, and its children too. Repeated calls of the "
    "functions\n"
    "that the config names are answered from a cache; all else is as ever.\n"
    "\n"
    "  -c, --config=FILE           the config; without it, see memo.conf(5) for where it is "
    "sought\n"
    "  -s, --symbol=NAME[=SIZE]    cache this function too, SIZE entries of it; may be repeated;\n"
    "                              its prototype comes from the config or the catalogue\n"
    "      --stats[=FILE]          report when the program ends, to stderr or to FILE: %p in it "
    "is\n"
    "                              the process id, %n the program's name; JSON if it ends in "
    ".json\n"
    "      --verify                call the functions on every hit, too, and compare\n"
    "      --strict                fail where nothing would be cached: a bad config, a program\n"
    "                              that can't be helped; otherwise it runs as it is, and says so\n"
    "      --print-env             print the environment for a shell instead of running anything\n"
    "  -h, --help, --version\n"
    "\n"
    "  memoize run -s tgamma --stats ./model\n"
    "  memoize run -c memo.conf --stats=%n.%p.json -- make report\n"
    "  eval \"$(memoize run --print-env -c memo.conf)\"    for the rest of this shell\n"
    "\n"
    "Exit status: that of PROGRAM; 125 if memoize fails, 126 if PROGRAM can't be started, 127 if "
    "it\n"
    "isn't found.\n";

struct run {
    struct settings settings;
    const char *stats;
    bool strict, print, verify;
};

enum { LONG_STATS = 256, LONG_STRICT, LONG_PRINT, LONG_VERIFY, LONG_VERSION };

static const struct argument options[] = {
    {"config", 'c', TAKES_VALUE},
    {"symbol", 's', TAKES_VALUE},
    {"stats", LONG_STATS, TAKES_OPTIONAL},
    {"strict", LONG_STRICT, TAKES_NOTHING},
    {"print-env", LONG_PRINT, TAKES_NOTHING},
    {"verify", LONG_VERIFY, TAKES_NOTHING},
    {"help", 'h', TAKES_NOTHING},
    {"version", LONG_VERSION, TAKES_NOTHING},
    {0},
};

/* Where libmemo.so is: beside this command as built, or as installed; found from the command's own
 * file, so that a tree may be moved. */
static bool find_library(char path[static PATH_MAX])
{
    static const char *const beside[] = {"libmemo.so", "../lib/libmemo/libmemo.so"};
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);

    if (length > 0) {
        self[length] = '\0';
        *strrchr(self, '/') = '\0';
        for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
            char candidate[2 * PATH_MAX];
            snprintf(candidate, sizeof(candidate), "%s/%s", self, beside[i]);
            if (access(candidate, R_OK) == 0 && realpath(candidate, path)) return true;
        }
    }
    return access(MEMO_LIBDIR "/libmemo.so", R_OK) == 0 &&
           realpath(MEMO_LIBDIR "/libmemo.so", path);
}

/* Where `path` stands among the words of `list`, which blanks and colons part; or NULL. */
static const char *list_find(const char *list, const char *path)
{
    size_t length = strlen(path);

    for (const char *word = list; *word;) {
        size_t size = strcspn(word, ": ");
        if (size == length && memcmp(word, path, length) == 0) return word;
        word += size + strspn(word + size, ": ");
    }
    return NULL;
}

/* LD_PRELOAD with our library in it, last: a sanitizer's must stay first. */
static const char *preload_with(struct pool *pool, const char *library)
{
    const char *before = getenv("LD_PRELOAD");

    if (!before || !*before) return library;
    if (list_find(before, library)) return before;
    char separator = strchr(before, ' ') ? ' ' : ':';
    return output_format(pool, "%s%c%s", before, separator, library);
}

/* Undoes preload_with(), for a `memoize run` inside another. */
static bool take_library_out(struct run *run)
{
    const char *before = getenv("LD_PRELOAD");
    char library[PATH_MAX];

    if (!before || !find_library(library)) return true;
    const char *found = list_find(before, library);
    if (!found) return true;
    const char *after = found + strlen(library);
    const char *rest = output_format(&run->settings.pool, "%.*s%s", (int)(found - before), before,
                                     after + (*after != '\0'));
    return setenv("LD_PRELOAD", rest, 1) == 0;
}

static bool set_environment(struct run *run)
{
    struct pool *pool = &run->settings.pool;
    char library[PATH_MAX];

    if (!find_library(library)) {
        output_error("libmemo.so is neither beside this command nor in " MEMO_LIBDIR);
        return false;
    }
    if (strpbrk(library, ": ")) {
        output_error("'%s' cannot be preloaded: its path has a blank or a colon", library);
        return false;
    }
    const char *preload = preload_with(pool, library);
    return setenv("LD_PRELOAD", preload, 1) == 0 &&
           (!run->settings.file || setenv("MEMO_CONFIG", run->settings.file, 1) == 0) &&
           (!run->settings.symbols || setenv("MEMO_SYMBOLS", run->settings.symbols, 1) == 0) &&
           (!run->stats || setenv("MEMO_STATS", run->stats, 1) == 0) &&
           (!run->verify || setenv("MEMO_VERIFY", "1", 1) == 0);
}

/* Single quotes stand for themselves in a shell, but for the single quote. */
static void print_variable(const char *name)
{
    const char *value = getenv(name);

    if (!value) return;
    printf("export %s='", name);
    for (; *value; value++) {
        if (*value == '\'') {
            fputs("'\\''", stdout);
        } else {
            putchar(*value);
        }
    }
    puts("'");
}

static int print_environment(void)
{
    static const char *const names[] = {"LD_PRELOAD", "MEMO_CONFIG", "MEMO_SYMBOLS", "MEMO_STATS",
                                        "MEMO_VERIFY"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        print_variable(names[i]);
    return output_close() == EXIT_FINE ? EXIT_FINE : EXIT_RUN_FAILED;
}

/* Says, in one line, that libmemo.so can't be loaded into the program. */
static void tell_obstacle(const struct run *run, const char *name, const struct program *program)
{
    const char *rest = run->strict ? "" : "; it runs as it is";

    if (*program->script) {
        output_error("'%s' is run by %s, which %s: nothing can be cached%s", name, program->path,
                     program->reason, rest);
    } else {
        output_error("'%s' %s: nothing can be cached%s", name, program->reason, rest);
    }
}

/* With --strict the config is read here first; otherwise its errors are libmemo.so's to tell. */
static bool config_is_good(struct run *run, const char *path)
{
    static struct loaded loaded;

    settings_load(&run->settings, &loaded, basename(path));
    if (loaded.diagnostics.errors == 0 && loaded.config.entry_count > 0) return true;
    settings_print_findings(&loaded);
    if (loaded.diagnostics.errors == 0) output_error("no config names a function to cache");
    return false;
}

/* Returns only if it fails: an errno value. What is no binary, and no script with `#!`, is one for
 * the shell, as execvp(3) has it. */
static int become(const char *path, char **argv)
{
    execv(path, argv);
    if (errno == ENOEXEC && !program_is_binary(path)) execvp(argv[0], argv);
    return errno;
}

/* Sees to it that libmemo.so is loaded, where it can be. False if that is fatal.
 *
 * The environment is set in most cases where it can't, too: a child of the program may have use for
 * it. But another C library's loader may take LD_PRELOAD and give up on what is made for glibc. */
static bool prepare(struct run *run, const char *name, const char *path)
{
    struct program program;
    bool known = program_inspect(&program, path) == 0;

    if (known && program.obstacle != OBSTACLE_NONE) {
        tell_obstacle(run, name, &program);
        if (run->strict) return false;
        if (program.obstacle == OBSTACLE_LIBC) return take_library_out(run);
    }
    return (!run->strict || config_is_good(run, path)) && set_environment(run);
}

static int run_program(struct run *run, char **argv)
{
    char path[PATH_MAX];
    int error = program_find(argv[0], path);

    if (error == 0) {
        if (!prepare(run, argv[0], path)) return EXIT_RUN_FAILED;
        error = become(path, argv);
    }
    output_error("'%s': %s", argv[0], strerror(error));
    return error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE;
}

static void set_stats(struct run *run, const char *value)
{
    if (!value || !*value || strcmp(value, "stderr") == 0) {
        run->stats = "stderr";
    } else {
        run->stats = settings_absolute(&run->settings, value);
    }
}

int run_main(int argc, char **argv)
{
    struct run run = {0};
    struct arguments arguments;

    argv[0] = "memoize run";
    for (int code;
         (code = arguments_next(&arguments, argc, argv, options, true)) != ARGUMENTS_END;) {
        switch (code) {
        case 'c':
            run.settings.file = settings_absolute(&run.settings, arguments.value);
            break;
        case 's':
            if (!settings_symbol(&run.settings, arguments.value)) return EXIT_RUN_FAILED;
            break;
        case LONG_STATS:
            set_stats(&run, arguments.value);
            break;
        case LONG_STRICT:
            run.strict = true;
            break;
        case LONG_VERIFY:
            run.verify = true;
            break;
        case LONG_PRINT:
            run.print = true;
            break;
        case 'h':
            fputs(help_text, stdout);
            return output_close();
        case LONG_VERSION:
            return output_version();
        default:
            return EXIT_RUN_FAILED;
        }
    }
    if (run.print) return set_environment(&run) ? print_environment() : EXIT_RUN_FAILED;
    if (arguments.rest == argc) {
        output_error("run: a program is missing; try 'memoize run --help'");
        return EXIT_RUN_FAILED;
    }
    return run_program(&run, argv + arguments.rest);
}
