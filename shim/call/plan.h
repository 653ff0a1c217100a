/* A signature compiled for this CPU: what to do with each argument, decided once per slot.
 *
 * A call goes through it in this order: plan_resolve() finds every buffer behind a pointer and how
 * long it is; key.h makes the key; value.h captures or delivers the result. Nothing here locks,
 * allocates or changes errno; all of it may fault where the program's own pointers are bad, just
 * as the original would. */
#ifndef MEMO_PLAN_H
#define MEMO_PLAN_H

#include "arch/arch.h"
#include "call/shape.h"
#include "config/pool.h"

#define PLAN_KEY_LIMIT   ((size_t)64 << 10)
#define PLAN_VALUE_LIMIT ((size_t)1 << 20)

/* An argument; or, behind the arguments, a global that every call sets: an output at a fixed place.
 */
struct step {
    enum passing passing;
    enum direction direction;
    struct location location;
    void *fixed;        /* globals: where it is */
    bool boolean;       /* a _Bool: any nonzero byte is 1 */
    bool is_signed;     /* as a count: of this step's own value */
    bool pointers;      /* an output of addresses: each kept as in kept.h */
    uint32_t unit;      /* bytes of a character, of strings and texts */
    struct shape shape; /* of one element, or the value: all of it, or what an output writes */
    struct shape reads; /* the part that is in the key */
    bool masked;        /* an output of named fields, of which a call may leave parts alone */
    uint32_t veiled_count;
    const struct grain *veiled; /* of an output that is partly read or masked, all that is written
                                   without being read: in full, or not stored unless masked */
    int32_t teller;     /* of a struct with strings: the step whose address tells whether there
                           is one. TELLER_NONE: there always is; TELLER_RESULT: the result */
    uint64_t extent;    /* literal count, where count_step < 0 */
    int32_t count_step; /* index of the step whose value is the count */
    uint32_t alternative_count; /* as of struct extent: before both */
    const struct alternative *alternatives;
};

#define TELLER_NONE   (-1)
#define TELLER_RESULT (-2)

#define PLAN_MOVES 8

/* An argument or result that is a register: its bytes in struct registers. */
struct move {
    uint16_t at, size;
};

struct plan {
    /* Every argument and the result, if any, is one register of up to eight bytes, all of which
     * count: these moves are all there is to keys and values. */
    bool simple;
    struct move moves[PLAN_MOVES], result_move;
    uint32_t argument_count; /* steps in the key */
    uint32_t step_count;     /* and with the globals */
    uint32_t pointer_count;
    uint32_t fixed_key_size; /* where pointer_count is 0: every key has this size */
    struct step *steps;
    struct convention convention;
    bool floating;    /* the floating mode is in the key */
    bool has_outputs; /* any OUT or INOUT buffer */
    bool has_veils;   /* any output that is not all read before */
    bool has_strings; /* a string field in an output, the result or what it leads to */
    bool has_gifts;   /* any PASS_GIFT */
    enum returns returns;
    struct type result;
    struct shape result_shape;
    uint32_t returned;    /* RETURNS_PARAMETER: its step */
    struct shape pointee; /* RETURNS_STATIC, _MALLOC: of a record or number */
    uint32_t text_unit;   /* likewise, of a string: bytes of a character; else 0 */
};

/* One register, all of whose bytes count: no padding, no strings, not in memory. */
static inline bool plan_is_register(const struct location *location, const struct shape *shape)
{
    const struct piece *piece = &location->pieces[0];
    return location->piece_count == 1 && !location->indirect && shape->size <= 8 &&
           (piece->bank == BANK_INTEGER || piece->bank == BANK_VECTOR) &&
           shape->packed == shape->size && shape->string_count == 0;
}

/* A buffer behind an argument, for the length of one call. */
struct buffer {
    unsigned char *data;       /* NULL: a null pointer, or a step without a buffer */
    size_t size;               /* bytes in memory; strings without their NUL */
    const unsigned char *mask; /* a masked output's, once it is unveiled: as many bytes, nonzero
                                  where one was written, of the shape's runs alone */
};

/* False when memory for it can't be had from `pool`. The globals' addresses are the caller's to
 * find: steps[argument_count + i].fixed of signature->globals[i]. */
bool plan_make(struct plan *plan, const struct signature *signature, struct pool *pool);

/* Fills buffers[0 .. step_count). False when this call can't be served: an extent that is negative,
 * overflows or passes the limits, or an output that overlaps another buffer. */
bool plan_resolve(const struct plan *plan, struct registers *registers, struct buffer *buffers);

static inline bool step_is_output(const struct step *step)
{
    return step->direction == DIRECTION_OUT || step->direction == DIRECTION_INOUT;
}

/* Whether only parts of an output are written without being read. */
static inline bool step_is_partial(const struct step *step)
{
    return step->direction == DIRECTION_INOUT || step->masked;
}

/* Elements of a resolved PASS_ARRAY. */
static inline size_t step_count_of(const struct step *step, const struct buffer *buffer)
{
    return buffer->size / step->shape.size;
}

#endif
