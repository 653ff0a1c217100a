/* main: every typed path, each input at least four times in every floating mode and with errno 0 and
 * set, bit by bit against a twin. Prints how many comparisons differed. */
#include "front/call.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <stdio.h>
#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

#define INPUTS 24
#define ROUNDS 5
#define FLAGS  (FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW)

static unsigned long compared, wrong;

static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};

unsigned front_modes(void)
{
#if defined(__x86_64__)
    return 7;
#else
    return 4;
#endif
}

void front_mode(unsigned mode)
{
#if defined(__x86_64__)
    static const unsigned zeros[] = {0, 0, 0, 0, 0x8000, 0x0040, 0x8040};
    fesetround(roundings[mode < 4 ? mode : 0]);
    _mm_setcsr((_mm_getcsr() & ~0x8040u) | zeros[mode]);
#else
    fesetround(roundings[mode]);
#endif
}

void front_begin(unsigned mode, int error)
{
    feclearexcept(FE_ALL_EXCEPT);
    front_mode(mode);
    errno = error;
}

void front_end(struct seen *seen, uint64_t result)
{
    int error = errno;
    front_mode(0);
    seen->result = result;
    seen->error = error;
    seen->flags = fetestexcept(FLAGS);
}

void front_compare(const char *what, unsigned number, const struct seen *got,
                   const struct seen *want)
{
    compared++;
    if (got->result == want->result && got->error == want->error && got->flags == want->flags &&
        memcmp(got->memory, want->memory, sizeof got->memory) == 0)
        return;
    if (wrong++ < 10)
        printf("%s %u: %016llx errno %d flags %x instead of %016llx errno %d flags %x%s\n", what, number,
               (unsigned long long)got->result, got->error, got->flags,
               (unsigned long long)want->result, want->error, want->flags,
               memcmp(got->memory, want->memory, sizeof got->memory) ? "; outputs differ" : "");
}

static uint64_t argument(char bank, unsigned input, unsigned index)
{
    static const uint64_t integers[] = {0, 1, UINT64_MAX, 0x80, 0xff, 0x7fff, 0x8000, 0x80000000,
                                        (uint64_t)1 << 63, 0x123456789abcdef, 0xffffffff00000001,
                                        0x7ffffffffffffff};
    static const double reals[] = {0.0, -0.0, 1.0, -1.5, DBL_MIN / 4, DBL_TRUE_MIN, -DBL_MAX, 0.1,
                                   1e-300, 3.0, DBL_MAX, 1e17};
    static const float floats[] = {0.0f, -0.0f, 1.0f, -1.5f, FLT_MIN / 4, FLT_TRUE_MIN, -FLT_MAX, 0.1f,
                                   1e-30f, 3.0f, FLT_MAX, 1e7f};
    static const uint64_t odd[] = {0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000123,
                                   0x7ff0000000000001};
    unsigned pick = (input * (2 * index + 1) + 5 * index) % 16;
    if (bank == 'i') return pick < 12 ? integers[pick] : pick * 0x9e3779b97f4a7c15;
    if (bank == 'd') return pick < 12 ? bits_double(reals[pick]) : odd[pick - 12];
    return pick < 12 ? bits_float(floats[pick]) : odd[pick - 12] >> 32 | (pick == 15);
}

static void one(unsigned number, unsigned input, unsigned mode, int error)
{
    const struct path *path = &paths[number];
    struct seen got = {0}, want = {0};
    uint64_t bits[4] = {0};
    for (unsigned i = 0; path->banks[i]; i++)
        bits[i] = argument(path->banks[i], input, i);
    front_begin(mode, error);
    uint64_t result = path->call(true, bits);
    front_end(&want, result);
    front_begin(mode, error);
    result = path->call(false, bits);
    front_end(&got, result);
    front_compare("path", number, &got, &want);
}

static void all_paths(void)
{
    for (unsigned number = 0; number < path_count; number++)
        for (unsigned round = 0; round < ROUNDS; round++)
            for (unsigned input = 0; input < INPUTS; input++)
                for (unsigned mode = 0; mode < front_modes(); mode++) {
                    one(number, input, mode, 0);
                    one(number, input, mode, 5);
                    one(number, input, 0, 0);
                    one(number, input, 0, EINTR);
                }
}

int main(void)
{
    all_paths();
    front_texts();
    front_outputs();
    printf("%lu compared, %lu wrong\n", compared, wrong);
    return wrong != 0;
}
