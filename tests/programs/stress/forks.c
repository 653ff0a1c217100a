/* A thousand forks, vforks and spawns of a parent whose threads never stop calling. Children call,
 * and end by exit, _exit or exec. */
#include "stress/stress.h"

#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FORKS = 1000 };

extern char **environ;

static atomic_bool stop;

static void *caller(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    while (!stop)
        for (int i = 0; i < 1000; i++)
            stress_plain(stress_random(&state) % (i % 2 ? 100 : 8000));
    return NULL;
}

/* A child's calls are no part of what the parent counts: plain() itself, by its own count. */
static void child_calls(unsigned number)
{
    for (uint64_t key = 0; key < 50; key++)
        if (plain(key + number) != work_scrambled(9, key + number)) _exit(1);
}

static pid_t spawn(unsigned number)
{
    char *arguments[] = {"stress", "child", "0", NULL};
    pid_t child = -1;
    if (number % 10 == 9) {
        posix_spawn(&child, stress_self, NULL, NULL, arguments, environ);
    } else if (number % 10 == 8) {
        child = vfork();
        if (child == 0) {
            execv(stress_self, arguments);
            _exit(127);
        }
    } else {
        child = fork();
        if (child) return child;
        child_calls(number);
        if (number % 3 == 0) execv(stress_self, arguments);
        if (number % 3 == 1) _exit(0);
        exit(0);
    }
    return child;
}

void stress_forks(void)
{
    pthread_t threads[4];
    for (long i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, caller, (void *)i);
    for (unsigned i = 0; i < FORKS; i++) {
        int status = -1;
        waitpid(spawn(i), &status, 0);
        if (status != 0) stress_wrong("status of a child", (uint64_t)status, 0);
    }
    stop = true;
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}
