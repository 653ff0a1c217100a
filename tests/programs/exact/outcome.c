#include "exact/exact.h"

#include <errno.h>
#include <fenv.h>
#include <string.h>

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

/* Bytes that the call left alone are put as zeros: each side filled them with others. */
void outcome_output(struct outcome *outcome, const void *bytes, size_t size)
{
    size_t start = outcome->size;
    outcome_put(outcome, bytes, size);
    for (size_t i = start; i < outcome->size; i++)
        outcome->untouched[i] = outcome->bytes[i] == filling(outcome);
}

void outcome_output_text(struct outcome *outcome, const char *text, size_t extent, size_t size)
{
    if (!memchr(text, 0, extent)) outcome->text_missing = true;
    outcome_put(outcome, text, size);
}

static void put_fields(struct outcome *outcome, const struct tm *t, bool output)
{
    void (*put)(struct outcome *, const void *, size_t) = output ? outcome_output : outcome_put;
    const char *untouched;
    memset(&untouched, filling(outcome), sizeof untouched);
    put(outcome, t, offsetof(struct tm, tm_isdst) + sizeof(int));
    put(outcome, &t->tm_gmtoff, sizeof t->tm_gmtoff);
    if (output && t->tm_zone == untouched)
        put(outcome, &t->tm_zone, sizeof t->tm_zone);
    else
        outcome_string(outcome, t->tm_zone);
}

void outcome_output_tm(struct outcome *outcome, const struct tm *t)
{
    put_fields(outcome, t, true);
}

void outcome_tm(struct outcome *outcome, const struct tm *t)
{
    outcome_put(outcome, t ? "T" : "N", 1);
    if (t) put_fields(outcome, t, false);
}

void outcome_string(struct outcome *outcome, const char *text)
{
    outcome_put(outcome, text ? "T" : "N", 1);
    if (text) outcome_put(outcome, text, strlen(text) + 1);
}
