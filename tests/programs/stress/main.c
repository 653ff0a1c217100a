/* stress KIND SECONDS: one kind of stress. Prints `SYMBOL CALLS` for each function that was called;
 * the status is 1 if any answer was wrong. */
#include "stress/stress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *stress_self;
atomic_ulong calls_of_slot[SLOTS], calls_of_plain, calls_of_digest, calls_of_expand;

static atomic_ulong wrong;
static time_t end;

bool stress_over(void)
{
    return time(NULL) >= end || wrong > 100;
}

void stress_wrong(const char *what, uint64_t got, uint64_t want)
{
    if (wrong++ < 5)
        fprintf(stderr, "%s: %llu instead of %llu\n", what, (unsigned long long)got,
                (unsigned long long)want);
}

void stress_plain(uint64_t key)
{
    uint64_t got = plain(key);
    calls_of_plain++;
    if (got != work_scrambled(9, key)) stress_wrong("plain", got, work_scrambled(9, key));
}

static void stress_child(void)
{
    for (uint64_t key = 0; key < 50; key++)
        stress_plain(key);
    exit(wrong != 0);
}

static const struct {
    const char *name;
    void (*run)(void);
} kinds[] = {
    {"slots", stress_slots},     {"cancel", stress_cancel}, {"jumps", stress_jumps},
    {"signals", stress_signals}, {"forks", stress_forks},   {"threads", stress_threads},
    {"memory", stress_memory},   {"late", stress_late},     {"depth", stress_depth},
    {"stacks", stress_stacks},   {"child", stress_child},
};

static void print_count(const char *symbol, unsigned long calls)
{
    if (calls) printf("%s %lu\n", symbol, calls);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    stress_self = argv[0];
    end = time(NULL) + strtol(argv[2], NULL, 10);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kinds[i].run();
    for (int slot = 0; slot < SLOTS; slot++)
        print_count((char[]){'w', 'o', 'r', 'k', '_', (char)('0' + slot), 0}, calls_of_slot[slot]);
    print_count("plain", calls_of_plain);
    print_count("digest", calls_of_digest);
    print_count("expand", calls_of_expand);
    return wrong != 0;
}
