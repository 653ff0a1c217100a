/* ending HOW [ARGUMENT]: calls twice() 10 times with 4 keys, then ends as told. */
#include "report/counted.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void make_calls(void)
{
    for (long i = 0; i < 10; i++)
        if (twice(i % 4) != i % 4 * 2) abort();
}

static void close_all(int first)
{
    for (int descriptor = first; descriptor < 65536; descriptor++)
        close(descriptor);
}

static int by_return(char **arguments)
{
    (void)arguments;
    return 7;
}

static int by_exit(char **arguments)
{
    (void)arguments;
    exit(7);
}

static int by_underscore_exit(char **arguments)
{
    (void)arguments;
    _exit(7);
}

static int by_c99_exit(char **arguments)
{
    (void)arguments;
    _Exit(7);
}

static int by_quick_exit(char **arguments)
{
    (void)arguments;
    quick_exit(7);
}

static int by_abort(char **arguments)
{
    (void)arguments;
    abort();
}

static void *leaves(void *unused)
{
    (void)unused;
    exit(7);
}

static int by_thread(char **arguments)
{
    (void)arguments;
    pthread_t thread;
    pthread_create(&thread, NULL, leaves, NULL);
    pthread_exit(NULL);
}

/* The next image: this program once more, ending by return. */
static char *next_image[] = {"ending", "return", NULL};

static int by_execv(char **arguments)
{
    execv(arguments[0], next_image);
    return 99;
}

static int by_execve(char **arguments)
{
    execve(arguments[0], next_image, environ);
    return 99;
}

static int by_execl(char **arguments)
{
    execl(arguments[0], "ending", "return", (char *)NULL);
    return 99;
}

static int by_execlp(char **arguments)
{
    execlp(arguments[0], "ending", "return", (char *)NULL);
    return 99;
}

static int by_execle(char **arguments)
{
    execle(arguments[0], "ending", "return", (char *)NULL, environ);
    return 99;
}

static int by_execvp(char **arguments)
{
    execvp(arguments[0], next_image);
    return 99;
}

static int by_fexecve(char **arguments)
{
    fexecve(open(arguments[0], O_RDONLY | O_CLOEXEC), next_image, environ);
    return 99;
}

/* An exec that fails: the process lives on, makes 5 more calls and ends by return. */
static int by_failed_exec(char **arguments)
{
    (void)arguments;
    execl("/nonexistent/program", "program", (char *)NULL);
    for (long i = 0; i < 5; i++)
        twice(i % 4);
    return 7;
}

static int child_status(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

/* A child that makes 3 calls, hits all of them, and one that makes none. */
static int by_fork(char **arguments)
{
    (void)arguments;
    pid_t child = fork();
    if (child == 0) {
        for (long i = 0; i < 3; i++)
            twice(i);
        return 0;
    }
    pid_t idle = fork();
    if (idle == 0) return 0;
    return child_status(child) + child_status(idle) + 7;
}

/* vfork's child shares the parent's memory: its calls are the parent's, its end is no report. */
static int by_vfork(char **arguments)
{
    for (int i = 0; i < 2; i++) {
        pid_t child = vfork();
        if (child == 0) {
            twice(1);
            if (i) execv(arguments[0], next_image);
            _exit(0);
        }
        child_status(child);
    }
    return 7;
}

static int by_spawn(char **arguments)
{
    pid_t child;
    posix_spawn(&child, arguments[0], NULL, NULL, next_image, environ);
    return child_status(child) == 7 ? 7 : 97;
}

static int by_closing_all(char **arguments)
{
    (void)arguments;
    close_all(0);
    return 7;
}

static int by_closing_stderr(char **arguments)
{
    (void)arguments;
    close(STDERR_FILENO);
    return 7;
}

/* stderr becomes a file of the program's own, in which nobody else has to write. */
static int by_redirecting(char **arguments)
{
    int file = open(arguments[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(file, STDERR_FILENO);
    fprintf(stderr, "mine\n");
    return 7;
}

/* Every descriptor is closed and all that can be opened are files of the program's own. */
static int by_reusing_all(char **arguments)
{
    struct rlimit limit = {2048, 2048};
    setrlimit(RLIMIT_NOFILE, &limit);
    close_all(0);
    while (open(arguments[1], O_WRONLY | O_CREAT | O_APPEND, 0644) >= 0)
        ;
    return 7;
}

static int by_changing_directory(char **arguments)
{
    return chdir(arguments[1]) == 0 ? 7 : 96;
}

static void five_more(void)
{
    for (long i = 0; i < 5; i++)
        if (twice(i % 4) != i % 4 * 2) abort();
}

static int by_atexit(char **arguments)
{
    (void)arguments;
    atexit(five_more);
    return 7;
}

static int late;

__attribute__((destructor)) static void call_late(void)
{
    if (late) five_more();
}

static int by_destructor(char **arguments)
{
    (void)arguments;
    late = 1;
    return 7;
}

static int by_tiny_file_size(char **arguments)
{
    (void)arguments;
    struct rlimit limit = {0, 0};
    setrlimit(RLIMIT_FSIZE, &limit);
    return 7;
}

static const struct {
    const char *name;
    int (*end)(char **arguments);
} endings[] = {
    {"return", by_return},
    {"exit", by_exit},
    {"_exit", by_underscore_exit},
    {"_Exit", by_c99_exit},
    {"quick_exit", by_quick_exit},
    {"abort", by_abort},
    {"thread", by_thread},
    {"execv", by_execv},
    {"execve", by_execve},
    {"execl", by_execl},
    {"execlp", by_execlp},
    {"execle", by_execle},
    {"execvp", by_execvp},
    {"fexecve", by_fexecve},
    {"failed-exec", by_failed_exec},
    {"fork", by_fork},
    {"vfork", by_vfork},
    {"spawn", by_spawn},
    {"close-all", by_closing_all},
    {"close-stderr", by_closing_stderr},
    {"redirect", by_redirecting},
    {"reuse-all", by_reusing_all},
    {"chdir", by_changing_directory},

    {"atexit", by_atexit},
    {"destructor", by_destructor},
    {"file-size", by_tiny_file_size},
};

int main(int argc, char **argv)
{
    char *arguments[] = {argv[0], argc > 2 ? argv[2] : NULL};
    make_calls();
    for (size_t i = 0; argc > 1 && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(endings[i].name, argv[1]) == 0) return endings[i].end(arguments);
    return 2;
}
