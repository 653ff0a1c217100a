/* struct tm, timespec and timeval: by their fields, whatever lies between those. */
#include "call/groups.h"

#include <string.h>

/* Bytes of struct tm that are no field: after tm_isdst. */
enum { PADDING = offsetof(struct tm, tm_isdst) + sizeof(int) };
_Static_assert(offsetof(struct tm, tm_gmtoff) == PADDING + 4, "struct tm of another ABI");

static const char *const zones[] = {NULL, "UTC", "CET"};

static void random_tm(struct tm *t)
{
    memset(t, 0, sizeof *t);
    int *field = &t->tm_sec;
    for (int i = 0; i < 9; i++)
        field[i] = (int)random_integer();
    t->tm_gmtoff = (long)random_integer();
    t->tm_zone = zones[random_below(3)];
}

/* The caller's copy, with padding that is never the same twice. */
static void dirty_copy(struct tm *to, const struct tm *from)
{
    memcpy(to, from, sizeof *to);
    random_fill((char *)to + PADDING, 4);
}

static void add_fields(struct outcome *outcome, const struct tm *t)
{
    outcome_add(outcome, t, PADDING);
    OUTCOME(outcome, t->tm_gmtoff);
    OUTCOME(outcome, t->tm_zone);
}

static void once_digest(bool direct, const void *input, struct outcome *outcome)
{
    struct tm t;
    dirty_copy(&t, input);
    long got = CALL(direct, tm_digest, &t);
    OUTCOME(outcome, got);
}

static void once_digest_null(bool direct, const void *input, struct outcome *outcome)
{
    long got = CALL(direct, tm_digest, input);
    OUTCOME(outcome, got);
}

static void once_make(bool direct, const void *input, struct outcome *outcome)
{
    struct tm t;
    random_fill(&t, sizeof t);
    CALL(direct, tm_make, *(const long *)input, &t);
    add_fields(outcome, &t);
}

static void once_make_null(bool direct, const void *input, struct outcome *outcome)
{
    CALL(direct, tm_make, *(const long *)input, NULL);
    outcome_add(outcome, "", 1);
}

static void once_normal(bool direct, const void *input, struct outcome *outcome)
{
    struct tm t;
    dirty_copy(&t, input);
    int got = CALL(direct, tm_normal, &t);
    OUTCOME(outcome, got);
    add_fields(outcome, &t);
}

/* The pointer that comes back is this caller's, wherever its buffer is. */
static void once_result(bool direct, const void *input, struct outcome *outcome)
{
    struct tm buffers[4];
    struct tm *mine = &buffers[random_below(4)];
    memset(buffers, 0x5a, sizeof buffers);
    const struct tm *got = CALL(direct, tm_result, input, mine);
    bool returned = got == mine, null = got == NULL;
    OUTCOME(outcome, returned);
    OUTCOME(outcome, null);
    add_fields(outcome, mine);
}

struct specs {
    struct timespec a, b, before;
};

static void once_spec(bool direct, const void *input, struct outcome *outcome)
{
    struct specs in = *(const struct specs *)input;
    CALL(direct, spec_add, &in.a, &in.b, &in.before);
    OUTCOME(outcome, in);
}

static void once_val(bool direct, const void *input, struct outcome *outcome)
{
    struct timeval v = *(const struct timeval *)input;
    CALL(direct, val_double, &v);
    OUTCOME(outcome, v);
}

static void once_val_digest(bool direct, const void *input, struct outcome *outcome)
{
    long got = CALL(direct, val_digest, input);
    OUTCOME(outcome, got);
}

static void check_times(void)
{
    struct specs in = {.before = {1, 2}};
    in.a.tv_sec = (time_t)random_integer() >> 2, in.a.tv_nsec = (long)random_below(1000000000);
    in.b.tv_sec = (time_t)random_integer() >> 2, in.b.tv_nsec = (long)random_below(1000000000);
    observe("spec_add", once_spec, &in, CACHED);
    struct timeval v = {(time_t)random_integer() >> 2, (suseconds_t)random_below(1000000)};
    observe("val_double", once_val, &v, CACHED);
    observe("val_digest", once_val_digest, &v, CACHED);
}

void check_records(void)
{
    for (int i = 0; i < 200; i++) {
        struct tm t;
        random_tm(&t);
        observe("tm_digest", once_digest, &t, CACHED);
        observe("tm_normal", once_normal, &t, CACHED);
        long seed = (long)random_integer();
        observe("tm_make", once_make, &seed, CACHED);
        observe("tm_make", once_make_null, &seed, CACHED);
        time_t moment = (time_t)(random_integer() & INT64_MAX);
        observe("tm_result", once_result, &moment, CACHED);
        moment = -1 - moment;
        observe("tm_result", once_result, &moment, UNCACHED);
        check_times();
    }
    observe("tm_digest", once_digest_null, NULL, CACHED);
    observe("val_digest", once_val_digest, NULL, CACHED);
}
