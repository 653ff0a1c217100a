/* Texts of all lengths at the end of a page; outputs that alias, overlap, are unaligned or missing. */
#include "front/call.h"
#include "front/shapes.h"

#include <stdlib.h>
#include <sys/mman.h>

#define ROUNDS  5
#define LENGTHS 61

static void text_once(const char *text, unsigned number, unsigned mode, int error)
{
    struct seen got = {0}, want = {0};
    uint64_t result;
#define ASK(type)                                                                                  \
    front_begin(mode, error);                                                                      \
    result = bits_##type(twin_text_##type(text));                                                  \
    front_end(&want, result);                                                                      \
    front_begin(mode, error);                                                                      \
    result = bits_##type(text_##type(text));                                                       \
    front_end(&got, result);                                                                       \
    front_compare("text " #type, number, &got, &want);
    ASK(uint64_t) ASK(int8_t) ASK(uint16_t) ASK(int32_t) ASK(double) ASK(float)
}

/* `page` ends at memory that may not be read; the text ends `room` bytes before. */
static const char *place_text(char *page, unsigned length, unsigned room, unsigned kind)
{
    char *text = page + 4096 - length - 1 - room;
    memset(page + 4096 - room, 'z', room);
    for (unsigned i = 0; i < length; i++)
        text[i] = (char)(kind == 0 ? 'a' + i % 26 : kind == 1 ? 0x80 + i : i == length / 2 ? 0xff : 1);
    text[length] = 0;
    return text;
}

void front_texts(void)
{
    static const unsigned rooms[] = {0, 1, 15, 46, 47, 48, 200};
    char *page = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED || mprotect(page + 4096, 4096, PROT_NONE)) exit(2);
    for (unsigned round = 0; round < ROUNDS; round++)
        for (unsigned length = 0; length < LENGTHS; length++)
            for (unsigned kind = 0; kind < 3; kind++) {
                const char *text = place_text(page, length, rooms[round % 2 ? 0 : length % 7], kind);
                for (unsigned mode = 0; mode < front_modes(); mode++) {
                    text_once(text, length, mode, 0);
                    text_once(text, length, mode, 7);
                    text_once(text, length, 0, 0);
                    text_once(NULL, 1000, mode, 7);
                }
            }
    munmap(page, 8192);
}

/* Where outputs are in a caller's memory; -1: a null pointer. */
static const struct places {
    int first, second;
} places[] = {{0, 8},  {8, 0},  {0, 32}, {32, 1},  {16, 16}, {0, 4},  {4, 0}, {0, 7},
              {7, 0},  {1, 13}, {0, 3},  {3, 0},   {-1, 8},  {8, -1}, {-1, -1}, {11, 15}};

static void *place(struct seen *seen, int at)
{
    return at < 0 ? NULL : seen->memory + at;
}

static void outputs_once(const double *x, const struct places *at, unsigned number, unsigned mode,
                         int error)
{
    struct seen got = {0}, want = {0};
    uint64_t result;
#define CALL(name, type, ...)                                                                      \
    memset(want.memory, 0xa5, sizeof want.memory);                                                 \
    memset(got.memory, 0xa5, sizeof got.memory);                                                   \
    {                                                                                              \
        struct seen *seen = &want;                                                                 \
        front_begin(mode, error);                                                                  \
        result = type(twin_##name(__VA_ARGS__));                                                   \
        front_end(&want, result);                                                                  \
    }                                                                                              \
    {                                                                                              \
        struct seen *seen = &got;                                                                  \
        front_begin(mode, error);                                                                  \
        result = type(name(__VA_ARGS__));                                                          \
        front_end(&got, result);                                                                   \
    }                                                                                              \
    front_compare(#name, number, &got, &want);
#define NOTHING(call) (call, 0)
    CALL(out_two, NOTHING, x[0], place(seen, at->first), place(seen, at->second))
    CALL(out_two_floats, NOTHING, (float)x[0], place(seen, at->first), place(seen, at->second))
    CALL(out_int, bits_double, x[0], place(seen, at->first))
    CALL(out_int_float, bits_float, (float)x[0], place(seen, at->first))
    CALL(out_real, bits_double, x[0], place(seen, at->first))
    CALL(out_after_two, bits_double, x[0], x[1], place(seen, at->first))
    CALL(out_real_after_two, bits_double, x[0], x[1], place(seen, at->first))
    CALL(out_of_int, bits_int32_t, (int)number, place(seen, at->first))
    CALL(out_of_int_float, NOTHING, (int16_t)-number, place(seen, at->first))
}

void front_outputs(void)
{
    static const double inputs[][2] = {{0.0, -0.0}, {-0.0, 1.0}, {1.5, 3.0},     {1e-310, 1.0},
                                       {1e300, 2},  {0.1, 0.3},  {-1.7, 1e-200}, {5e-324, 9}};
    for (unsigned round = 0; round < ROUNDS; round++)
        for (unsigned input = 0; input < 8; input++)
            for (unsigned at = 0; at < sizeof places / sizeof *places; at++)
                for (unsigned mode = 0; mode < front_modes(); mode++) {
                    outputs_once(inputs[input], &places[at], input, mode, 0);
                    outputs_once(inputs[input], &places[at], input, 0, 0);
                    outputs_once(inputs[input], &places[at], input, 0, 9);
                }
}
