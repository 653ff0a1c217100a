/* Every type by value, in registers and on the stack. */
#include "call/groups.h"

#include <fenv.h>
#include <string.h>

enum { INPUTS = 150 };

/* `a` and `b` as the callee sees them, and what a caller may leave in the rest of the register. */
struct integers {
    uint64_t a, b, dirt;
};

/* gcc's callees look at the declared width only; clang's take what the caller extended to 32 bits,
 * as every caller does: there the upper half alone is undefined. */
#ifdef __clang__
enum { DIRTY_FROM = 4 };
#else
enum { DIRTY_FROM = 1 };
#endif

static uint64_t dirty(uint64_t value, size_t size, uint64_t dirt)
{
    size_t clean = size < DIRTY_FROM ? DIRTY_FROM : size;
    return clean >= 8 ? value : (value & ((1ull << 8 * clean) - 1)) | dirt << 8 * clean;
}

typedef uint64_t wide_function(uint64_t a, uint64_t b);

/* Called as a function of two full registers; of the result only the type's own bytes count. */
#define INTEGER(name, type)                                                                        \
    static void once_turn_##name(bool direct, const void *input, struct outcome *outcome)          \
    {                                                                                              \
        const struct integers *in = input;                                                         \
        wide_function *volatile function =                                                         \
            direct ? (wide_function *)direct_turn_##name : (wide_function *)turn_##name;           \
        uint64_t dirt = direct ? 0 : ++((struct integers *)input)->dirt * 0x9e3779b97f4a7c15;      \
        uint64_t got = function(dirty((uint64_t)(type)in->a, sizeof(type), dirt),                  \
                                dirty((uint64_t)(type)in->b, sizeof(type), ~dirt));                \
        outcome_add(outcome, &got, sizeof(type));                                                  \
    }
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-function-type"
#include "types.h"
#pragma GCC diagnostic pop
#undef INTEGER

static void check_integers(void)
{
    struct integers in = {0};
    for (int i = 0; i < INPUTS; i++) {
#define INTEGER(name, type)                                                                        \
    in.a = random_integer(), in.b = random_integer();                                              \
    observe("turn_" #name, once_turn_##name, &in, CACHED);
#include "types.h"
#undef INTEGER
    }
}

struct numbers {
    uint64_t integer[16];
    double real[16];
    float single[16];
};

static void once_shade(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    enum shade got = CALL(direct, turn_shade, (enum shade)in->integer[0]);
    OUTCOME(outcome, got);
}

/* A float's register has 12 more bytes, which the ABI leaves undefined. */
static void once_wave_float(bool direct, const void *input, struct outcome *outcome)
{
    typedef double wide(double, double);
    const struct numbers *in = input;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-function-type"
    wide *volatile function = direct ? (wide *)direct_wave_float : (wide *)wave_float;
#pragma GCC diagnostic pop
    double a, b, got;
    uint64_t bits = direct ? 0 : random_bits() << 32;
    memcpy(&a, &bits, sizeof a);
    memcpy(&b, &bits, sizeof b);
    memcpy(&a, &in->single[0], sizeof(float));
    memcpy(&b, &in->single[1], sizeof(float));
    got = function(a, b);
    outcome_add(outcome, &got, sizeof(float));
}

static void once_wave_double(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    double got = CALL(direct, wave_double, in->real[0], in->real[1]);
    OUTCOME(outcome, got);
}

static void once_blend(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    double got = CALL(direct, blend, (int8_t)in->integer[0], in->real[0], in->single[0],
                      in->integer[1], in->integer[2] & 1, in->real[1]);
    OUTCOME(outcome, got);
}

static void once_nine_integers(bool direct, const void *input, struct outcome *outcome)
{
    const uint64_t *in = ((const struct numbers *)input)->integer;
    long got = CALL(direct, nine_integers, (char)in[0], (short)in[1], (int)in[2], (long)in[3],
                    (uint8_t)in[4], (uint16_t)in[5], (int8_t)in[6], (unsigned)in[7], in[8] & 1);
    OUTCOME(outcome, got);
}

static void once_ten_doubles(bool direct, const void *input, struct outcome *outcome)
{
    const double *in = ((const struct numbers *)input)->real;
    double got = CALL(direct, ten_doubles, in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7],
                      in[8], in[9]);
    OUTCOME(outcome, got);
}

static void once_twenty_mixed(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    const uint64_t *n = in->integer;
    const double *r = in->real;
    const float *f = in->single;
    double got = CALL(direct, twenty_mixed, (int)n[0], r[0], (long)n[1], f[0], (short)n[2], r[1],
                      (unsigned)n[3], r[2], (int8_t)n[4], r[3], (uint16_t)n[5], f[1], (long)n[6],
                      r[4], (int8_t)n[7], f[2], n[8] & 1, r[5], n[9], f[3]);
    OUTCOME(outcome, got);
}

