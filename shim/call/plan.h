/* A signature compiled for this CPU: what to do with each argument, decided once per slot.
 *
 * A call goes through it in this order: plan_resolve() finds every buffer behind a pointer and how
 * long it is; key.h makes the key; value.h captures or delivers the result. Nothing here locks,
 * allocates or changes errno; all of it may fault where the program's own pointers are bad, just
 * as the original would. */
#ifndef MEMO_PLAN_H
#define MEMO_PLAN_H

#include "arch/arch.h"
#include "config/pool.h"

#define PLAN_KEY_LIMIT   ((size_t)64 << 10)
#define PLAN_VALUE_LIMIT ((size_t)1 << 20)

/* A stretch of an element that holds data; what lies between two runs is padding. */
struct run {
    uint32_t offset, size;
};

/* One element behind a pointer, or one value. `grain` is how an output is checked for being
 * written: by units that a function writes whole. */
struct shape {
    uint32_t size;   /* in memory, padding included */
    uint32_t packed; /* in keys and values: the runs only */
    uint32_t run_count;
    const struct run *runs; /* fields in order; neighbours without padding are one run */
    uint32_t grain_count;
    const struct run *grains;
};

struct step {
    enum passing passing;
    enum direction direction;
    struct argument_place place;
    bool boolean; /* a _Bool: any nonzero byte is 1 */
    struct shape shape;
    uint64_t extent;    /* literal count, where count_step < 0 */
    int32_t count_step; /* index of the step whose value is the count */
    bool is_signed;     /* as a count: of this step's own value */
};

struct plan {
    uint32_t step_count, pointer_count;
    uint32_t fixed_key_size; /* where pointer_count is 0: every key has this size */
    struct step *steps;
    uint64_t stack_bytes;
    bool floating;    /* the floating mode is in the key */
    bool has_outputs; /* any OUT or INOUT buffer */
    bool has_veils;   /* any OUT buffer */
    enum returns returns;
    struct type result;
    uint32_t returned;    /* RETURNS_PARAMETER: its step */
    struct shape pointee; /* RETURNS_STATIC: a record or number; size 0 for a string */
};

/* A buffer behind an argument, for the length of one call. */
struct buffer {
    unsigned char *data; /* NULL: a null pointer, or a step without a buffer */
    size_t size;         /* bytes in memory; strings without their NUL */
};

/* False when memory for it can't be had from `pool`. */
bool plan_make(struct plan *plan, const struct signature *signature, struct pool *pool);

/* Fills buffers[0 .. step_count). False when this call can't be served: an extent that is negative,
 * overflows or passes the limits, or an output that overlaps another buffer. */
bool plan_resolve(const struct plan *plan, struct registers *registers, struct buffer *buffers);

/* Bytes of one argument's own value in a key: numbers and handles. */
static inline uint32_t step_value_size(const struct step *step)
{
    return step->passing == PASS_HANDLE ? (uint32_t)sizeof(void *) : step->shape.size;
}

/* Elements of a resolved PASS_ARRAY. */
static inline size_t step_count_of(const struct step *step, const struct buffer *buffer)
{
    return buffer->size / step->shape.size;
}

#endif
