#include "exact/exact.h"

#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <string.h>
#include <wchar.h>

enum { COMPARED_FLAGS = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW };

void outcome_begin(struct outcome *outcome)
{
    feclearexcept(FE_ALL_EXCEPT);
    if (outcome->side) feraiseexcept(FE_DIVBYZERO | FE_UNDERFLOW | FE_INEXACT);
    errno = outcome->side ? EINTR : 0;
}

void outcome_end(struct outcome *outcome)
{
    int seen[2] = {errno, fetestexcept(COMPARED_FLAGS)};
    outcome_put(outcome, seen, sizeof seen);
}

void outcome_put(struct outcome *outcome, const void *bytes, size_t size)
{
    if (outcome->size + size > sizeof outcome->bytes) __builtin_trap();
    memcpy(outcome->bytes + outcome->size, bytes, size);
    memset(outcome->untouched + outcome->size, 0, size);
    outcome->size += size;
}

static unsigned char filling(const struct outcome *outcome)
{
    return outcome->side ? 0x3c : 0xb7;
}

void outcome_fill(struct outcome *outcome, void *bytes, size_t size)
{
    memset(bytes, filling(outcome), size);
}

/* A byte that equals the filling on both sides was left alone: each side fills with another. */
void outcome_output(struct outcome *outcome, const void *bytes, size_t size)
{
    size_t start = outcome->size;
    outcome_put(outcome, bytes, size);
    for (size_t i = start; i < outcome->size; i++)
        outcome->untouched[i] = outcome->bytes[i] == filling(outcome);
}

void outcome_output_text(struct outcome *outcome, const char *text, size_t extent, size_t size)
{
    if (!memchr(text, 0, extent)) outcome->unstored = true;
    outcome_put(outcome, text, size);
}

void outcome_output_wide_text(struct outcome *outcome, const wchar_t *text, size_t extent,
                              size_t size)
{
    if (!wmemchr(text, 0, extent)) outcome->unstored = true;
    outcome_put(outcome, text, size * sizeof *text);
}

static size_t long_double_bytes(void)
{
    return LDBL_MANT_DIG == 64 ? 10 : sizeof(long double);
}

void outcome_put_long_double(struct outcome *outcome, const long double *x, size_t count)
{
    for (; count > 0; count--, x++)
        outcome_put(outcome, x, long_double_bytes());
}

void outcome_output_long_double(struct outcome *outcome, const long double *x, size_t count)
{
    for (; count > 0; count--, x++)
        outcome_output(outcome, x, long_double_bytes());
}

void outcome_pointer(struct outcome *outcome, const void *pointer, const struct regions *regions)
{
    const char *at = pointer;
    size_t place[2] = {pointer ? SIZE_MAX : 0, 0};
    for (size_t i = 0; pointer && i < regions->count; i++) {
        size_t offset = (size_t)(at - (const char *)regions->items[i].start);
        if (offset <= regions->items[i].size) place[0] = i + 1, place[1] = offset;
    }
    outcome_put(outcome, place, sizeof place);
}

void outcome_output_pointer(struct outcome *outcome, const void *pointer,
                            const struct regions *regions)
{
    const void *filled;
    memset(&filled, filling(outcome), sizeof filled);
    if (pointer == filled)
        outcome_output(outcome, &pointer, sizeof pointer);
    else
        outcome_pointer(outcome, pointer, regions);
}

void outcome_string(struct outcome *outcome, const char *text)
{
    outcome_put(outcome, text ? "T" : "N", 1);
    if (text) outcome_put(outcome, text, strlen(text) + 1);
}
