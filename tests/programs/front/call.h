/* A function called by the bits of its arguments, or its twin; its result as bits. */
#ifndef FRONT_CALL_H
#define FRONT_CALL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct path {
    uint64_t (*call)(bool twin, const uint64_t *bits);
    const char *banks; /* of the arguments: i, d or f each */
};

extern const struct path paths[];
extern const unsigned path_count;

static inline double as_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline float as_float(uint64_t bits)
{
    float value;
    uint32_t low = (uint32_t)bits;
    memcpy(&value, &low, sizeof value);
    return value;
}

static inline uint64_t bits_double(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline uint64_t bits_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

#define FRONT_BITS(type)                                                                           \
    static inline uint64_t bits_##type(type value) { return (uint64_t)value; }
FRONT_BITS(uint64_t) FRONT_BITS(int64_t) FRONT_BITS(uint32_t) FRONT_BITS(int32_t)
FRONT_BITS(uint16_t) FRONT_BITS(int16_t) FRONT_BITS(uint8_t) FRONT_BITS(int8_t)

/* Floating modes to call in: the four roundings, and on x86-64 FTZ and DAZ. */
unsigned front_modes(void);
void front_mode(unsigned mode);

/* What a call leaves beside its result: flags, but for inexact, and errno. */
struct seen {
    uint64_t result;
    int error;
    int flags;
    unsigned char memory[64];
};

void front_compare(const char *what, unsigned number, const struct seen *got,
                   const struct seen *want);
void front_begin(unsigned mode, int error);
void front_end(struct seen *seen, uint64_t result);

void front_texts(void);
void front_outputs(void);

#endif
