/* modes KIND: what the front must not serve any more, and what the cost rule makes of streams that
 * pay and that don't. Every answer is checked. */
#include "front/step.h"

#include "shim/memo.h"

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

/* It does not pay, but what depends on it is to see each call of it. */
static void counting(void)
{
    for (uint64_t i = 0; i < 100000; i++) {
        step_counting(i);
        wrong += i % 1000 == 0 && step_bumped(7) != step_mixed(7);
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

/* What is too wide for a front gives the thread none, so nobody can make the trial. Another slot is
 * bypassed meanwhile. */
static void wide(void)
{
    uint64_t known[10], value[8];
    slow_unique(30000);
    for (uint64_t i = 0; i < 200000; i++) {
        step_wide(i % 10, value);
        if (i < 10) known[i] = value[0];
        wrong += value[0] != known[i % 10] || value[7] != value[0] + 7;
        if (i % 16 == 0) slow_unique(1);
    }
}

static uint64_t brief_known[400];

/* More keys than the first lines hold: the table is asked until there is a trial. */
static void brief_calls(uint64_t keys, uint64_t calls)
{
    for (uint64_t i = 0; i < calls; i++)
        wrong += step_brief(i % keys) != brief_known[i % keys];
}

static void brief_know(void)
{
    for (uint64_t i = 0; i < 400; i++)
        brief_known[i] = step_brief(i);
}

/* So seldom that the trial is late before its first span, without the cache, has ended; then often.
 */
static void seldom(void)
{
    brief_know();
    brief_calls(400, 2800);
    for (int i = 0; i < 1000; i++) {
        usleep(200);
        brief_calls(1, 1);
    }
    brief_calls(10, 4000000);
}

static void *others(void *ignored)
{
    (void)ignored;
    brief_calls(400, 300000);
    return NULL;
}

/* One thread leaves its trial, most likely in a span without the cache; another calls meanwhile.
 * Some 300000 calls. */
static void left(void)
{
    pthread_t thread;
    struct memo_info info = {0};
    brief_know();
    for (int i = 0; i < 200 && !info.bypassed; i++) {
        brief_calls(400, 50);
        memo_info("step_brief", &info);
    }
    brief_calls(400, 300);
    pthread_create(&thread, NULL, others, NULL);
    pthread_join(thread, NULL);
}

static void *task(void *ignored)
{
    (void)ignored;
    brief_calls(60, 60);
    return NULL;
}

/* A thread for each task, one after the other: each is where the one before was. */
static void tasks(void)
{
    brief_know();
    for (int i = 0; i < 3000; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, task, NULL);
        pthread_join(thread, NULL);
    }
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {{"bumped", bumped},  {"counting", counting}, {"environment", environment},
             {"aged", aged},      {"cheap", cheap},       {"unique", unique},
             {"pays", slow_pays}, {"back", back},         {"wide", wide},
             {"seldom", seldom},  {"left", left},         {"tasks", tasks}};

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kinds[i].run();
    if (wrong) printf("%s: %lu wrong\n", argv[1], (unsigned long)wrong);
    return wrong != 0;
}
