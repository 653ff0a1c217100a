/* Hits, while a signal handler fills, erases, empties and outgrows the same front, and hits it.
 * What a hit gives must have been right at some time of its call, whole, and of its own key. */
#include "aarch64/paths.h"

#include "check.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <ucontext.h>

enum { KEYS = 8, INSIDE = 300, SECONDS = 25, CODE = 256 /* bytes of the path, about */ };

static struct subject subject;
static volatile uint32_t generations[KEYS];
static volatile bool guard; /* as thread.h's: no handler changes what is being changed */
static volatile uint32_t inside, signals, nested;

/* A key's value says whose it is and of what generation; the output says it again. */
static void set_value(struct subject *one, uint64_t key, uint32_t generation)
{
    one->key[0] = key;
    one->value[0] = (key + 1) << 32 | generation;
    one->value[1] = ~one->value[0];
}

static void fill(uint64_t key)
{
    struct subject one = subject;
    set_value(&one, key, key < KEYS ? generations[key] : 0);
    subject_fill(&one, 0);
}

/* False: a miss. */
static bool call(uint64_t key)
{
    struct subject one = subject;
    struct machine in, out;
    set_value(&one, key, 0);
    subject_pass(&one, &in);
    in.integer[1] = (uintptr_t)one.output;
    uint32_t before = generations[key];
    call_with(&in, &out, arch_stub(subject.number));
    if (out.integer[0] == SUBJECT_MISS) return false;
    uint32_t after = generations[key], seen = (uint32_t)out.integer[0];
    CHECK(out.integer[0] >> 32 == key + 1);
    CHECK(seen >= before && seen <= after);
    CHECK(one.output[0] == ~out.integer[0]);
    return true;
}

static void visit(void *data, const struct front_line *line)
{
    (void)data;
    CHECK((const unsigned char *)line >= subject.front->lines &&
          (const unsigned char *)line < (unsigned char *)subject.front->touched);
    if (line->words[1]) CHECK(line->words[1] >> 32 == line->words[0] + 1);
}

static void change(uint64_t key)
{
    struct front *front = subject.front;
    uint64_t choice = any() % 8;
    generations[key]++;
    struct front_line *line =
        front_find(front, &subject.layout, &key, subject.layout.hash(&key, 1));
    if (choice == 0)
        front_empty(front, &subject.layout, ++arch_slots[subject.number].epoch);
    else if (line && choice < 4)
        front_erase(front, &subject.layout, line);
    else
        fill(key);
    if (choice == 5) front_replay(front, &subject.layout, visit, NULL);
    for (uint64_t i = any() % 64; choice == 6 && i > 0; i--)
        fill(KEYS + any() % 4096);
}

static void handle(int signal, siginfo_t *info, void *context)
{
    const ucontext_t *at = context;
    uintptr_t place = at->uc_mcontext.pc - (uintptr_t)arch_slots[subject.number].entry;
    (void)signal, (void)info;
    signals++;
    inside += place < CODE;
    if (guard) return;
    if (any() % 2)
        for (uint64_t key = 0; key < KEYS; key++)
            change(key);
    for (uint64_t i = any() % 4; i > 0; i--)
        nested += call(any() % KEYS);
}

static void renew(const struct arch_path *path)
{
    guard = true;
    if (subject.front) subject_close(&subject);
    subject_open(&subject, path, 7);
    subject.front->epoch = arch_slots[subject.number].epoch;
    guard = false;
}

int check_signals(void)
{
    const struct arch_path path = {
        .integers = 1, .outputs = 1, .output_size = 8, .floating = true, .masks = {UINT64_MAX}};
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_RESTART};
    const struct itimerval often = {{0, 150}, {0, 150}}, never = {{0, 0}, {0, 0}};
    uint64_t hits = 0;
    time_t end = time(NULL) + SECONDS;
    CHECK(sigaction(SIGALRM, &action, NULL) == 0);
    renew(&path);
    CHECK(setitimer(ITIMER_REAL, &often, NULL) == 0);
    for (uint64_t calls = 0; inside < INSIDE && time(NULL) < end; calls++) {
        uint64_t key = calls % KEYS;
        if (call(key)) {
            hits++;
            continue;
        }
        guard = true;
        if (calls % 4 == 0) front_replay(subject.front, &subject.layout, visit, NULL);
        fill(key);
        guard = false;
        if (calls % 1024 == 1023) renew(&path);
    }
    CHECK(setitimer(ITIMER_REAL, &never, NULL) == 0);
    CHECK(hits > 200 && nested > 0 && inside > 50); /* however slow the machine is */
    printf("%llu hits, %u signals, %u within a path, %u hits by handlers\n",
           (unsigned long long)hits, signals, inside, nested);
    return check_failed != 0;
}
