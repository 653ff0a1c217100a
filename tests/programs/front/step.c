/* step KIND ATTACK MAXSIZE [MOST]: a signal between any two instructions of a memoized call.
 *
 * The trap flag stops a call behind each instruction; at the nth stop the handler attacks: it calls
 * the same function with other keys, has another thread clear the cache, forks, or jumps away. One
 * thread for each n, as a front that has grown or been made is not so again. Where a call has more
 * than MOST stops, half of MOST is spent on the first ones, half over the rest. Every answer is
 * checked. */
#include "front/step.h"

#include "shim/memo.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#define TRAP_FLAG 0x100
#define KEY       7 /* of the call that is stopped */
#define EARLY     400 /* stops: by then a thread's first call is on the way of any other */

static unsigned long wrong, maxsize;
static const char *kind_name, *attack_name;
static uint64_t (*ask)(uint64_t key);
static void (*attack)(void);
static volatile unsigned stops, attack_at;
static volatile bool jumps;
static sigjmp_buf away;
static sem_t clear_wanted, clear_done;

static uint64_t ask_typed(uint64_t key) { return step_typed(key); }

static uint64_t ask_vector(uint64_t key) { return (uint64_t)step_vector((double)key); }

static uint64_t ask_flat(uint64_t key) { return step_flat(&key); }

static uint64_t ask_outputs(uint64_t key)
{
    double first = -1, second = -1;
    step_outputs((double)key, &first, &second);
    return second == (double)key + 1 ? (uint64_t)first : 0;
}

static uint64_t ask_text(uint64_t key)
{
    char text[64];
    if (key == KEY) return step_text("7"); /* not to stop in what writes it */
    snprintf(text, sizeof text, "%llu", (unsigned long long)key);
    return step_text(text);
}

static uint64_t expected(uint64_t key)
{
    bool wide = ask == ask_vector || ask == ask_outputs;
    return wide ? step_mixed(key) >> 12 : step_mixed(key);
}

static void check(uint64_t got, uint64_t key, const char *when)
{
    if (got == expected(key)) return;
    if (wrong++ < 5)
        printf("%s, %s at stop %u: key %llu is wrong %s\n", kind_name, attack_name, attack_at,
               (unsigned long long)key, when);
}

/* Most lines serve callers whose errno is 0. */
static uint64_t asked(uint64_t key)
{
    errno = 0;
    return ask(key);
}

static void check_range(uint64_t from, uint64_t to, const char *when)
{
    for (uint64_t key = from; key < to; key++)
        check(asked(key), key, when);
}

/* --- attacks: in the handler ------------------------------------------------------------------ */

static void attack_hit(void)
{
    for (int i = 0; i < 3; i++)
        check(asked(8), 8, "in the handler");
}

static void attack_same(void)
{
    check(asked(KEY), KEY, "in the handler");
}

/* The oldest goes: KEY. */
static void attack_evict(void)
{
    check(asked(STEP_ERROR + 999), STEP_ERROR + 999, "in the handler");
}

/* Everything goes. */
static void attack_flood(void)
{
    check_range(10000, 10000 + maxsize, "in the handler");
}

/* Fills until the front has outgrown its lines. */
static void attack_grow(void)
{
    check_range(1000, 1600, "in the handler");
    check_range(1000, 1600, "in the handler");
}

static void attack_clear(void)
{
    sem_post(&clear_wanted);
    while (sem_wait(&clear_done)) {
    }
}

static void attack_fork(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        check_range(0, 12, "in the child");
        check_range(0, 12, "in the child");
        _exit(wrong != 0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status) wrong++;
}

static void attack_jump(void)
{
    jumps = true;
}

/* --- the stopped call ------------------------------------------------------------------------- */

