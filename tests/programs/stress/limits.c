/* Little of everything: memory for entries, threads that live shortly, deep and small stacks. */
#include "stress/stress.h"

#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void check_digest(unsigned char *bytes, uint64_t *state)
{
    uint32_t n = (uint32_t)(stress_random(state) % (stress_random(state) % 8 ? 200 : 60000));
    uint64_t want = n, got;
    memset(bytes, (int)(*state % 50), n);
    for (uint32_t i = 0; i < n; i++)
        want = want * 31 + bytes[i];
    got = digest(bytes, n);
    calls_of_digest++;
    if (got != want) stress_wrong("digest", got, want);
}

static void check_expand(uint64_t *values, uint64_t *state)
{
    uint32_t n = (uint32_t)(stress_random(state) % (stress_random(state) % 8 ? 20 : 6000));
    uint64_t seed = stress_random(state) % 300;
    expand(seed, values, n);
    calls_of_expand++;
    for (uint32_t i = 0; i < n; i++)
        if (values[i] != seed * 0x9e3779b97f4a7c15 + i) stress_wrong("expand", values[i], seed);
}

static void *large_calls(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    unsigned char *bytes = malloc(65536);
    uint64_t *values = malloc(65536);
    while (!stress_over()) {
        check_digest(bytes, &state);
        check_expand(values, &state);
        for (int i = 0; i < 20; i++)
            stress_plain(stress_random(&state) % 3000);
    }
    free(bytes);
    free(values);
    return NULL;
}

/* The config gives all slots together 64 KiB, or 1 MiB. */
void stress_memory(void)
{
    pthread_t threads[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, large_calls, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
}

/* One slot takes all memory; then another comes, whose eight large results go round. */
void stress_late(void)
{
    static unsigned char bytes[4000];
    static uint64_t values[2000];
    for (uint32_t key = 0; key < 2000; key++) {
        memcpy(bytes, &key, sizeof key);
        digest(bytes, sizeof bytes);
        calls_of_digest++;
    }
    for (uint64_t i = 0; i < 2000; i++) {
        expand(i % 8, values, 2000);
        calls_of_expand++;
        if (values[1999] != i % 8 * 0x9e3779b97f4a7c15 + 1999) stress_wrong("expand", values[0], i);
    }
}

static void *short_life(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    for (int i = 0; i < 20; i++)
        stress_plain(stress_random(&state) % 500);
    if ((uint64_t)number % 2) pthread_exit(NULL);
    return NULL;
}

static long resident_pages(void)
{
    long pages = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file || fscanf(file, "%ld %ld", &pages, &resident) != 2) resident = 0;
    if (file) fclose(file);
    return resident;
}

/* Threads by the thousand, 16 at a time: what each had is given back. */
void stress_threads(void)
{
    uint64_t number = 0;
    long before = 0;
    while (!stress_over() || number < 8000) {
        pthread_t threads[16];
        for (int i = 0; i < 16; i++)
            pthread_create(&threads[i], NULL, short_life, (void *)number++);
        for (int i = 0; i < 16; i++)
            pthread_join(threads[i], NULL);
        if (number == 1600) before = resident_pages();
    }
    long grown = resident_pages() - before;
    if (grown > 1024) stress_wrong("pages that threads left behind", (uint64_t)grown, 0);
}

/* As deep as the 8 MiB of the main stack allow without us. */
void stress_depth(void)
{
    static const uint64_t depths[] = {1, 1000, 100000, 100000, 99999, 100001, 500};
    for (int i = 0; i < 7; i++)
        if (depth(depths[i]) != depths[i]) stress_wrong("depth", 0, depths[i]);
}

static void small_calls(void)
{
    unsigned char bytes[64] = {1, 2, 3};
    for (int round = 0; round < 2; round++)
        for (uint64_t key = 0; key < 50; key++) {
            stress_plain(key);
            bytes[0] = (unsigned char)key;
            digest(bytes, sizeof bytes);
            calls_of_digest++;
        }
}

static void *on_small_stack(void *unused)
{
    (void)unused;
    small_calls();
    return NULL;
}

static void on_signal_stack(int signal_number)
{
    (void)signal_number;
    small_calls();
}

/* Threads with the smallest stack there is, and handlers on a signal stack. */
void stress_stacks(void)
{
    pthread_attr_t attributes;
    stack_t stack = {.ss_size = (size_t)sysconf(_SC_MINSIGSTKSZ) + 8192};
    struct sigaction action = {.sa_handler = on_signal_stack, .sa_flags = SA_ONSTACK};
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)sysconf(_SC_THREAD_STACK_MIN));
    for (int i = 0; i < 100; i++) {
        pthread_t thread;
        if (pthread_create(&thread, &attributes, on_small_stack, NULL)) abort();
        pthread_join(thread, NULL);
    }
    stack.ss_sp = malloc(stack.ss_size);
    sigaltstack(&stack, NULL);
    sigaction(SIGUSR1, &action, NULL);
    for (int i = 0; i < 100; i++)
        raise(SIGUSR1);
}
