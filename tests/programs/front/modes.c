/* modes KIND: what the front must not serve any more, and what the cost rule makes of streams that
 * pay and that don't. Every answer is checked. */
#include "front/step.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic unsigned long wrong;

/* Each key so often that the front answers, before and after each change. */
static void bumped(void)
{
    for (int round = 0; round < 300; round++) {
        for (uint64_t i = 0; i < 60; i++)
            wrong += step_bumped(i % 10) != step_mixed(i % 10);
        step_bump();
    }
}

static void environment(void)
{
    static char put[32] = "STEP_VALUE=1000000";
    for (uint64_t round = 0; round < 300; round++) {
        char value[24];
        uint64_t want = round % 3 == 0 ? 0 : round % 3 == 1 ? round : 1000000;
        snprintf(value, sizeof value, "%d", (int)round);
        if (round % 3 == 0)
            unsetenv("STEP_VALUE");
        else if (round % 3 == 1)
            setenv("STEP_VALUE", value, 1);
        else
            putenv(put);
        for (uint64_t i = 0; i < 60; i++)
            wrong += step_environment(i % 10) != i % 10 * 7 + want;
    }
}

static void aged(void)
{
    for (int round = 0; round < 5; round++) {
        for (uint64_t i = 0; i < 1000; i++)
            step_aged(i % 10);
        step_generation++;
        usleep(60000); /* ttl 40 ms, and a tick of the coarse clock */
        for (uint64_t i = 0; i < 60; i++)
            wrong += step_aged(i % 10) != step_mixed(i % 10);
    }
}

static void *cheap_thread(void *seed)
{
    for (uint64_t i = 0; i < 1000000; i++)
        wrong += step_cheap(i * (uintptr_t)seed) != i * (uintptr_t)seed * 3;
    return NULL;
}

static void cheap(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, cheap_thread, (void *)5);
    cheap_thread((void *)3);
    pthread_join(thread, NULL);
}

static uint64_t slow_key;

static void slow_unique(unsigned long calls)
{
    for (unsigned long i = 0; i < calls; i++)
        wrong += step_slow(1000 + slow_key++) == 0;
}

static void slow_pays(void)
{
    uint64_t known[10];
    for (uint64_t i = 0; i < 10; i++)
        known[i] = step_slow(i);
    for (uint64_t i = 0; i < 200000; i++)
        wrong += step_slow(i % 10) != known[i % 10];
}

static void unique(void)
{
    slow_unique(30000);
}

static void back(void)
{
    slow_pays();
    slow_unique(20000);
    slow_pays();
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {{"bumped", bumped}, {"environment", environment}, {"aged", aged}, {"cheap", cheap},
             {"unique", unique}, {"pays", slow_pays},          {"back", back}};

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kinds[i].run();
    if (wrong) printf("%s: %lu wrong\n", argv[1], (unsigned long)wrong);
    return wrong != 0;
}
