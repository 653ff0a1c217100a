/* children CASE: what processes made by fork, vfork and posix_spawn see of the parent's cache. */
#include "check.h"
#include "lru/library.h"

#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char *self;

static void call_all(unsigned long keys)
{
    for (unsigned long key = 0; key < keys; key++)
        scramble(key);
}

static int finish(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

/* The child has the parent's 100 entries, and what it adds is its own. */
static void case_inherits(void)
{
    call_all(100);
    pid_t child = fork();
    if (child == 0) {
        unsigned long before = originals_ran();
        call_all(100);
        if (originals_ran() != before) exit(1);
        call_all(150);
        exit(originals_ran() == before + 50 ? 0 : 2);
    }
    CHECK(finish(child) == 0);
    unsigned long before = originals_ran();
    call_all(100);
    CHECK(originals_ran() == before);
}

/* Ten generations: each adds ten keys and forks. */
static void descend(int depth)
{
    call_all((unsigned long)depth * 10);
    if (depth == 10) return;
    pid_t child = fork();
    if (child == 0) {
        descend(depth + 1);
        exit(check_failed);
    }
    CHECK(finish(child) == 0);
}

static void case_generations(void)
{
    descend(1);
}

static atomic_bool stop;

static void *hammer(void *unused)
{
    (void)unused;
    for (unsigned long key = 0; !stop; key = (key + 1) % 5000)
        scramble(key);
    return NULL;
}

/* fork while other threads are anywhere inside a table: the child's cache works. */
static void case_threaded(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, hammer, NULL);
    for (int i = 0; i < 200; i++) {
        pid_t child = fork();
        if (child == 0) {
            unsigned long before;
            scramble(1u << 20);
            before = originals_ran();
            for (int j = 0; j < 100; j++)
                scramble(1u << 20);
            bool hit = originals_ran() == before;
            call_all(6000);
            _exit(hit ? 0 : 1);
        }
        CHECK(finish(child) == 0);
    }
    stop = true;
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}

/* vfork: the child may only call and leave; its calls are made in the parent's memory. */
static void case_vfork(void)
{
    for (int i = 0; i < 300; i++) {
        pid_t child = vfork();
        if (child == 0) {
            scramble(7);
            if (i % 3 == 0) execl(self, "children", "one", (char *)NULL);
            _exit(0);
        }
        CHECK(finish(child) == 0);
        scramble(7);
    }
}

static void case_spawn(void)
{
    char *arguments[] = {"children", "one", NULL};
    for (int i = 0; i < 30; i++) {
        pid_t child;
        CHECK(posix_spawn(&child, self, NULL, NULL, arguments, environ) == 0);
        CHECK(finish(child) == 0);
        CHECK(system("exit 3") == 3 << 8);
        FILE *pipe = popen("echo one", "r");
        char line[16] = "";
        CHECK(fgets(line, sizeof line, pipe) && pclose(pipe) == 0);
        scramble(7);
    }
}

static void case_one(void)
{
    CHECK(scramble(1) == scramble(1));
}

/* Handlers of the program's own that call memoized functions, before, after, in the child. */
static void at_fork(void)
{
    scramble(11);
    scramble(random() % 1000 + 100);
}

static void case_handlers(void)
{
    pthread_atfork(at_fork, at_fork, at_fork);
    for (int i = 0; i < 100; i++) {
        pid_t child = fork();
        if (child == 0) _exit(scramble(11) == scramble(11) ? 0 : 1);
        CHECK(finish(child) == 0);
    }
}

static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    {"inherits", case_inherits}, {"generations", case_generations},
    {"threaded", case_threaded}, {"vfork", case_vfork},
    {"spawn", case_spawn},       {"one", case_one},
    {"handlers", case_handlers},
};

int main(int argc, char **argv)
{
    self = argv[0];
    for (size_t i = 0; argc > 1 && i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(cases[i].name, argv[1]) != 0) continue;
        cases[i].run();
        return check_failed != 0;
    }
    return 2;
}
