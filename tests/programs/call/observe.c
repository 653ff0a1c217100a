#include "call/observe.h"

#include <errno.h>
#include <fenv.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

enum { COMPARED_FLAGS = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW };

struct counts {
    const char *symbol;
    unsigned long calls, hits;
};

static struct counts all_counts[256];

static struct counts *counts_of(const char *symbol)
{
    for (struct counts *counts = all_counts;; counts++) {
        if (!counts->symbol) counts->symbol = symbol;
        if (strcmp(counts->symbol, symbol) == 0) return counts;
    }
}

void observe_print_counts(void)
{
    for (struct counts *counts = all_counts; counts->symbol; counts++)
        printf("%s %lu %lu\n", counts->symbol, counts->calls, counts->hits);
}

static unsigned long failures;

void observe_check(bool holds, const char *text, const char *file, int line)
{
    if (holds) return;
    if (failures++ < 50) printf("%s:%d: failed: %s\n", file, line, text);
}

unsigned long observe_failures(void)
{
    return failures;
}

void outcome_add(struct outcome *outcome, const void *bytes, size_t size)
{
    if (outcome->size + size > sizeof outcome->bytes) __builtin_trap();
    memcpy(outcome->bytes + outcome->size, bytes, size);
    outcome->size += size;
}

/* errno and the flags before a call. */
struct ambient {
    int error, flags;
};

static void perform(call_once *call, bool direct, const void *input, struct ambient ambient,
                    struct outcome *outcome)
{
    outcome->size = 0;
    feclearexcept(FE_ALL_EXCEPT);
    if (ambient.flags) feraiseexcept(ambient.flags);
    errno = ambient.error;
    call(direct, input, outcome);
    outcome->error = errno;
    outcome->flags = fetestexcept(COMPARED_FLAGS);
}

static void print_bytes(const char *name, const struct outcome *outcome)
{
    printf("  %s errno %d flags %#x", name, outcome->error, outcome->flags);
    for (size_t i = 0; i < outcome->size; i++)
        printf("%s%02x", i % 8 ? "" : " ", outcome->bytes[i]);
    printf("\n");
}

static void compare(const char *symbol, int time, struct ambient ambient,
                    const struct outcome *want, const struct outcome *got)
{
    bool same = want->error == got->error && want->flags == got->flags && want->size == got->size &&
                memcmp(want->bytes, got->bytes, want->size) == 0;
    observe_check(same, symbol, __FILE__, __LINE__);
    if (same) return;
    printf("  %s call, errno before %d, flags before %#x, rounding %#x\n",
           time == 0 ? "first" : "repeated", ambient.error, ambient.flags, fegetround());
    print_bytes("want", want);
    print_bytes("got ", got);
}

/* One repeated call of each entry may miss: made while errno was 0, it does not say whether the
 * original leaves other values alone; the first call with another tells. */
static bool as_expected(enum expectation expected, const struct ambient *ambients, int time,
                        bool hit)
{
    if (expected == EITHER) return true;
    if (expected == UNCACHED) return !hit;
    if (hit || time == 0) return true;
    for (int earlier = 0; earlier < time; earlier++)
        if (ambients[earlier].error) return false;
    return ambients[time].error != 0;
}

static void observe_in(const char *symbol, call_once *call, const void *input,
                       enum expectation expected, const struct ambient ambients[3])
{
    static struct outcome want, got;
    struct counts *counts = counts_of(symbol);
    for (int time = 0; time < 3; time++) {
        perform(call, true, input, ambients[time], &want);
        unsigned long before = originals_ran();
        perform(call, false, input, ambients[time], &got);
        bool hit = originals_ran() == before;
        counts->calls++;
        counts->hits += hit;
        compare(symbol, time, ambients[time], &want, &got);
        bool right = as_expected(expected, ambients, time, hit);
        observe_check(right, symbol, __FILE__, __LINE__);
        if (!right)
            printf("  call %d, errno before %d, %s\n", time, ambients[time].error,
                   hit ? "was a hit" : "was no hit");
    }
}

void observe(const char *symbol, call_once *call, const void *input, enum expectation expected)
{
    static const int roundings[] = {FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    static const int errors[] = {0, EDOM, ERANGE, EINTR, 0, ENOENT, 12345};
    struct ambient ambients[3];
    for (int i = 0; i < 3; i++) {
        ambients[i].error = errors[random_below(sizeof errors / sizeof *errors)];
        ambients[i].flags = random_below(2) ? 0 : (int)(random_bits() & FE_ALL_EXCEPT);
    }
    fesetround(roundings[random_below(4)]);
    observe_in(symbol, call, input, expected, ambients);
    fesetround(FE_TONEAREST);
}

void observe_here(const char *symbol, call_once *call, const void *input, enum expectation expected)
{
    static const struct ambient ambients[3];
    observe_in(symbol, call, input, expected, ambients);
}

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
uint64_t random_bits(void)
{
    static uint64_t state = 20240229;
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

uint64_t random_below(uint64_t limit)
{
    return random_bits() % limit;
}

uint64_t random_integer(void)
{
    switch (random_below(4)) {
    case 0:
        return random_below(16) - 8;
    case 1:
        return (1ull << random_below(64)) - random_below(3) + 1;
    default:
        return random_bits() >> random_below(64);
    }
}

double random_double(void)
{
    static const uint64_t specials[] = {
        0x0000000000000000, 0x8000000000000000, 0x7ff0000000000000, 0xfff0000000000000,
        0x7ff8000000000000, 0xfff8000000000123, 0x7ff4000000000001, 0x0000000000000001,
        0x800fffffffffffff, 0x0010000000000000, 0x7fefffffffffffff, 0x3fe0000000000000,
        0xbff8000000000000, 0x3ff0000000000000, 0x4004000000000000, 0x43e0000000000000,
    };
    uint64_t bits = random_bits();
    if (random_below(2)) bits = specials[bits % 16];
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

float random_float(void)
{
    static const uint32_t specials[] = {
        0x00000000, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00123,
        0x7fa00001, 0x00000001, 0x807fffff, 0x00800000, 0x7f7fffff, 0x3f000000,
        0xbfc00000, 0x3f800000, 0x40200000, 0x5f000000,
    };
    uint32_t bits = (uint32_t)random_bits();
    if (random_below(2)) bits = specials[bits % 16];
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

void random_fill(void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)random_bits();
}

enum { PAGE = 65536 }; /* a multiple of every page size */

void *edge_alloc(size_t size)
{
    size_t pages = (size + PAGE - 1) / PAGE * PAGE;
    char *base =
        mmap(NULL, pages + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED) __builtin_trap();
    mprotect(base + pages, PAGE, PROT_NONE);
    return base + pages - size;
}

void edge_free(void *memory, size_t size)
{
    size_t pages = (size + PAGE - 1) / PAGE * PAGE;
    munmap((char *)memory + size - pages, pages + PAGE);
}
