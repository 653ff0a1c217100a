/* shapes config: the config.
 *
 * shapes all: calls each function of shapes.h by its two names, with anything in all registers and
 * bytes that carry no argument. Results are the same to the bit, and `NAME CALLS HITS TYPED` tells
 * how many calls were answered without the function, and how many by a typed path: that alone
 * leaves the result in both banks, or v0 to v3 as they were.
 *
 * shapes evictions: the same of three keys in turn, for tables of two. */
#include "aarch64/machine.h"
#include "aarch64/shapes.h"

#include "check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { INPUTS = 8, CALLS = 6 };

struct shape {
    const char *name;
    void *function, *direct;
    uint32_t integers, vectors, outputs, output_size, result_size;
    bool real, text; /* result in v0; argument */
};

#define SIZE(result) _Generic((result *)0, void * : 0, default : sizeof(result))
#define REAL(result) _Generic((result *)0, float * : true, double * : true, default : false)
#define ROW(result, name, integers, vectors, outputs, output_size, text)                           \
    {"shape_" #name, (void *)shape_##name, (void *)direct_##name, integers,     vectors,           \
     outputs,        output_size,          SIZE(result),          REAL(result), text},
#define GRID(result, name, integers, vectors, parameters, ...)                                     \
    ROW(result, name, integers, vectors, 0, 0, false)
#define OUTPUT(result, name, integers, vectors, type, words, ...)                                  \
    ROW(result, name, integers, vectors, 1, sizeof(type), false)
#define OUTPUTS(result, name, integers, vectors, type, words, ...)                                 \
    ROW(result, name, integers, vectors, 2, sizeof(type), false)

/* clang-format off */
static const struct shape shapes[] = {
    SHAPES_GRID(GRID)
    SHAPES_OUTPUT(OUTPUT)
    SHAPES_OUTPUTS(OUTPUTS)
    ROW(long, text, 0, 0, 0, 0, true)
    ROW(double, real, 0, 0, 0, 0, true)
};
/* clang-format on */

#define TEXT(...) #__VA_ARGS__
#define PRINT(result, name, parameters)                                                            \
    puts("[shape_" #name "]\nprototype = " #result " shape_" #name parameters);
#define PRINT_GRID(result, name, integers, vectors, parameters, ...)                               \
    PRINT(result, name, #parameters)
#define PRINT_OUTPUT(result, name, integers, vectors, type, words, ...)                            \
    PRINT(result, name, "(" TEXT(__VA_ARGS__) ", out " #type " out[1])")
#define PRINT_OUTPUTS(result, name, integers, vectors, type, words, ...)                           \
    PRINT(result, name, "(" TEXT(__VA_ARGS__) ", out " #type " out[1], out " #type " more[1])")

static void print_config(void)
{
    puts("[*]\nadaptive = off");
    SHAPES_GRID(PRINT_GRID)
    SHAPES_OUTPUT(PRINT_OUTPUT)
    SHAPES_OUTPUTS(PRINT_OUTPUTS)
    PRINT(long, text, "(string text)")
    PRINT(double, real, "(string text)")
}

static uint64_t any(void)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

static uint64_t width_mask(char letter)
{
    return letter == 'c'                                     ? UINT8_MAX
           : letter == 'h'                                   ? UINT16_MAX
           : letter == 'i' || letter == 'u' || letter == 'f' ? UINT32_MAX
                                                             : UINT64_MAX;
}

struct input {
    uint64_t words[4];
    char text[64];
};

static void choose(struct input *input, size_t number)
{
    static const size_t lengths[INPUTS] = {0, 1, 15, 16, 17, 31, 40, 47};
    for (int i = 0; i < 4; i++)
        input->words[i] = number == 0 ? 0 : any();
    for (size_t i = 0; i < sizeof input->text; i++)
        input->text[i] = i == lengths[number] ? 0 : (char)(1 + any() % 255);
}

/* The arguments, and anything else. */
static void pass(const struct shape *shape, const struct input *input, uint64_t outputs[2][2],
                 struct machine *in)
{
    const char *letters = shape->name + sizeof "shape_" - 1;
    for (size_t i = 0; i < sizeof *in; i++)
        ((unsigned char *)in)[i] = (unsigned char)any();
    for (uint32_t i = 0; i < shape->integers + shape->vectors; i++) {
        uint64_t mask = width_mask(letters[i]), word = (input->words[i] & mask) | (any() & ~mask);
        if (i < shape->integers)
            in->integer[i] = word;
        else
            memcpy(in->vector[i - shape->integers], &word, 8);
    }
    if (shape->text) in->integer[0] = (uintptr_t)input->text;
    for (uint32_t i = 0; i < shape->outputs; i++)
        in->integer[shape->integers + i] = (uintptr_t)outputs[i];
    memset(outputs, 0x6e, 32);
}

static uint64_t result_of(const struct shape *shape, const struct machine *out)
{
    uint64_t result = 0;
    memcpy(&result, shape->real ? (const void *)out->vector[0] : &out->integer[0],
           shape->result_size);
    return result;
}

struct counts {
    unsigned calls, hits, typed;
};

static void call(const struct shape *shape, const struct input *input, struct counts *counts)
{
    struct machine in, out, want;
    uint64_t outputs[2][2], wanted[2][2];
    pass(shape, input, wanted, &in);
    call_with(&in, &want, shape->direct);
    pass(shape, input, outputs, &in);
    uint64_t before = shape_count;
    call_with(&in, &out, shape->function);
    bool hit = shape_count == before;
    counts->calls++;
    counts->hits += hit;
    counts->typed += hit && (memcmp(&out.integer[0], out.vector[0], 8) == 0 ||
                             memcmp(out.vector, in.vector, 4 * sizeof in.vector[0]) == 0);
    CHECK(result_of(shape, &out) == result_of(shape, &want));
    CHECK(memcmp(outputs, wanted, sizeof outputs) == 0);
    for (int i = 19; i <= 28; i++)
        CHECK(out.integer[i] == in.integer[i]);
    for (int i = 8; i <= 15; i++)
        CHECK(memcmp(out.vector[i], in.vector[i], 8) == 0);
}

static void check(const struct shape *shape)
{
    struct counts counts = {0, 0, 0};
    struct input inputs[INPUTS];
    for (size_t i = 0; i < INPUTS; i++) {
        choose(&inputs[i], i);
        for (int time = 0; time < CALLS; time++)
            call(shape, &inputs[i], &counts);
    }
    for (size_t i = 0; i < INPUTS; i++)
        call(shape, &inputs[i], &counts);
    printf("%s %u %u %u\n", shape->name, counts.calls, counts.hits, counts.typed);
}

/* An entry that goes takes its line along, whatever the caller left in the rest of the registers.
 */
static void check_evictions(const struct shape *shape)
{
    struct counts counts = {0, 0, 0};
    struct input inputs[3];
    for (size_t i = 0; i < 3; i++) {
        choose(&inputs[i], i);
        inputs[i].words[0] = ~(uint64_t)i;
    }
    for (int turn = 0; turn < 10; turn++)
        for (int time = 0; time < 4; time++)
            call(shape, &inputs[turn % 3], &counts);
    printf("%s %u %u %u\n", shape->name, counts.calls, counts.hits, counts.typed);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    if (strcmp(argv[1], "config") == 0) print_config();
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if (strcmp(argv[1], "all") == 0) check(&shapes[i]);
        if (strcmp(argv[1], "evictions") == 0) check_evictions(&shapes[i]);
    }
    return check_failed != 0;
}
