/* References of one page are given back by several threads and a signal handler at once, while a
 * plug-in is opened and closed and children are forked. Every answer is checked, and that nobody
 * finds a page left writable. restored PLUGIN */
#include "many.h"
#include "relro.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define THREADS  3
#define ROUNDS   20
#define CHILDREN 5

static const char *plugin_path;
static unsigned long wrong;
static pthread_barrier_t start;

/* Each through a reference of this program. */
#define CALLER(number)                                                                             \
    static double call_##number(double x)                                                          \
    {                                                                                              \
        return many_##number(x) - 1##number;                                                       \
    }
MANY_ALL(CALLER)
#define ENTRY(number) call_##number,
static double (*const callers[MANY])(double) = {MANY_ALL(ENTRY)};

static void check(unsigned which)
{
    if (callers[which % MANY](which) != which) __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
}

static void interrupt(int signal)
{
    static unsigned next;
    (void)signal;
    check(__atomic_add_fetch(&next, 1, __ATOMIC_RELAXED));
}

static void call_all(unsigned first)
{
    for (unsigned i = 0; i < MANY; i++)
        for (unsigned round = 0; round < ROUNDS; round++)
            check(first + i);
}

/* All at once, from different ends. */
static void *caller(void *first)
{
    pthread_barrier_wait(&start);
    call_all((unsigned)(size_t)first);
    return NULL;
}

static void *open_and_close(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        void *plugin = dlopen(plugin_path, RTLD_NOW);
        double (*run)(int) = (double (*)(int))dlsym(plugin, "plugin_run");
        if (run(2) == 0) abort();
        dlclose(plugin);
    }
    return NULL;
}

static void fork_child(void)
{
    int status;
    pid_t child = fork();
    if (child == 0) {
        unsigned long before = wrong;
        call_all(0);
        _exit(wrong != before || relro_writable(&(int){0}) != 0);
    }
    if (waitpid(child, &status, 0) != child || status != 0) wrong++;
}

int main(int argc, char **argv)
{
    pthread_t threads[THREADS + 1];
    const struct itimerval often = {{0, 100}, {0, 100}}, never = {{0, 0}, {0, 0}};
    if (argc < 2) return 2;
    plugin_path = argv[1];
    int ranges, writable = relro_writable(&ranges);
    sigaction(SIGALRM, &(struct sigaction){.sa_handler = interrupt, .sa_flags = SA_RESTART}, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    pthread_barrier_init(&start, NULL, THREADS);
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, caller, (void *)(i * MANY / THREADS));
    pthread_create(&threads[THREADS], NULL, open_and_close, NULL);
    for (int i = 0; i < CHILDREN; i++)
        fork_child();
    for (int i = 0; i <= THREADS; i++)
        pthread_join(threads[i], NULL);
    setitimer(ITIMER_REAL, &never, NULL);
    call_all(0);
    writable += relro_writable(&ranges);
    printf("wrong %lu writable %d\n", wrong, writable);
    return wrong || writable;
}
