#include "aarch64/shapes.h"

#include <string.h>

uint64_t shape_count;

static uint64_t bits_of_double(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static uint64_t bits_of_float(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

#define BITS(x) _Generic(x, float : bits_of_float, double : bits_of_double)(x)

static uint64_t mix(const uint64_t *words, size_t count)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ words[i] ^ hash >> 29) * 0xbf58476d1ce4e5b9u;
    return hash ^ hash >> 32;
}

#define MIX(...)   mix((const uint64_t[]){__VA_ARGS__}, sizeof((const uint64_t[]){__VA_ARGS__}) / 8)
#define WORDS(...) __VA_ARGS__

/* The hash as a result: of a floating type by value, so never a NaN. */
#define GRID_AS(result, name, count, parameters, ...)                                              \
    result name parameters                                                                         \
    {                                                                                              \
        count;                                                                                     \
        return (result)MIX(__VA_ARGS__);                                                           \
    }
#define OUTPUT_AS(result, name, count, type, words, ...)                                           \
    result name(__VA_ARGS__, type *out)                                                            \
    {                                                                                              \
        count;                                                                                     \
        *out = (type)MIX(WORDS words, 1);                                                          \
        return (result)MIX(WORDS words);                                                           \
    }
#define OUTPUTS_AS(result, name, count, type, words, ...)                                          \
    result name(__VA_ARGS__, type *out, type *more)                                                \
    {                                                                                              \
        count;                                                                                     \
        *out = (type)MIX(WORDS words, 1);                                                          \
        *more = (type)MIX(WORDS words, 2);                                                         \
    }

#define GRID(result, name, integers, vectors, ...)                                                 \
    GRID_AS(result, shape_##name, shape_count++, __VA_ARGS__)                                      \
    GRID_AS(result, direct_##name, (void)0, __VA_ARGS__)
#define OUTPUT(result, name, integers, vectors, ...)                                               \
    OUTPUT_AS(result, shape_##name, shape_count++, __VA_ARGS__)                                    \
    OUTPUT_AS(result, direct_##name, (void)0, __VA_ARGS__)
#define OUTPUTS(result, name, integers, vectors, ...)                                              \
    OUTPUTS_AS(result, shape_##name, shape_count++, __VA_ARGS__)                                   \
    OUTPUTS_AS(result, direct_##name, (void)0, __VA_ARGS__)

SHAPES_GRID(GRID)
SHAPES_OUTPUT(OUTPUT)
SHAPES_OUTPUTS(OUTPUTS)

static uint64_t mix_text(const char *text)
{
    uint64_t hash = 1;
    for (; *text; text++)
        hash = hash * 0x100000001b3u + (unsigned char)*text;
    return hash * 0xbf58476d1ce4e5b9u;
}

#define TEXT_AS(result, name, count)                                                               \
    result name(const char *text)                                                                  \
    {                                                                                              \
        count;                                                                                     \
        return (result)mix_text(text);                                                             \
    }

TEXT_AS(long, shape_text, shape_count++)
TEXT_AS(long, direct_text, (void)0)
TEXT_AS(double, shape_real, shape_count++)
TEXT_AS(double, direct_real, (void)0)
