#include "impure.h"

#include <stddef.h>
#include <string.h>

enum reason { RANDOM, CLOCK, INPUT, MEMORY, PROCESS, STATE, WAITS, LOADER };

static const char *const reasons[] = {
    [RANDOM] = "gives another number each time",
    [CLOCK] = "tells the time",
    [INPUT] = "reads or writes outside of memory",
    [MEMORY] = "gives out or takes back memory",
    [PROCESS] = "acts on the process or the system",
    [STATE] = "keeps state between calls, or changes some",
    [WAITS] = "waits or takes a lock",
    [LOADER] = "works on loaded objects",
};

/* In the order of strcmp(). */
static const struct {
    const char *symbol;
    enum reason reason;
} impure[] = {
    {"_exit", PROCESS},
    {"abort", PROCESS},
    {"accept", INPUT},
    {"aligned_alloc", MEMORY},
    {"arc4random", RANDOM},
    {"arc4random_buf", RANDOM},
    {"arc4random_uniform", RANDOM},
    {"bind", INPUT},
    {"calloc", MEMORY},
    {"chdir", PROCESS},
    {"clearenv", STATE},
    {"clock", CLOCK},
    {"clock_gettime", CLOCK},
    {"close", INPUT},
    {"connect", INPUT},
    {"dlclose", LOADER},
    {"dlerror", LOADER},
    {"dlopen", LOADER},
    {"dlsym", LOADER},
    {"drand48", RANDOM},
    {"erand48", RANDOM},
    {"execv", PROCESS},
    {"execve", PROCESS},
    {"execvp", PROCESS},
    {"exit", PROCESS},
    {"fclose", INPUT},
    {"fflush", INPUT},
    {"fgetc", INPUT},
    {"fgets", INPUT},
    {"fopen", INPUT},
    {"fork", PROCESS},
    {"fputc", INPUT},
    {"fputs", INPUT},
    {"fread", INPUT},
    {"free", MEMORY},
    {"fseek", INPUT},
    {"fwrite", INPUT},
    {"getc", INPUT},
    {"getchar", INPUT},
    {"getdelim", INPUT},
    {"getentropy", RANDOM},
    {"getenv", STATE},
    {"getline", INPUT},
    {"getopt", STATE},
    {"getopt_long", STATE},
    {"getpid", PROCESS},
    {"getrandom", RANDOM},
    {"gettimeofday", CLOCK},
    {"jrand48", RANDOM},
    {"kill", PROCESS},
    {"listen", INPUT},
    {"longjmp", PROCESS},
    {"lrand48", RANDOM},
    {"lseek", INPUT},
    {"malloc", MEMORY},
    {"memalign", MEMORY},
    {"mmap", MEMORY},
    {"mrand48", RANDOM},
    {"munmap", MEMORY},
    {"nanosleep", WAITS},
    {"nrand48", RANDOM},
    {"open", INPUT},
    {"opendir", INPUT},
    {"pipe", PROCESS},
    {"poll", WAITS},
    {"posix_memalign", MEMORY},
    {"pread", INPUT},
    {"pthread_create", PROCESS},
    {"pthread_mutex_lock", WAITS},
    {"pthread_mutex_unlock", WAITS},
    {"putc", INPUT},
    {"putchar", INPUT},
    {"putenv", STATE},
    {"puts", INPUT},
    {"pwrite", INPUT},
    {"raise", PROCESS},
    {"rand", RANDOM},
    {"rand_r", RANDOM},
    {"random", RANDOM},
    {"random_r", RANDOM},
    {"read", INPUT},
    {"readdir", INPUT},
    {"realloc", MEMORY},
    {"reallocarray", MEMORY},
    {"recv", INPUT},
    {"remove", INPUT},
    {"rename", INPUT},
    {"select", WAITS},
    {"send", INPUT},
    {"setenv", STATE},
    {"setjmp", PROCESS},
    {"setlocale", STATE},
    {"sigaction", PROCESS},
    {"signal", PROCESS},
    {"sleep", WAITS},
    {"socket", INPUT},
    {"srand", STATE},
    {"srandom", STATE},
    {"strsignal", STATE},
    {"strtok", STATE},
    {"strtok_r", STATE},
    {"system", PROCESS},
    {"time", CLOCK},
    {"times", CLOCK},
    {"tzset", STATE},
    {"ungetc", INPUT},
    {"unlink", INPUT},
    {"unsetenv", STATE},
    {"usleep", WAITS},
    {"vfork", PROCESS},
    {"wait", WAITS},
    {"waitpid", WAITS},
    {"write", INPUT},
};

const char *impure_reason(const char *symbol)
{
    size_t low = 0, high = sizeof impure / sizeof *impure;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(symbol, impure[middle].symbol);
        if (order == 0) return reasons[impure[middle].reason];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
