/* Output arrays: what is written, what is left alone, what is shared. */
#include "call/groups.h"

#include <limits.h>
#include <string.h>

struct plane {
    double x, y, before;
    int outputs; /* bit 0: r is wanted, bit 1: phi */
};

static void once_polar(bool direct, const void *input, struct outcome *outcome)
{
    const struct plane *in = input;
    double r = in->before, phi = in->before;
    CALL(direct, polar, in->x, in->y, in->outputs & 1 ? &r : NULL, in->outputs & 2 ? &phi : NULL);
    OUTCOME(outcome, r);
    OUTCOME(outcome, phi);
}

static void check_polar(void)
{
    for (int i = 0; i < 300; i++) {
        struct plane in = {random_double(), random_double(), random_double(), (int)random_below(4)};
        observe("polar", once_polar, &in, CACHED);
    }
}

struct division {
    int a, b, before;
};

static void once_divide(bool direct, const void *input, struct outcome *outcome)
{
    const struct division *in = input;
    int buffer[6] = {in->before, in->before, in->before, in->before, in->before, in->before};
    int got = CALL(direct, divide, in->a, in->b, &buffer[1], &buffer[4]);
    OUTCOME(outcome, got);
    OUTCOME(outcome, buffer);
}

/* One int for both outputs: the quotient is written last and stands. */
static void once_divide_shared(bool direct, const void *input, struct outcome *outcome)
{
    const struct division *in = input;
    int both = in->before;
    int got = CALL(direct, divide, in->a, in->b, &both, &both);
    OUTCOME(outcome, got);
    OUTCOME(outcome, both);
}

static void check_divide(void)
{
    for (int i = 0; i < 200; i++) {
        struct division in = {(int)random_integer(), (int)random_integer(), (int)random_bits()};
        bool fails = in.b == 0 || (in.b == -1 && in.a < 0);
        observe("divide", once_divide, &in, fails ? UNCACHED : CACHED);
        observe("divide", once_divide_shared, &in, EITHER);
    }
    /* the bytes before the call are those that an output pattern might be made of */
    for (int fill = 0; fill < 256; fill++) {
        struct division in = {100 + fill, 0, (int)((unsigned)fill * 0x01010101u)};
        observe("divide", once_divide, &in, UNCACHED);
        in.b = 3;
        observe("divide", once_divide, &in, CACHED);
    }
}

struct filling {
    int length;
    unsigned char before;
    int64_t n;
    bool null;
};

static void once_prefix(bool direct, const void *input, struct outcome *outcome)
{
    const struct filling *in = input;
    unsigned char buffer[32];
    memset(buffer, in->before, sizeof buffer);
    CALL(direct, prefix, in->length, buffer + 8);
    OUTCOME(outcome, buffer);
}

/* 16 of 16 bytes are an output, fewer are not. Lengths beyond 16 only choose other bytes. */
static void check_prefix(void)
{
    for (int length = 0; length <= 16; length++)
        for (int before = 0; before < 256; before += 17) {
            struct filling in = {.length = length, .before = (unsigned char)before};
            observe("prefix", once_prefix, &in, length == 16 ? CACHED : UNCACHED);
        }
}

static void once_fill(bool direct, const void *input, struct outcome *outcome)
{
    const struct filling *in = input;
    short buffer[48];
    memset(buffer, in->before, sizeof buffer);
    CALL(direct, fill, (short)in->length, in->null ? NULL : buffer + 8, (unsigned)in->n);
    OUTCOME(outcome, buffer);
}

static void check_fill(void)
{
    for (int i = 0; i < 200; i++) {
        struct filling in = {.length = (int)random_bits(),
                             .before = (unsigned char)random_bits(),
                             .n = (int64_t)random_below(33)};
        observe("fill", once_fill, &in, CACHED);
    }
    struct filling huge = {.length = 1, .n = UINT_MAX}, null = {.length = 2, .n = 7, .null = true};
    observe("fill", once_fill, &huge, UNCACHED);
    observe("fill", once_fill, &null, CACHED);
}

static void once_step(bool direct, const void *input, struct outcome *outcome)
{
    unsigned long state[2];
    memcpy(state, input, sizeof state);
    CALL(direct, step, state);
    OUTCOME(outcome, state);
}

static void once_step_word(bool direct, const void *input, struct outcome *outcome)
{
    unsigned long state[2];
    memcpy(state, input, sizeof state);
    CALL(direct, step_word, state);
    OUTCOME(outcome, state);
}

static void once_step_null(bool direct, const void *input, struct outcome *outcome)
{
    (void)input;
    CALL(direct, step_word, NULL);
    outcome_add(outcome, "", 1);
}

struct sorting {
    int values[24];
    int n;
};

static void once_order(bool direct, const void *input, struct outcome *outcome)
{
    struct sorting in;
    memcpy(&in, input, sizeof in);
    CALL(direct, order, in.values, in.n);
    OUTCOME(outcome, in.values);
}

static void check_inout(void)
{
    for (int i = 0; i < 200; i++) {
        unsigned long state[2] = {random_integer(), random_integer()};
        observe("step", once_step, state, CACHED);
        observe("step_word", once_step_word, state, CACHED);
        struct sorting in = {.n = (int)random_below(25)};
        random_fill(in.values, sizeof in.values);
        observe("order", once_order, &in, CACHED);
    }
    observe("step_word", once_step_null, NULL, CACHED);
}

/* Each result the next argument. Uncounted. */
void check_chain(void)
{
    unsigned long state[2] = {1, 2}, want[2] = {1, 2};
    for (int i = 0; i < 1000; i++) {
        step(state);
        direct_step(want);
    }
    CHECK(memcmp(state, want, sizeof state) == 0);
}

struct scaling {
    double v[8], factor;
    int to;
};

/* From v[2..4] to v[to..to+2]: apart, the same, or overlapping by one or two elements. */
static void once_scale(bool direct, const void *input, struct outcome *outcome)
{
    struct scaling in;
    memcpy(&in, input, sizeof in);
    CALL(direct, scale, &in.v[2], in.factor, &in.v[in.to]);
    OUTCOME(outcome, in.v);
}

static void check_overlap(void)
{
    for (int i = 0; i < 300; i++) {
        struct scaling in = {.factor = random_double(), .to = (int)random_below(6)};
        for (int j = 0; j < 8; j++)
            in.v[j] = random_double();
        observe("scale", once_scale, &in, in.to == 5 ? CACHED : EITHER);
    }
}

struct claim {
    int n;
    void *v;
};

static void once_nothing_read(bool direct, const void *input, struct outcome *outcome)
{
    const struct claim *in = input;
    int got = CALL(direct, nothing_read, in->n, in->v);
    OUTCOME(outcome, got);
}

/* Counts of an inout array that can't be followed. */
static void check_claims(void)
{
    int one = 1;
    struct claim claims[] = {{-1, &one}, {INT_MIN, &one}, {INT_MAX, &one}};
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        observe("nothing_read", once_nothing_read, &claims[i], UNCACHED);
    struct claim none = {0, &one};
    observe("nothing_read", once_nothing_read, &none, CACHED);
}

void check_output(void)
{
    check_polar();
    check_divide();
    check_prefix();
    check_fill();
    check_inout();
    check_overlap();
    check_claims();
}
