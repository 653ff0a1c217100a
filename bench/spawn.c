/* spawn ROUNDS PROGRAM NAME=PRELOAD[,CONFIG]...: starts PROGRAM with each library preloaded, in
 * turn, and waits for it: a column of nanoseconds for each NAME, one line a round. */
#include "clock.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum { MOST = 8 };

static char *environments[MOST][4];

struct figures {
    double wall, cpu;
};

/* NAME=PRELOAD[,CONFIG] to an environment; prints the names of its columns */
static void parse(char *text, char **environment)
{
    char *preload = strchr(text, '='), *config = preload ? strchr(preload, ',') : NULL;
    int next = 0;
    if (!preload) exit(2);
    if (config) {
        *config++ = '\0';
        if (asprintf(&environment[next++], "MEMO_CONFIG=%s", config) < 0) exit(1);
    }
    *preload++ = '\0';
    printf("%s\t%s_cpu", text, text);
    if (asprintf(&environment[next++], "LD_PRELOAD=%s", preload) < 0) exit(1);
    environment[next++] = "HOME=/nonexistent";
}

static double ns_of(struct timeval time)
{
    return (double)time.tv_sec * 1e9 + (double)time.tv_usec * 1e3;
}

static struct figures start(char *program, char **environment)
{
    char *arguments[] = {program, NULL};
    struct rusage usage;
    pid_t child;
    int status;
    double began = wall_ns();
    if (posix_spawn(&child, program, NULL, NULL, arguments, environment) != 0) exit(1);
    if (wait4(child, &status, 0, &usage) != child || status != 0) exit(1);
    return (struct figures){wall_ns() - began, ns_of(usage.ru_utime) + ns_of(usage.ru_stime)};
}

int main(int argc, char **argv)
{
    int ways = argc - 3;
    if (ways < 1 || ways > MOST || !pin(0)) return 2;
    for (int way = 0; way < ways; way++) {
        parse(argv[3 + way], environments[way]);
        putchar(way + 1 < ways ? '\t' : '\n');
    }
    for (int round = -3; round < atoi(argv[1]); round++) {
        struct figures figures[MOST];
        for (int k = 0; k < ways; k++) {
            int way = (round + 3 + k) % ways;
            figures[way] = start(argv[2], environments[way]);
        }
        for (int way = 0; way < ways && round >= 0; way++) /* three rounds warm up */
            printf("%.0f\t%.0f%c", figures[way].wall, figures[way].cpu,
                   way + 1 < ways ? '\t' : '\n');
    }
    return 0;
}