static void trapped(int number, siginfo_t *info, void *context)
{
    (void)number, (void)info;
    if (++stops != attack_at) return;
    ((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~TRAP_FLAG;
    int saved = errno;
    attack();
    errno = saved;
    if (jumps) siglongjmp(away, 1);
}

__attribute__((noinline)) static void trap(unsigned long set)
{
    __asm__ volatile("lea -128(%%rsp), %%rsp\n\tpushfq\n\tandq $~0x100, (%%rsp)\n\t"
                     "orq %0, (%%rsp)\n\tpopfq\n\tlea 128(%%rsp), %%rsp"
                     :: "r"(set) : "memory", "cc");
}

static void stop_call(uint64_t key)
{
    if (sigsetjmp(away, 1) == 0) {
        trap(TRAP_FLAG);
        uint64_t got = asked(key);
        trap(0);
        uint64_t after = asked(key); /* of the new generation, had it been cleared meanwhile */
        if (attack != attack_clear) check(got, key, "in the call");
        check(after, key, "after the call");
    }
    jumps = false;
}

/* A front with a line of KEY that has been replayed, and no other since; and KEY's entry is the
 * oldest of a full table. */
static void prepare(void)
{
    uint64_t others = STEP_ERROR + maxsize - 1;
    for (int i = 0; i < 3; i++)
        check(asked(KEY), KEY, "before");
    check_range(STEP_ERROR, others, "before");
    check(asked(KEY), KEY, "before");
    check(asked(others), others, "before");
    check_range(STEP_ERROR + 1, others + 1, "before");
}

static void *one_attack(void *fresh)
{
    stops = 0;
    if (!fresh) prepare();
    stop_call(KEY);
    check_range(1000, 1600, "afterwards"); /* grows */
    for (int i = 0; i < 3; i++)
        check_range(0, 12, "at last");
    return NULL;
}

static unsigned stops_of_call(void *fresh)
{
    pthread_t thread;
    attack_at = 0;
    pthread_create(&thread, NULL, one_attack, fresh);
    pthread_join(thread, NULL);
    return stops;
}

static void *clearer(void *ignored)
{
    (void)ignored;
    for (;;) {
        while (sem_wait(&clear_wanted)) {
        }
        step_generation++;
        memo_clear(NULL);
        sem_post(&clear_done);
    }
    return NULL;
}

static const struct {
    const char *name;
    uint64_t (*ask)(uint64_t key);
} kinds[] = {{"typed", ask_typed}, {"vector", ask_vector}, {"outputs", ask_outputs},
             {"text", ask_text},   {"flat", ask_flat}};

static const struct {
    const char *name;
    void (*run)(void);
    bool fresh; /* the thread has no front yet */
} attacks[] = {{"hit", attack_hit, false},     {"same", attack_same, false},
               {"first", attack_hit, true},    {"evict", attack_evict, false},
               {"flood", attack_flood, false}, {"grow", attack_grow, false},   {"clear", attack_clear, false},
               {"fork", attack_fork, false},   {"jump", attack_jump, false},
               {"newgrow", attack_grow, true}};

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_NODEFER};
    pthread_t thread;
    if (argc < 4) return 2;
    unsigned most = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 1000000, done = 0;
    maxsize = strtoul(argv[3], NULL, 10);
    kind_name = argv[1], attack_name = argv[2];
    bool fresh = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, kind_name) == 0) ask = kinds[i].ask;
    for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++)
        if (strcmp(attacks[i].name, attack_name) == 0) {
            attack = attacks[i].run;
            fresh = attacks[i].fresh;
        }
    if (!ask || !attack) return 2;
    sem_init(&clear_wanted, 0, 0);
    sem_init(&clear_done, 0, 0);
    sigaction(SIGTRAP, &action, NULL);
    pthread_create(&thread, NULL, clearer, NULL);
    check_range(0, 12, "at first");
    void *flag = fresh ? &fresh : NULL;
    unsigned all = stops_of_call(flag);
    if (fresh && all > EARLY) all = EARLY;
    for (unsigned i = 1; i <= all && i <= most; i++, done++) {
        unsigned half = most / 2;
        attack_at = i <= half || most >= all ? i : half + (i - half) * (all - half) / (most - half);
        pthread_create(&thread, NULL, one_attack, flag);
        pthread_join(thread, NULL);
    }
    printf("%u stops, %u tried, %lu wrong\n", all, done, wrong);
    return wrong != 0;
}
