/* One set of arguments of one function: values, and buffers between stretches of garbage, at
 * addresses of its own. Sides prepared with the same values differ in addresses, in padding, in
 * upper halves of registers and in what outputs hold before. */
#ifndef ABI_SIDE_H
#define ABI_SIDE_H

#include "abi.h"

#define SIDE_BYTES  ((size_t)128 << 10) /* of each of its two areas */
#define SIDE_RESULT 160

struct area {
    unsigned char *data, *before; /* before: as it was when the function was called */
    size_t used;
};

struct side {
    const struct abi_function *function;
    uint64_t values, garbage; /* states of abi_random */
    unsigned char invert;     /* laid over garbage: 0, or 0xff for the opposite */
    struct area constant, writable;
    _Alignas(16) unsigned char slots[ABI_MOST_PARAMETERS][80];
    void *arguments[ABI_MOST_PARAMETERS];
    size_t counts[ABI_MOST_PARAMETERS];
    _Alignas(16) unsigned char result[SIDE_RESULT];
    _Alignas(16) unsigned char leads_to[SIDE_RESULT]; /* what a returned pointer leads to */
    _Alignas(16) unsigned char global[SIDE_RESULT];
};

/* Where sides live: constant areas one behind the other, so that one call protects them all. */
void sides_open(struct side *sides, size_t count);
void sides_protect(struct side *sides, size_t count, bool constant);

void side_prepare(struct side *side, const struct abi_function *function, uint64_t values,
                  uint64_t garbage, bool invert);
void side_call(struct side *side, bool directly);

/* What of two sides' bytes was written, told from two calls that found opposite garbage. */
bool side_was_written(const struct area *one, const struct area *other, size_t offset);

/* Whether `got`, just called, has the outcome of `want`, which has a twin of opposite garbage. If
 * not, `difference` says where. *digest takes in what has no addresses. */
bool side_same(const struct side *got, const struct side *want, const struct side *twin,
               char *difference, size_t size, uint64_t *digest);

/* Gives back what the call allocated for its caller. */
void side_release(struct side *side);

#endif
