/* race setting|written|count|zone TRIES: one thread changes what answers depend on, others call
 * meanwhile.
 *
 * A try is one to four changes and then calls that begin after them: each must give the new
 * answer. The calls that run during the changes may give any; they are there to store what is about
 * to be stale. Where a function is called to make a change, the last change often leads back to
 * what was there before; `written` changes environ and its strings directly, where nobody could
 * tell then, and goes on to another value each time. Prints how many answers were checked and how
 * many were wrong. */
#include "fresh/state.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { CALLERS = 2, KEYS = 4, STATES = 8 };

struct kind {
    const char *name;
    void (*change)(unsigned value, unsigned how);
    long (*call)(int key);
    long (*expected)(unsigned value, int key);
    bool returns; /* often to the value before */
};

/* Odd while the state changes; then twice the number of the try, and `settled` holds. */
static atomic_ulong turn;
static _Atomic unsigned settled;
static atomic_ulong seen[CALLERS]; /* the last try that this caller has checked */
static atomic_ulong started, checked, wrong;
static atomic_bool over;

static void change_setting(unsigned value, unsigned how)
{
    static char kept[STATES][16]; /* written once: they may be in environ */
    if (!*kept[value]) snprintf(kept[value], sizeof kept[value], "FRESH_A=%u", value);
    if (how == 0) {
        putenv(kept[value]);
        return;
    }
    if (how == 1) unsetenv("FRESH_A");
    setenv("FRESH_A", strchr(kept[value], '=') + 1, 1);
}

/* The entry replaced, or its one digit. */
static void change_written(unsigned value, unsigned how)
{
    static char kept[2][16] = {"FRESH_A=0", "FRESH_A=0"};
    static unsigned which;
    char **at = environ;
    if (how % 2) {
        kept[which][strlen(kept[which]) - 1] = (char)('0' + value);
        return;
    }
    which = 1 - which;
    kept[which][strlen(kept[which]) - 1] = (char)('0' + value);
    while (*at && strncmp(*at, "FRESH_A=", 8) != 0)
        at++;
    if (*at) *at = kept[which];
}

static long expected_setting(unsigned value, int key)
{
    return (value * 1000 + 5) * 100 + key;
}

static void change_count(unsigned value, unsigned how)
{
    (void)how;
    fresh_count_set(value);
}

static long expected_count(unsigned value, int key)
{
    return (long)value * 100 + key;
}

static void change_zone(unsigned value, unsigned how)
{
    static char kept[STATES][16];
    if (!*kept[value]) snprintf(kept[value], sizeof kept[value], "TZ=ABC%u", value);
    if (how == 0)
        putenv(kept[value]);
    else
        setenv("TZ", kept[value] + 3, 1);
}

/* localtime's buffer is shared, mktime has none. */
static long call_zone(int key)
{
    struct tm broken = {.tm_year = 120, .tm_mday = 1 + key};
    return mktime(&broken);
}

static long expected_zone(unsigned value, int key)
{
    return 1577836800 + value * 3600 + key * 86400L;
}

static const struct kind kinds[] = {
    {"setting", change_setting, fresh_setting, expected_setting, true},
    {"written", change_written, fresh_setting, expected_setting, false},
    {"count", change_count, fresh_count, expected_count, true},
    {"zone", change_zone, call_zone, expected_zone, true},
};
static const struct kind *kind;

static void check(unsigned value, int key, long got)
{
    checked++;
    if (got == kind->expected(value, key)) return;
    if (wrong++ == 0) printf("key %d: got %ld, want %ld\n", key, got, kind->expected(value, key));
}

/* Each try has keys of its own, so that what is stored during its changes is new. */
static int key_in(unsigned long now, int number)
{
    return (int)((now + 1) / 2 % 16) * KEYS + number;
}

static void *caller(void *number)
{
    atomic_ulong *mine = number;
    while (!over) {
        for (int i = 0; i < KEYS; i++) {
            unsigned long before = turn;
            unsigned value = settled;
            int key = key_in(before, i);
            started++;
            long got = kind->call(key);
            if (before % 2 || turn != before) continue;
            check(value, key, got);
            if (i == KEYS - 1) *mine = before;
        }
        do
            sched_yield(); /* there may be fewer cores than threads */
        while (turn == *mine && !over);
    }
    return NULL;
}

static void wait_for_callers(unsigned long now)
{
    for (int i = 0; i < CALLERS; i++)
        while (seen[i] != now)
            sched_yield();
}

/* Until somebody is about to call, with a bound, and then some. */
static void wait_for_a_call(uint64_t *state)
{
    unsigned long before = started;
    for (int spins = 0; started == before && spins < 100000; spins++)
        if (spins % 1000 == 999) sched_yield();
    for (unsigned wait = fresh_below(state, 2000); wait > 0; wait--)
        atomic_signal_fence(memory_order_seq_cst);
}

static void try_once(uint64_t *state)
{
    static unsigned value;
    unsigned before = value;
    turn++;
    for (unsigned changes = 1 + fresh_below(state, 4); changes > 0; changes--) {
        bool back = kind->returns && changes == 1 && fresh_below(state, 2);
        value = back ? before : kind->returns ? fresh_below(state, STATES) : (value + 1) % STATES;
        kind->change(value, fresh_below(state, 4));
        wait_for_a_call(state);
    }
    settled = value;
    unsigned long now = ++turn;
    int key = key_in(now, 0);
    check(value, key, kind->call(key)); /* by the thread that has changed it */
    wait_for_callers(now);
}

int main(int argc, char **argv)
{
    pthread_t threads[CALLERS];
    uint64_t state = 12345;
    for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kind = &kinds[i];
    if (!kind) return 2;
    setenv("FRESH_A", "0", 1);
    setenv("FRESH_B", "5", 1);
    kind->change(0, 0);
    for (int i = 0; i < CALLERS; i++)
        pthread_create(&threads[i], NULL, caller, &seen[i]);
    for (long tries = strtol(argv[2], NULL, 10); tries > 0; tries--)
        try_once(&state);
    over = true;
    for (int i = 0; i < CALLERS; i++)
        pthread_join(threads[i], NULL);
    printf("%lu checked, %lu wrong\n", checked, wrong);
    return wrong != 0;
}
