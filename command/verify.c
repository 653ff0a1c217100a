/* memoize verify: runs a program with every hit verified, and tells whether any differed. */
#include "command.h"

#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char help_text[] =
    "Usage: memoize verify [OPTION...] [--] PROGRAM [ARGUMENT...]\n"
    "Runs PROGRAM as `memoize run` does, and on every hit calls the function, too. A result that\n"
    "differs from the one cached is told on stderr, with its arguments: such a function is not "
    "pure\n"
    "and must not be cached. The program gets the true results.\n"
    "\n"
    "  -c, --config=FILE           as for `memoize run`\n"
    "  -s, --symbol=NAME[=SIZE]    likewise; may be repeated\n"
    "  -h, --help, --version\n"
    "\n"
    "  memoize verify -c memo.conf ./model && echo all pure\n"
    "\n"
    "Exit status: 1 if any result differed; else that of PROGRAM, or 125 to 127 as for run.\n";

/* The child: `memoize run --verify --stats=FILE`, and what the user gave. */
static void become_run(const char *report, int argc, char **argv)
{
    char **arguments = calloc((size_t)argc + 3, sizeof(*arguments));
    char stats[256];
    if (!arguments) _exit(EXIT_RUN_FAILED);
    snprintf(stats, sizeof(stats), "--stats=%s", report);
    arguments[0] = argv[0];
    arguments[1] = "--verify";
    arguments[2] = stats;
    memcpy(arguments + 3, argv + 1, (size_t)(argc - 1) * sizeof(*arguments));
    exit(run_main(argc + 2, arguments));
}

/* Sums a figure over all processes and symbols of a report: our own JSON, one line each. */
static unsigned long long report_sum(const char *text, const char *field)
{
    unsigned long long sum = 0;
    for (const char *at = text; (at = strstr(at, field)); at += strlen(field))
        sum += strtoull(at + strlen(field), NULL, 10);
    return sum;
}

static char *read_file(const char *path)
{
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");
    if (!file) return NULL;
    if (getdelim(&text, &room, '\0', file) < 0 && text) *text = '\0';
    fclose(file);
    return text;
}

static int judge(const char *report, int status)
{
    char *text = read_file(report);
    unsigned long long verified = text ? report_sum(text, "\"verified\":") : 0;
    unsigned long long different = text ? report_sum(text, "\"different\":") : 0;
    free(text);
    if (different) {
        fprintf(stderr, "memoize: %llu of %llu verified hits differed: not all is pure\n",
                different, verified);
        return 1;
    }
    if (verified)
        fprintf(stderr, "memoize: %llu hits verified, all the same\n", verified);
    else
        fprintf(stderr, "memoize: nothing was verified: no call was a hit\n");
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int verify_main(int argc, char **argv)
{
    char report[] = "/tmp/memoize-verify.XXXXXX.json";
    int status;
    argv[0] = "memoize verify";
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
        fputs(help_text, stdout);
        return output_close();
    }
    if (argc > 1 && strcmp(argv[1], "--version") == 0) return output_version();
    int file = mkstemps(report, strlen(".json"));
    if (file < 0) {
        output_error("no temporary file can be made: %s", strerror(errno));
        return EXIT_RUN_FAILED;
    }
    close(file);
    pid_t child = fork();
    if (child == 0) become_run(report, argc, argv);
    bool ended = child > 0 && waitpid(child, &status, 0) == child;
    if (!ended) output_error("verify: %s", strerror(errno));
    int code = ended ? judge(report, status) : EXIT_RUN_FAILED;
    unlink(report);
    return code;
}
