#include "exact/exact.h"

#include <errno.h>
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COMBINATIONS = 1900, MODES = 4 };

static const int roundings[MODES] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};

struct run {
    FILE *file;
    bool check;
    uint64_t inputs; /* random ones */
    uint64_t calls, storable;
    unsigned long failures;
    unsigned told; /* failures of this function that were printed */
};

/* The `number`th input: all combinations of special values, or a sample of them if there are too
 * many, come before the random ones. */
static struct pick pick_start(const struct exact_function *function, uint64_t number)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *c = function->name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    struct pick pick = {.random = hash + number * 0x2545f4914f6cdd1d, .rest = number};
    pick.special = number < function->combinations && number < MOST_COMBINATIONS;
    if (function->combinations > MOST_COMBINATIONS)
        pick.rest = (number * 2654435761u + hash) % function->combinations;
    return pick;
}

static uint64_t input_count(const struct run *run, const struct exact_function *function)
{
    uint64_t combinations = function->combinations;
    return run->inputs + (combinations < MOST_COMBINATIONS ? combinations : MOST_COMBINATIONS);
}

static void call(struct run *run, const struct exact_function *function, uint64_t number, int side,
                 struct outcome *outcome)
{
    struct pick pick = pick_start(function, number);
    outcome->side = side;
    outcome->size = 0;
    outcome->text_missing = false;
    function->call(&pick, outcome);
    run->calls++;
}

static void print_outcome(const char *name, const struct outcome *outcome)
{
    printf("\n  %s", name);
    for (size_t i = 0; i < outcome->size; i++)
        printf("%s%02x", i % 4 ? "" : " ", outcome->bytes[i]);
}

static void tell(struct run *run, const struct exact_function *function, uint64_t number,
                 const char *when, const struct outcome *want, const struct outcome *got)
{
    static struct outcome ignored;
    struct pick pick = pick_start(function, number);
    run->failures++;
    if (run->told++ >= 3) return;
    printf("%s: rounding %#x, side %d, %s:", function->name, fegetround(), want->side, when);
    pick.describe = true;
    ignored.side = ignored.size = 0;
    function->call(&pick, &ignored);
    print_outcome("want", want);
    print_outcome("got ", got);
    printf("\n");
}

/* An outcome in the file: what the libc says, and whether such a call can be stored. */
struct recorded {
    uint32_t size;
    bool storable;
};

static bool storable(const struct outcome *one, const struct outcome *other)
{
    int error;
    memcpy(&error, one->bytes, sizeof error); /* see outcome_end(): errno, upon 0 */
    if ((error != 0 && error != EDOM && error != ERANGE) || one->text_missing) return false;
    for (size_t i = 0; i < one->size; i++)
        if (one->untouched[i] && other->untouched[i]) return false;
    return true;
}

static void record_one(struct run *run, const struct exact_function *function, uint64_t number)
{
    static struct outcome sides[2];
    for (int side = 0; side < 2; side++)
        call(run, function, number, side, &sides[side]);
    bool can_store = storable(&sides[0], &sides[1]);
    for (int side = 0; side < 2; side++) {
        struct recorded head = {(uint32_t)sides[side].size, can_store};
        fwrite(&head, sizeof head, 1, run->file);
        fwrite(sides[side].bytes, 1, sides[side].size, run->file);
    }
}

static bool read_recorded(struct run *run, int side, struct outcome *want)
{
    struct recorded head;
    if (fread(&head, sizeof head, 1, run->file) != 1 || head.size > sizeof want->bytes ||
        fread(want->bytes, 1, head.size, run->file) != head.size) {
        fprintf(stderr, "the file of outcomes ends too early\n");
        exit(2);
    }
    want->side = side;
    want->size = head.size;
    return head.storable;
}

static void compare(struct run *run, const struct exact_function *function, uint64_t number,
                    const char *when, const struct outcome *want)
{
    static struct outcome got;
    call(run, function, number, want->side, &got);
    if (got.size != want->size || memcmp(got.bytes, want->bytes, got.size) != 0)
        tell(run, function, number, when, want, &got);
}

/* Each input twice in a row. Then each once more, now that all the others came after it. */
static void check_function(struct run *run, const struct exact_function *function)
{
    static struct outcome sides[2];
    uint64_t count = input_count(run, function);
    long start = ftell(run->file);
    for (int pass = 0; pass < 2; pass++) {
        fseek(run->file, start, SEEK_SET);
        for (uint64_t number = 0; number < count; number++) {
            bool can_store = false;
            for (int side = 0; side < 2; side++)
                can_store = read_recorded(run, side, &sides[side]);
            if (pass == 0) compare(run, function, number, "miss", &sides[0]);
            if (pass == 0) compare(run, function, number, "hit", &sides[1]);
            if (pass == 1) compare(run, function, number, "later hit", &sides[number % 2]);
            run->storable += can_store;
        }
    }
}

static void run_function(struct run *run, const struct exact_function *function)
{
    run->calls = run->storable = run->told = 0;
    for (int mode = 0; mode < (function->floating ? MODES : 1); mode++) {
        fesetround(roundings[mode]);
        if (run->check)
            check_function(run, function);
        else
            for (uint64_t number = 0; number < input_count(run, function); number++)
                record_one(run, function, number);
    }
    fesetround(FE_TONEAREST);
    printf("%s %llu %llu\n", function->name, (unsigned long long)run->calls,
           (unsigned long long)run->storable);
}

int exact_main(int argc, char **argv, const struct exact_function *functions, size_t count)
{
    struct run run = {0};
    if (argc != 4) return 2;
    run.check = strcmp(argv[1], "check") == 0;
    run.file = fopen(argv[2], run.check ? "rb" : "wb");
    run.inputs = strtoull(argv[3], NULL, 10);
    if (!run.file) return 2;
    for (size_t i = 0; i < count; i++) {
        if (functions[i].present)
            run_function(&run, &functions[i]);
        else
            printf("%s absent\n", functions[i].name);
    }
    if (fclose(run.file) != 0) return 2;
    if (run.failures) printf("failed: %lu\n", run.failures);
    return run.failures != 0;
}
