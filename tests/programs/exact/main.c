#include "exact/exact.h"

#include <errno.h>
#include <fenv.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Three arguments' special values are all combined; of what is more, so many are a sample. */
enum { MOST_COMBINATIONS = SPECIAL_NUMBERS * SPECIAL_NUMBERS * SPECIAL_NUMBERS, MODES = 4 };

static const int roundings[MODES] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};

/* The outcomes of one function in one mode, as they pass through the pipe. */
struct block {
    unsigned char *bytes;
    size_t size, capacity, at;
};

struct run {
    struct block block;
    bool check;
    uint64_t inputs;       /* random ones */
    uint64_t combinations; /* of special values, at most */
    uint64_t calls, storable;
    unsigned long failures;
    unsigned told; /* failures of this function that were printed */
};

/* Before the bytes of an outcome. */
struct recorded {
    uint32_t size;
    uint32_t storable; /* whether such a call can be stored */
};

static void give_up(const char *why)
{
    fprintf(stderr, "%s\n", why);
    exit(2);
}

/* The `number`th input: all combinations of special values, or a sample of them if there are too
 * many, come before the random ones. */
static struct pick pick_start(const struct run *run, const struct exact_function *function,
                              uint64_t number, int side)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *c = function->name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211u;
    struct pick pick = {.random = hash + number * 0x2545f4914f6cdd1d, .rest = number, .side = side};
    pick.special = number < function->combinations && number < run->combinations;
    if (function->combinations > run->combinations)
        pick.rest = (number * 2654435761u + hash) % function->combinations;
    return pick;
}

static uint64_t input_count(const struct run *run, const struct exact_function *function)
{
    uint64_t combinations = function->combinations;
    return run->inputs + (combinations < run->combinations ? combinations : run->combinations);
}

static void call(struct run *run, const struct exact_function *function, uint64_t number, int side,
                 struct outcome *outcome)
{
    struct pick pick = pick_start(run, function, number, side);
    outcome->side = side;
    outcome->size = 0;
    outcome->unstored = false;
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
    struct pick pick = pick_start(run, function, number, want->side);
    run->failures++;
    if (run->told++ >= 3) return;
    printf("%s: rounding %#x, side %d, %s:", function->name, fegetround(), want->side, when);
    pick.describe = true;
    ignored.side = want->side;
    ignored.size = 0;
    function->call(&pick, &ignored);
    print_outcome("want", want);
    print_outcome("got ", got);
    printf("\n");
}

static bool storable(const struct outcome *one, const struct outcome *other)
{
    int error;
    memcpy(&error, one->bytes, sizeof error); /* see outcome_end(): errno, upon 0 */
    if ((error != 0 && error != EDOM && error != ERANGE) || one->unstored) return false;
    for (size_t i = 0; i < one->size; i++)
        if (one->untouched[i] && other->untouched[i]) return false;
    return true;
}

static void block_reserve(struct block *block, size_t size)
{
    if (size <= block->capacity) return;
    block->capacity = 2 * size;
    block->bytes = realloc(block->bytes, block->capacity);
    if (!block->bytes) give_up("no memory for the outcomes");
}

static void block_add(struct block *block, const struct outcome *outcome, bool can_store)
{
    struct recorded head = {(uint32_t)outcome->size, can_store};
    block_reserve(block, block->size + sizeof head + outcome->size);
    memcpy(block->bytes + block->size, &head, sizeof head);
    memcpy(block->bytes + block->size + sizeof head, outcome->bytes, outcome->size);
    block->size += sizeof head + outcome->size;
}

static void block_write(struct block *block)
{
    uint64_t size = block->size;
    if (fwrite(&size, sizeof size, 1, stdout) != 1 ||
        fwrite(block->bytes, 1, block->size, stdout) != block->size)
        give_up("the outcomes can't be written");
    block->size = 0;
}

static void block_read(struct block *block)
{
    uint64_t size;
    if (fread(&size, sizeof size, 1, stdin) != 1) give_up("the stream of outcomes ends too early");
    block_reserve(block, size);
    if (fread(block->bytes, 1, size, stdin) != size) give_up("a block of outcomes is too short");
    block->size = size;
}

static bool block_take(struct block *block, int side, struct outcome *want)
{
    struct recorded head;
    if (block->size - block->at < sizeof head) give_up("a block of outcomes ends too early");
    memcpy(&head, block->bytes + block->at, sizeof head);
    block->at += sizeof head;
    if (head.size > sizeof want->bytes || block->size - block->at < head.size)
        give_up("an outcome is out of bounds");
    memcpy(want->bytes, block->bytes + block->at, head.size);
    block->at += head.size;
    want->side = side;
    want->size = head.size;
    return head.storable;
}

static void record_function(struct run *run, const struct exact_function *function)
{
    static struct outcome sides[2];
    for (uint64_t number = 0; number < input_count(run, function); number++) {
        for (int side = 0; side < 2; side++)
            call(run, function, number, side, &sides[side]);
        bool can_store = storable(&sides[0], &sides[1]);
        for (int side = 0; side < 2; side++)
            block_add(&run->block, &sides[side], can_store);
    }
    block_write(&run->block);
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
    block_read(&run->block);
    for (int pass = 0; pass < 2; pass++) {
        run->block.at = 0;
        for (uint64_t number = 0; number < count; number++) {
            bool can_store = false;
            for (int side = 0; side < 2; side++)
                can_store = block_take(&run->block, side, &sides[side]);
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
            record_function(run, function);
    }
    fesetround(FE_TONEAREST);
    if (run->check)
        printf("%s %llu %llu\n", function->name, (unsigned long long)run->calls,
               (unsigned long long)run->storable);
}

int exact_main(int argc, char **argv, const struct exact_function *functions, size_t count)
{
    struct run run = {.combinations = MOST_COMBINATIONS};
    if (argc == 2 && strcmp(argv[1], "count") == 0) return printf("%zu\n", count) < 0;
    if (argc != 5 && argc != 6) return 2;
    size_t from, to; /* not by strtoul(), whose calls are counted */
    run.check = strcmp(argv[1], "check") == 0;
    if (sscanf(argv[2], "%zu", &from) != 1 || sscanf(argv[3], "%zu", &to) != 1 ||
        sscanf(argv[4], "%" SCNu64, &run.inputs) != 1 ||
        (argc == 6 && sscanf(argv[5], "%" SCNu64, &run.combinations) != 1))
        return 2;
    setlocale(LC_ALL, "");
    tzset(); /* the first call of all leaves ENOENT where TZ names no file */
    for (size_t i = from; i < to && i < count; i++) {
        if (functions[i].present)
            run_function(&run, &functions[i]);
        else if (run.check)
            printf("%s absent\n", functions[i].name);
    }
    if (run.failures) printf("failed: %lu\n", run.failures);
    if (fflush(stdout) != 0) return 2;
    return run.failures != 0;
}
