/* What a call produced, as flat bytes: strings that the caller is to free, the return value, then
 * every other output in order.
 *
 * To know that an output was written in full, a miss runs behind a veil: the buffers are filled
 * with a pattern and compared afterwards. A byte that still shows the pattern was either left
 * alone or written with that very value; the original is then called once more behind another
 * pattern, which tells the two apart for certain. What was left alone gets its old bytes back. */
#ifndef MEMO_VALUE_H
#define MEMO_VALUE_H

#include "call/plan.h"

#define VALUE_NONE SIZE_MAX

/* One miss's outputs under way. */
struct veil {
    unsigned char *before; /* size bytes: what the outputs held */
    unsigned char *first;  /* size bytes: what the first call left, once there is a second; in the
                              end the masks of masked outputs, which live as long as this */
    size_t size;           /* 0: nothing to veil */
    uint64_t pattern;
    unsigned sure; /* bytes from which on a grain that shows the pattern was left alone */
    bool second;
    bool lifted; /* by an escape (escape.h): the call is not stored */
    const struct plan *plan;
    struct buffer *buffers;
};

#define VEIL_SURE 8 /* random bytes, which are not written by chance */
#define VEIL_RATHER                                                                                \
    4 /* where a second call would be worse than one mistake in four thousand million */

/* How a miss's outputs turned out. */
enum unveiled {
    UNVEILED_WRITTEN, /* every output is whole: may be stored */
    UNVEILED_UNCLEAR, /* veil_again() and call once more */
    UNVEILED_PARTLY,  /* something was left alone, and has its old bytes back */
};

/* Bytes of all outputs, where any is veiled; a veil needs twice that in scratch memory. */
size_t veil_size(const struct plan *plan, const struct buffer *buffers);

void veil_begin(struct veil *veil, const struct plan *plan, struct buffer *buffers,
                unsigned char *scratch, size_t size, uint64_t random);

/* For the second call: another pattern, and inout buffers as they were; strings that the caller
 * would have to free are freed, as it never sees them. */
void veil_again(struct veil *veil);

enum unveiled veil_end(struct veil *veil);

/* lift.c. Puts back, at once, the grains that show the pattern, four bytes of them in a row or
 * more: by then they were not written. Of grains of less than four bytes up to three that were left
 * alone keep the pattern, and the last one written, where it happens to show it (1 of 256 bytes),
 * is taken for left alone. */
void veil_lift(struct veil *veil);

/* Bytes that value_capture() will write, or VALUE_NONE where the result can't be stored: a pointer
 * that is not what `returns` says, a text without its NUL, too much of it. */
size_t value_size(const struct plan *plan, const struct registers *registers,
                  const struct buffer *buffers);

void value_capture(const struct plan *plan, const struct registers *registers,
                   const struct buffer *buffers, unsigned char *value);

/* Gives the caller what a call would have: outputs and registers->result. `owner` names the static
 * buffer. False where memory can't be had: the original has to follow, and finds all that it reads
 * unchanged. */
bool value_deliver(const struct plan *plan, struct registers *registers,
                   const struct buffer *buffers, const unsigned char *value, const void *owner);

/* After a miss under `returns = static`: moves the result to the buffer that hits return. */
void value_settle(const struct plan *plan, struct registers *registers, const void *owner);

#endif
