/* Seconds of threads that open and close a client and a provider, look up symbols, and call: every
 * answer is checked, and calls through the program's own references are counted.
 * stress SECONDS CLIENT PROVIDER */
#include "pure.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef double function(double);

static const char *client_path, *provider_path;
static int stop;
static unsigned long wrong, calls, opens;

static void check(double got, double want)
{
    if (got != want) __atomic_add_fetch(&wrong, 1, __ATOMIC_RELAXED);
}

/* Opened, called and closed: its references are found while others call. */
static void *clients(void *unused)
{
    (void)unused;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        void *client = dlopen(client_path, RTLD_LAZY);
        if (!client) abort();
        double (*run)(int) = (double (*)(int))dlsym(client, "symbolic_run");
        check(run(3), 3 * 3000 + 3 + 10.5);
        __atomic_add_fetch(&opens, 1, __ATOMIC_RELAXED);
        dlclose(client);
    }
    return NULL;
}

static void *providers(void *unused)
{
    (void)unused;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        void *provider = dlopen(provider_path, RTLD_NOW | RTLD_LOCAL);
        if (!provider) abort();
        function *call = (function *)dlsym(provider, "pure_call");
        for (int i = 0; i < 4; i++)
            check(call(i), 2 * i + 1000.5);
        __atomic_add_fetch(&opens, 1, __ATOMIC_RELAXED);
        dlclose(provider);
    }
    return NULL;
}

static void *callers(void *unused)
{
    (void)unused;
    unsigned long made = 0;
    for (; !__atomic_load_n(&stop, __ATOMIC_RELAXED); made += 64)
        for (int i = 0; i < 64; i++)
            check(pure_passed(i % 16), 5 * (i % 16) + 0.5);
    __atomic_add_fetch(&calls, made, __ATOMIC_RELAXED);
    return NULL;
}

static void *lookups(void *unused)
{
    (void)unused;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        function *found = (function *)dlsym(RTLD_DEFAULT, "pure_table");
        check(found(2), 8.5);
        if (dlsym(RTLD_DEFAULT, "no_such_symbol") || !dlerror()) abort();
    }
    return NULL;
}

int main(int argc, char **argv)
{
    void *(*const work[])(void *) = {clients, clients, providers, callers, callers, lookups};
    enum { THREADS = sizeof(work) / sizeof(work[0]) };
    pthread_t threads[THREADS];
    if (argc < 4) return 2;
    client_path = argv[2];
    provider_path = argv[3];
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work[i], NULL);
    nanosleep(&(struct timespec){.tv_sec = atoi(argv[1])}, NULL);
    __atomic_store_n(&stop, 1, __ATOMIC_RELAXED);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("wrong %lu calls %lu opens %lu\n", wrong, calls, opens);
    return wrong != 0;
}
