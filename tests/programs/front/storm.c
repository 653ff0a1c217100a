/* storm KIND [exact]: signals, jumps, threads, clears or forks around fronts, every answer checked.
 * Prints `SYMBOL CALLS` for the suite to compare with the report; the status is 1 if an answer was
 * wrong. exact: every call is counted, as none goes past its stub. */
#include "front/answers.h"
#include "front/step.h"

#include "shim/memo.h"

#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define FUNCTIONS 5
#define CALLS     300000

static _Atomic unsigned long counts[FUNCTIONS], wrong, handled;
static const char *const names[FUNCTIONS] = {"step_typed", "step_vector", "step_outputs",
                                             "step_text", "step_flat"};
static sigjmp_buf away;
static volatile sig_atomic_t may_jump, jumping;
static bool exact;

static uint64_t next(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

/* One call; true if the answer is of the generation that is. */
static bool ask(unsigned function, uint64_t key)
{
    counts[function]++;
    return step_answers(function, key, step_mixed(key));
}

static void check(unsigned function, uint64_t key)
{
    if (!ask(function, key) && wrong++ < 5)
        fprintf(stderr, "%s(%llu) is wrong\n", names[function], (unsigned long long)key);
}

/* A few hot keys, some warm ones, and new ones. */
static uint64_t some_key(uint64_t *state)
{
    uint64_t number = next(state);
    unsigned kind = number % 16;
    number /= 16;
    return kind < 10 ? number % 8 : kind < 15 ? number % 400 : number % 20000;
}

static void work(uint64_t seed, unsigned long calls)
{
    for (unsigned long i = 0; i < calls; i++) {
        uint64_t key = some_key(&seed);
        check((unsigned)(i / 64 % FUNCTIONS), key);
    }
}

static void handler(int number)
{
    static uint64_t state = 99;
    (void)number;
    unsigned long now = handled++;
    for (int i = 0; i < 6; i++) {
        uint64_t key = some_key(&state);
        check((unsigned)(now % FUNCTIONS), key);
        check((unsigned)i % FUNCTIONS, key);
    }
    if (jumping && may_jump && now % 4 == 0) {
        may_jump = 0;
        siglongjmp(away, 1);
    }
}

static void often(int microseconds)
{
    struct itimerval timer = {{0, microseconds}, {0, microseconds}};
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    sigaction(SIGALRM, &action, NULL);
    sigaction(SIGPROF, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    setitimer(ITIMER_PROF, &timer, NULL);
}

static void signals(void)
{
    often(97);
    work(1, CALLS);
    for (unsigned i = 0; handled < 1000 && i < 1000; i++)
        work(i, CALLS / 20);
    often(0);
    if (handled < 1000) wrong++;
}

static void jumps(void)
{
    volatile unsigned round = 0;
    jumping = 1;
    often(211);
    while (round < 300) {
        round++;
        if (sigsetjmp(away, 1) == 0) {
            may_jump = 1;
            work(round, CALLS / 300);
            may_jump = 0;
        }
    }
    often(0);
}

static void *thread_work(void *seed)
{
    work((uintptr_t)seed, 2000);
    return NULL;
}

static unsigned long resident(void)
{
    unsigned long size = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%lu %lu", &size, &pages) != 2) exit(2);
    fclose(file);
    return pages * 4;
}

/* What a thread's fronts take is given back when it ends. */
static void threads(void)
{
    unsigned long first = 0;
    for (uintptr_t round = 0; round < 12; round++) {
        pthread_t all[64];
        for (uintptr_t i = 0; i < 64; i++)
            pthread_create(&all[i], NULL, thread_work, (void *)(round * 64 + i));
        for (int i = 0; i < 64; i++)
            pthread_join(all[i], NULL);
        if (round == 1) first = resident();
    }
    if (resident() > first + 16384) {
        fprintf(stderr, "%lu KiB resident after %lu\n", resident(), first);
        wrong++;
    }
}

/* One thread has the cache cleared; the other's next call sees it. */
static sem_t asked, cleared;

static void *clearer(void *rounds)
{
    for (uintptr_t i = 0; i < (uintptr_t)rounds; i++) {
        while (sem_wait(&asked)) {
        }
        step_generation++;
        int slots = 0;
        for (int tries = 0; slots < FUNCTIONS && tries < 1000; tries++)
            slots = memo_clear(NULL);
        if (slots < FUNCTIONS) wrong++;
        sem_post(&cleared);
    }
    return NULL;
}

static void clears(void)
{
    pthread_t thread;
    uintptr_t rounds = 2000;
    sem_init(&asked, 0, 0);
    sem_init(&cleared, 0, 0);
    pthread_create(&thread, NULL, clearer, (void *)rounds);
    for (uintptr_t i = 0; i < rounds; i++) {
        work(i % 3, 200);
        sem_post(&asked);
        while (sem_wait(&cleared)) {
        }
    }
    pthread_join(thread, NULL);
}

static void *hammer(void *seed)
{
    work((uintptr_t)seed, CALLS);
    return NULL;
}

/* Results stay those of generation 0: a clear may only cost hits. */
static void hammers(void)
{
    pthread_t all[3];
    for (uintptr_t i = 0; i < 3; i++)
        pthread_create(&all[i], NULL, hammer, (void *)(i + 1));
    for (int i = 0; i < 2000; i++) {
        memo_clear(i % 2 ? NULL : names[i % FUNCTIONS]);
        usleep(100);
    }
    for (int i = 0; i < 3; i++)
        pthread_join(all[i], NULL);
}

static void forks(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, hammer, (void *)7);
    work(5, 20000);
    for (int i = 0; i < 20; i++) {
        int status = -1;
        pid_t child = fork();
        if (child == 0) {
            struct memo_info info;
            bool known = memo_info("step_typed", &info) != 0;
            if (known && info.hits + info.misses != 0) wrong++;
            unsigned long before = counts[0];
            work(5, 2000);
            memo_info("step_typed", &info);
            uint64_t counted = info.hits + info.misses + info.bypassed;
            if (known && exact && counted != counts[0] - before) wrong++;
            _exit(wrong != 0);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status) wrong++;
        work(5, 2000);
    }
    pthread_join(thread, NULL);
}

/* Phases that pay and that don't, in several threads, with signals. */
static void *phases_of(void *seed)
{
    uint64_t state = (uintptr_t)seed;
    for (unsigned phase = 0; phase < 12; phase++)
        for (unsigned long i = 0; i < CALLS / 4; i++) {
            uint64_t key =
                phase % 3 == 0 ? next(&state) : next(&state) % (phase % 3 == 1 ? 50 : 3000);
            check((unsigned)(i / 1024 % FUNCTIONS), key);
        }
    return NULL;
}

static void phases(void)
{
    pthread_t all[2];
    often(997);
    for (uintptr_t i = 0; i < 2; i++)
        pthread_create(&all[i], NULL, phases_of, (void *)(i + 1));
    phases_of((void *)9);
    for (int i = 0; i < 2; i++)
        pthread_join(all[i], NULL);
    often(0);
    pid_t child = fork();
    if (child == 0) {
        work(3, CALLS / 10);
        _exit(wrong != 0);
    }
    int status = -1;
    if (child < 0 || waitpid(child, &status, 0) != child || status) wrong++;
}

/* Texts that end where a page does, and memory with it: no path can read beyond. */
static void edges(void)
{
    long page = sysconf(_SC_PAGESIZE);
    char *memory = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED || mprotect(memory + page, page, PROT_NONE)) exit(2);
    for (unsigned i = 0; i < 40000; i++) {
        uint64_t key = i % 7 ? i % 64 : i;
        char text[24];
        text_of(key, text);
        size_t size = strlen(text) + 1;
        char *end = memory + page - (i % 3 ? 0 : i % 50);
        memcpy(end - size, text, size);
        counts[3]++;
        if (step_text(end - size) != step_mixed(key)) wrong++;
    }
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {{"signals", signals}, {"jumps", jumps}, {"threads", threads}, {"clears", clears},
             {"hammers", hammers}, {"forks", forks}, {"phases", phases},   {"edges", edges}};

int main(int argc, char **argv)
{
    if (argc < 2) return 2;
    exact = argc > 2;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kinds[i].run();
    for (unsigned i = 0; i < FUNCTIONS; i++)
        printf("%s %lu\n", names[i], (unsigned long)counts[i]);
    return wrong != 0;
}
