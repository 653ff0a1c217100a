/* memoize: one command, its verbs. */
#include "command.h"

#include "output.h"

#include <stdio.h>
#include <string.h>

static const struct verb {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *help;
} verbs[] = {
    {"run", run_main, "run a program with repeated calls answered from a cache"},
    {"verify", verify_main, "run a program and tell whether what it caches is pure"},
    {"check", check_main, "explain a config, and what it will catch in a program"},
};

#define VERB_COUNT (sizeof(verbs) / sizeof(verbs[0]))

static const char help_head[] =
    "Usage: memoize VERB [OPTION...]\n"
    "Makes programs faster that call pure library functions again and again with the same\n"
    "arguments: libmemo.so, preloaded, answers such calls from a cache.\n"
    "\n";

static const char help_tail[] =
    "\n"
    "Try this:\n"
    "  memoize run -s tgamma --stats ./model      cache one function, see what it saved\n"
    "  memoize check -c memo.conf ./model         what would be cached, and why not the rest\n"
    "\n"
    "`memoize VERB --help` tells more; memoize(1), memo.conf(5) and libmemo(7) tell all.\n";

static int help(void)
{
    fputs(help_head, stdout);
    for (size_t i = 0; i < VERB_COUNT; i++)
        printf("  %-8s %s\n", verbs[i].name, verbs[i].help);
    fputs(help_tail, stdout);
    return output_close();
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        output_error("a verb is missing: run, verify or check; try 'memoize --help'");
        return EXIT_TROUBLE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return help();
    if (strcmp(argv[1], "--version") == 0) return output_version();
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (strcmp(argv[1], verbs[i].name) == 0) return verbs[i].main(argc - 1, argv + 1);
    output_error("no verb '%s': there are run, verify and check; try 'memoize --help'", argv[1]);
    return EXIT_TROUBLE;
}
