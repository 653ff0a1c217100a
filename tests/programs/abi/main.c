/* Calls every function directly, behind two opposite kinds of garbage, and twice by its own name:
 * what libmemo, where it is loaded, answers as a miss and as a hit.
 *
 * abi plain|memo SEED ROUNDS COUNTS: prints `NAME DIGEST` for each function, the same with libmemo
 * and without; to the file COUNTS, `NAME CALLS HITS`, as the report must have them. */
#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECT, DIRECT_AGAIN, MISS, HIT, SIDES, MOST_ROUNDS = 64 };

struct run {
    bool memo;
    uint64_t seed;
    unsigned rounds, failures;
    struct side sides[SIDES];
    /* of the function at hand */
    const struct abi_function *function;
    unsigned round, told, calls, hits, stored_count;
    uint64_t stored[MOST_ROUNDS]; /* inputs that must be hits from now on */
    uint64_t digest;
};

static void fail(struct run *run, const char *call, const char *what)
{
    if (run->told++ == 0) run->failures++;
    if (run->told > 1 || run->failures > 40) return;
    printf("failed: %s; seed %llu, round %u, %s: %s\n", run->function->prototype,
           (unsigned long long)run->seed, run->round, call, what);
}

static bool is_stored(const struct run *run, uint64_t input)
{
    for (unsigned i = 0; i < run->stored_count; i++)
        if (run->stored[i] == input) return true;
    return false;
}

/* By its own name, as the miss or the hit. */
static void call_by_name(struct run *run, int side, bool stored)
{
    char difference[300];
    const char *call = side == MISS ? "first call" : "second call";
    uint64_t before = abi_trace()->calls;
    side_call(&run->sides[side], false);
    bool ran = abi_trace()->calls != before;
    run->calls++;
    run->hits += !ran;
    if (!side_same(&run->sides[side], &run->sides[DIRECT], &run->sides[DIRECT_AGAIN], difference,
                   sizeof difference, &run->digest))
        fail(run, call, difference);
    if (run->memo && ran == stored) fail(run, call, ran ? "called again" : "not called");
    side_release(&run->sides[side]);
}

static void round_once(struct run *run, uint64_t values, uint64_t *garbage)
{
    uint64_t same = abi_random(garbage);
    sides_protect(run->sides, SIDES, false);
    for (int i = 0; i < SIDES; i++)
        side_prepare(&run->sides[i], run->function, values,
                     i <= DIRECT_AGAIN ? same : abi_random(garbage), i == DIRECT_AGAIN);
    sides_protect(run->sides, SIDES, true);
    side_call(&run->sides[DIRECT], true);
    uint64_t input = abi_trace()->input;
    bool storable = abi_trace()->storable, stored = is_stored(run, input);
    side_call(&run->sides[DIRECT_AGAIN], true);
    if (abi_trace()->input != input) fail(run, "direct calls", "read what they should not");
    call_by_name(run, MISS, stored);
    call_by_name(run, HIT, stored || storable);
    if (storable && !stored) run->stored[run->stored_count++] = input;
    side_release(&run->sides[DIRECT]);
    side_release(&run->sides[DIRECT_AGAIN]);
}

static void check(struct run *run, const struct abi_function *function, FILE *counts)
{
    uint64_t state = abi_hash(run->seed, function->name, strlen(function->name));
    run->function = function;
    run->told = run->calls = run->hits = run->stored_count = 0;
    run->digest = 14695981039346656037u;
    for (run->round = 0; run->round < run->rounds; run->round++)
        round_once(run, abi_random(&state), &state);
    printf("%s %016llx\n", function->name, (unsigned long long)run->digest);
    fprintf(counts, "%s %u %u\n", function->name, run->calls, run->hits);
}

int main(int argc, char **argv)
{
    static struct run run;
    if (argc != 5) return 2;
    run.memo = strcmp(argv[1], "memo") == 0;
    run.seed = strtoull(argv[2], NULL, 10);
    run.rounds = (unsigned)strtoul(argv[3], NULL, 10);
    FILE *counts = fopen(argv[4], "w");
    if (!counts || run.rounds > MOST_ROUNDS) return 2;
    setvbuf(stdout, NULL, _IOLBF, 0); /* a crash must not take the names before it along */
    sides_open(run.sides, SIDES);
    for (size_t i = 0; i < abi_function_count; i++)
        check(&run, abi_functions[i], counts);
    fclose(counts);
    if (run.failures) printf("failed: %u functions\n", run.failures);
    return run.failures != 0;
}
