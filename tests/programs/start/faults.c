/* faults NAME=VALUE... PROGRAM: how many pages PROGRAM touches for the first time, in that
 * environment alone. */
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
    char *environment[16] = {NULL};
    int at = 1, status;
    for (; at < argc && at < 16 && strchr(argv[at], '='); at++)
        environment[at - 1] = argv[at];
    pid_t child;
    struct rusage usage;
    if (at >= argc || posix_spawn(&child, argv[at], NULL, NULL, argv + at, environment) != 0)
        return 2;
    if (wait4(child, &status, 0, &usage) != child || status != 0) return 1;
    printf("%ld\n", usage.ru_minflt);
    return 0;
}
