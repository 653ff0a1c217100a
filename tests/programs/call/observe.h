/* Makes one call by its direct name and by its memoized one, and compares everything that a caller
 * can see, to the bit: what the call adds to its outcome (result, buffers), errno, and the
 * floating-point flags except INEXACT. */
#ifndef CALL_OBSERVE_H
#define CALL_OBSERVE_H

#include "call/functions.h"

/* Counts and prints what does not hold. */
void observe_check(bool holds, const char *text, const char *file, int line);
#define CHECK(condition) observe_check((condition), #condition, __FILE__, __LINE__)
unsigned long observe_failures(void);

/* Chooses the name to call by. */
#define CALL(direct, name, ...) ((direct) ? direct_##name(__VA_ARGS__) : name(__VA_ARGS__))

struct outcome {
    int error, flags;
    size_t size;
    unsigned char bytes[1024];
};

/* Calls once with `input`, and adds to `outcome`; no floating-point arithmetic of its own. */
typedef void call_once(bool direct, const void *input, struct outcome *outcome);

void outcome_add(struct outcome *outcome, const void *bytes, size_t size);
#define OUTCOME(outcome, value) outcome_add((outcome), &(value), sizeof(value))

enum expectation {
    CACHED,   /* the second call must be a hit */
    UNCACHED, /* no call may be a hit */
    EITHER,   /* right is enough */
};

/* Calls three times by each name: the first two of the memoized name are a miss and what
 * `expected` says. Each time errno and flags were something else before the call; the rounding mode
 * is one of four, the same for all. */
void observe(const char *symbol, call_once *call, const void *input, enum expectation expected);

/* As observe(), in the rounding mode and with errno and flags as they are. */
void observe_here(const char *symbol, call_once *call, const void *input,
                  enum expectation expected);

/* Prints `SYMBOL CALLS HITS` for every memoized call that observe() and observe_here() made. */
void observe_print_counts(void);

/* Seeded; the same in every run. */
uint64_t random_bits(void);
uint64_t random_below(uint64_t limit);
/* One of: zeros, ones, extremes of every width, small numbers, any bits. */
uint64_t random_integer(void);
/* One of: zeros, infinities, NaNs with payloads, subnormals, extremes, halves, any bits. */
double random_double(void);
float random_float(void);
void random_fill(void *bytes, size_t size);

/* Memory that ends where a page without access begins: one byte read too far is a fault. */
void *edge_alloc(size_t size);
void edge_free(void *memory, size_t size);

#endif