static void once_sixty_arguments(bool direct, const void *input, struct outcome *outcome)
{
    const uint64_t *n = ((const struct numbers *)input)->integer;
    const double *r = ((const struct numbers *)input)->real;
    double got =
        CALL(direct, sixty_arguments, (long)(n[0] + 0), (long)(n[1] + 1), (long)(n[2] + 2),
             (long)(n[3] + 3), (long)(n[4] + 4), (long)(n[5] + 5), (long)(n[6] + 6),
             (long)(n[7] + 7), (long)(n[8] + 8), (long)(n[9] + 9), (long)(n[10] + 10),
             (long)(n[11] + 11), (long)(n[12] + 12), (long)(n[13] + 13), (long)(n[14] + 14),
             (long)(n[15] + 15), (long)(n[0] + 16), (long)(n[1] + 17), (long)(n[2] + 18),
             (long)(n[3] + 19), (long)(n[4] + 20), (long)(n[5] + 21), (long)(n[6] + 22),
             (long)(n[7] + 23), (long)(n[8] + 24), (long)(n[9] + 25), (long)(n[10] + 26),
             (long)(n[11] + 27), (long)(n[12] + 28), (long)(n[13] + 29), (long)(n[14] + 30),
             (long)(n[15] + 31), (long)(n[0] + 32), (long)(n[1] + 33), (long)(n[2] + 34),
             (long)(n[3] + 35), (long)(n[4] + 36), (long)(n[5] + 37), (long)(n[6] + 38),
             (long)(n[7] + 39), r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10],
             r[11], r[12], r[13], r[14], r[15], r[0], r[1], r[2], r[3]);
    OUTCOME(outcome, got);
}

static void once_no_arguments(bool direct, const void *input, struct outcome *outcome)
{
    (void)input;
    int got = CALL(direct, no_arguments);
    OUTCOME(outcome, got);
}

static void once_no_result(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    CALL(direct, no_result, (int)in->integer[0]);
    outcome_add(outcome, "", 1);
}

static void once_third(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    double got = CALL(direct, third, in->real[0]);
    OUTCOME(outcome, got);
}

static void once_third_float(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    float got = CALL(direct, third_float, in->single[0]);
    OUTCOME(outcome, got);
}

static void once_stack(bool direct, const void *input, struct outcome *outcome)
{
    const struct numbers *in = input;
    int got = CALL(direct, stack_misalignment, (long)in->integer[0], in->real[0]);
    OUTCOME(outcome, got);
}

static void random_numbers(struct numbers *numbers)
{
    for (int i = 0; i < 16; i++) {
        numbers->integer[i] = random_integer();
        numbers->real[i] = random_double();
        numbers->single[i] = random_float();
    }
}

/* The same bits in every rounding mode: a result of its own in each. */
static void check_rounding(void)
{
    static const int roundings[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    for (int i = 0; i < INPUTS; i++) {
        struct numbers in;
        random_numbers(&in);
        for (int mode = 0; mode < 4; mode++) {
            fesetround(roundings[mode]);
            observe_here("third", once_third, &in, CACHED);
            observe_here("third_float", once_third_float, &in, CACHED);
            observe_here("wave_double", once_wave_double, &in, CACHED);
        }
        fesetround(FE_TONEAREST);
    }
}

/* Uncounted. */
void check_stack(void)
{
    CHECK(stack_misalignment(123, 4.5) == 0);
}

void check_scalar(void)
{
    check_integers();
    for (int i = 0; i < INPUTS; i++) {
        struct numbers in;
        random_numbers(&in);
        observe("turn_shade", once_shade, &in, CACHED);
        observe("wave_float", once_wave_float, &in, CACHED);
        observe("wave_double", once_wave_double, &in, CACHED);
        observe("blend", once_blend, &in, CACHED);
        observe("nine_integers", once_nine_integers, &in, CACHED);
        observe("ten_doubles", once_ten_doubles, &in, CACHED);
        observe("twenty_mixed", once_twenty_mixed, &in, CACHED);
        observe("sixty_arguments", once_sixty_arguments, &in, CACHED);
        observe("no_arguments", once_no_arguments, &in, CACHED);
        observe("no_result", once_no_result, &in, CACHED);
        observe("third", once_third, &in, CACHED);
        observe("third_float", once_third_float, &in, CACHED);
        observe("stack_misalignment", once_stack, &in, CACHED);
    }
    check_rounding();
}
