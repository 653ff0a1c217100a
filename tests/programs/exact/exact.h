/* What the drivers that generate.py makes of the catalogue are built on.
 *
 * Every input is decided by (function, rounding mode, number): first all combinations of special
 * values, then seeded random ones. Each is called twice by a process without libmemo, once with
 * errno and flags clear and once with others set before ("sides"); the outcomes go to a file. A
 * process under libmemo calls each three times - miss, hit, and a hit much later - on the sides in
 * turn, and compares with the file, to the bit. INEXACT alone is left out. */
#ifndef EXACT_H
#define EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

enum { SPECIAL_DOUBLES = 40, SPECIAL_FLOATS = 40, SPECIAL_INTEGERS = 24, SPECIAL_OTHERS = 1 };

/* One input being chosen. */
struct pick {
    uint64_t random, rest; /* rest: the combination's number, used up digit by digit */
    bool special;
    bool describe; /* print each value chosen */
};

double pick_double(struct pick *pick);
float pick_float(struct pick *pick);
int64_t pick_integer(struct pick *pick);
int64_t pick_between(struct pick *pick, int64_t low, int64_t high);
const char *pick_text(struct pick *pick, const char *const *texts, size_t count);
void pick_tm(struct pick *pick, struct tm *t);
void pick_bytes(struct pick *pick, void *bytes, size_t size);

/* What a caller sees of one call. */
struct outcome {
    int side;
    bool text_missing; /* output text without NUL: such a call is not stored */
    size_t size;
    unsigned char bytes[4096];
    bool untouched[4096]; /* an output's byte that is what it was before the call */
};

void outcome_begin(struct outcome *outcome); /* last before the call */
void outcome_end(struct outcome *outcome);   /* first after it */
void outcome_put(struct outcome *outcome, const void *bytes, size_t size);

/* Outputs: filled before the call, with other bytes on each side, and put after it. */
void outcome_fill(struct outcome *outcome, void *bytes, size_t size);
void outcome_output(struct outcome *outcome, const void *bytes, size_t size);
void outcome_output_text(struct outcome *outcome, const char *text, size_t extent, size_t size);
void outcome_output_tm(struct outcome *outcome, const struct tm *t);

/* Returned pointers, by what they lead to. */
void outcome_string(struct outcome *outcome, const char *text);
void outcome_tm(struct outcome *outcome, const struct tm *t);

#define PUT(outcome, value) outcome_put((outcome), &(value), sizeof(value))

struct exact_function {
    const char *name;
    void (*call)(struct pick *pick, struct outcome *outcome);
    bool present;          /* this libc has it */
    bool floating;         /* called in all four rounding modes */
    uint64_t combinations; /* of special values */
};

/* main() of a driver: `record FILE` or `check FILE`, then how many random inputs. Prints for each
 * function `NAME CALLS HITS`, the least number of hits that there must be. */
int exact_main(int argc, char **argv, const struct exact_function *functions, size_t count);

#endif
