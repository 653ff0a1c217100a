/* spawn ROUNDS PROGRAM NAME=PRELOAD[,CONFIG]...: starts PROGRAM with each library preloaded, in
 * turn, and waits for it: a column of nanoseconds for each NAME, one line a round. */
#include "clock.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { MOST = 8 };

static char *environments[MOST][4];

/* NAME=PRELOAD[,CONFIG] to an environment; prints the name */
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
    fputs(text, stdout);
    if (asprintf(&environment[next++], "LD_PRELOAD=%s", preload) < 0) exit(1);
    environment[next++] = "HOME=/nonexistent";
}

static double start_ns(char *program, char **environment)
{
    char *arguments[] = {program, NULL};
    pid_t child;
    int status;
    double start = wall_ns();
    if (posix_spawn(&child, program, NULL, NULL, arguments, environment) != 0) exit(1);
    if (waitpid(child, &status, 0) != child || status != 0) exit(1);
    return wall_ns() - start;
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
        double figures[MOST];
        for (int k = 0; k < ways; k++) {
            int way = (round + 3 + k) % ways;
            figures[way] = start_ns(argv[2], environments[way]);
        }
        for (int way = 0; way < ways && round >= 0; way++) /* three rounds warm up */
            printf("%.0f%c", figures[way], way + 1 < ways ? '\t' : '\n');
    }
    return 0;
}
