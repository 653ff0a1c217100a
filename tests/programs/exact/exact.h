/* What the driver that generate.py makes of the catalogue is built on.
 *
 * Every input is decided by (function, rounding mode, number): first all combinations of special
 * values, then seeded random ones. Each is called twice by a process without libmemo, once with
 * errno and flags clear and once with others set before ("sides"), all of whose buffers lie
 * elsewhere; the outcomes go to standard output. A process under libmemo reads them, calls each
 * three times - miss, hit, and a hit much later - on the sides in turn, and compares, to the bit.
 * INEXACT alone is left out. */
#ifndef EXACT_H
#define EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

/* How many of each kind: their combinations are counted off as the digits of a number. */
enum { SPECIAL_NUMBERS = 40, SPECIAL_INTEGERS = 24, SPECIAL_TEXTS = 32 };

/* One input being chosen. */
struct pick {
    uint64_t random, rest; /* rest: the combination's number, used up digit by digit */
    int side;
    bool special;
    bool describe; /* print each value chosen */
};

uint64_t pick_next(struct pick *pick);                 /* 64 random bits */
uint64_t pick_digit(struct pick *pick, uint64_t base); /* of the combination */

double pick_double(struct pick *pick);
float pick_float(struct pick *pick);
long double pick_long_double(struct pick *pick);
double _Complex pick_double_complex(struct pick *pick);
float _Complex pick_float_complex(struct pick *pick);
long double _Complex pick_long_double_complex(struct pick *pick);
int64_t pick_integer(struct pick *pick);
int64_t pick_between(struct pick *pick, int64_t low, int64_t high);
int64_t pick_small(struct pick *pick, int64_t most);
int pick_of(struct pick *pick, const char values[8]);
bool pick_null(struct pick *pick); /* whether to pass no buffer at all */
void pick_bytes(struct pick *pick, void *bytes, size_t size);
void pick_zeros(struct pick *pick, void *bytes, size_t size); /* which of them are 0 */

enum text {
    TEXT_WORDS,
    TEXT_NUMBER,
    TEXT_ADDRESS,
    TEXT_EITHER, /* an address of IPv4 or IPv6 */
    TEXT_PATTERN,
    TEXT_NAME, /* to match against patterns */
    TEXT_FORMAT,
    TEXT_TRANSPORT,
    TEXT_PHRASE,
    TEXT_SETTING, /* of crypt() */
    TEXT_USER,    /* from here on: names of the system's databases */
    TEXT_GROUP,
    TEXT_SERVICE,
    TEXT_PROTOCOL,
};

struct room {
    char bytes[224];
};

struct wide_room {
    wchar_t characters[224];
};

/* The text lies at another place of the room on each side. */
const char *pick_text(struct pick *pick, enum text kind, struct room *room);
const wchar_t *pick_wide_text(struct pick *pick, enum text kind, struct wide_room *room);

struct tm;
struct in_addr;
struct passwd;
struct group;
struct servent;
struct protoent;
void pick_tm(struct pick *pick, struct tm *t);
void pick_in_addr(struct pick *pick, struct in_addr *address);

/* What a caller sees of one call. */
struct outcome {
    int side;
    bool unstored; /* output text without NUL, or a struct that is none: such a call is not kept */
    size_t size;
    unsigned char bytes[4096];
    bool untouched[4096]; /* an output's byte that is what it was before the call */
};

/* The buffers behind a call's arguments: an address is put as its place in one of them. */
struct region {
    const void *start;
    size_t size;
};

struct regions {
    size_t count;
    struct region items[8];
};

void outcome_begin(struct outcome *outcome); /* last before the call */
void outcome_end(struct outcome *outcome);   /* first after it */
void outcome_put(struct outcome *outcome, const void *bytes, size_t size);
void outcome_put_long_double(struct outcome *outcome, const long double *x, size_t count);

/* Outputs: filled before the call, with other bytes on each side, and put after it. */
void outcome_fill(struct outcome *outcome, void *bytes, size_t size);
void outcome_output(struct outcome *outcome, const void *bytes, size_t size);
void outcome_output_long_double(struct outcome *outcome, const long double *x, size_t count);
void outcome_output_text(struct outcome *outcome, const char *text, size_t extent, size_t size);
void outcome_output_wide_text(struct outcome *outcome, const wchar_t *text, size_t extent,
                              size_t size);
void outcome_output_pointer(struct outcome *outcome, const void *pointer,
                            const struct regions *regions);
void outcome_output_tm(struct outcome *outcome, const struct tm *t, const struct regions *regions);
void outcome_output_passwd(struct outcome *outcome, const struct passwd *entry,
                           const struct regions *regions);
void outcome_output_group(struct outcome *outcome, const struct group *entry,
                          const struct regions *regions);
void outcome_output_servent(struct outcome *outcome, const struct servent *entry,
                            const struct regions *regions);
void outcome_output_protoent(struct outcome *outcome, const struct protoent *entry,
                             const struct regions *regions);
void outcome_output_in_addr(struct outcome *outcome, const struct in_addr *address,
                            const struct regions *regions);

/* Returned pointers: by what they lead to, or by where they lead. */
void outcome_string(struct outcome *outcome, const char *text);
void outcome_tm(struct outcome *outcome, const struct tm *t);
void outcome_passwd(struct outcome *outcome, const struct passwd *entry);
void outcome_group(struct outcome *outcome, const struct group *entry);
void outcome_servent(struct outcome *outcome, const struct servent *entry);
void outcome_protoent(struct outcome *outcome, const struct protoent *entry);
void outcome_pointer(struct outcome *outcome, const void *pointer, const struct regions *regions);

#define PUT(outcome, value) outcome_put((outcome), &(value), sizeof(value))

/* A call of a function that its header declares pure may be moved: not to before FRESH of its
 * arguments, nor to behind USED of its result. */
#define FRESH(value) __asm__ volatile("" : "+m"(value))
#define USED(value)  __asm__ volatile("" : : "m"(value))

struct exact_function {
    const char *name;
    void (*call)(struct pick *pick, struct outcome *outcome);
    bool present;          /* this libc has it */
    bool floating;         /* called in all four rounding modes */
    uint64_t combinations; /* of special values */
};

/* main() of the driver, for functions FROM up to, not with, TO, with so many random inputs each and
 * at most so many combinations of special ones: record FROM TO INPUTS [SPECIAL]   calls them;
 * outcomes to standard output check FROM TO INPUTS [SPECIAL]    reads those from standard input,
 * calls and compares; prints for each function `NAME CALLS HITS`: so many hits there must be count
 * prints how many functions there are */
int exact_main(int argc, char **argv, const struct exact_function *functions, size_t count);

#endif
