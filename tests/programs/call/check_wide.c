/* Wide strings. Most characters here have bytes that are zero: none of them may end a string. */
#include "call/groups.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void random_wide(wchar_t *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = (wchar_t)(1 + random_below(3) * 0x100 + random_below(2) * 0x10000);
    text[length] = 0;
}

static void once_digest(bool direct, const void *input, struct outcome *outcome)
{
    unsigned long got = CALL(direct, wide_digest, input);
    OUTCOME(outcome, got);
}

/* At the very end of a page; a key has 64 KiB. */
static void check_digest(void)
{
    static const size_t lengths[] = {0, 1, 2, 3, 4, 7, 8, 63, 64, 255, 1023, 1024, 4096, 16000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t size = (lengths[i] + 1) * sizeof(wchar_t);
        wchar_t *text = edge_alloc(size);
        random_wide(text, lengths[i]);
        observe("wide_digest", once_digest, text, CACHED);
        text[lengths[i] / 2] ^= lengths[i] ? 0x1000000 : 0;
        observe("wide_digest", once_digest, text, CACHED);
        edge_free(text, size);
    }
    observe("wide_digest", once_digest, NULL, CACHED);
    size_t size = 20001 * sizeof(wchar_t);
    wchar_t *text = edge_alloc(size);
    random_wide(text, 20000);
    observe("wide_digest", once_digest, text, UNCACHED);
    edge_free(text, size);
}

struct padding {
    const wchar_t *from;
    size_t n;
    unsigned char before;
};

static void once_pad(bool direct, const void *input, struct outcome *outcome)
{
    const struct padding *in = input;
    wchar_t buffer[40];
    memset(buffer, in->before, sizeof buffer);
    size_t got = CALL(direct, wide_pad, buffer + 4, in->from, in->n);
    OUTCOME(outcome, got);
    OUTCOME(outcome, buffer);
}

static void check_pad(void)
{
    for (int i = 0; i < 300; i++) {
        wchar_t from[33];
        size_t length = random_below(24);
        random_wide(from, length);
        struct padding in = {from, random_below(32), (unsigned char)random_bits()};
        observe("wide_pad", once_pad, &in, in.n > length ? CACHED : UNCACHED);
    }
}

/* Each call has its text somewhere else: what leads into it must lead into this one. */
static void once_skip(bool direct, const void *input, struct outcome *outcome)
{
    wchar_t buffer[96];
    wchar_t *mine = buffer + random_below(32);
    wcscpy(mine, input);
    const wchar_t *got = CALL(direct, wide_skip, mine);
    long offset = (const char *)got - (const char *)mine;
    OUTCOME(outcome, offset);
}

struct numeral {
    const wchar_t *text;
    int base;
};

static void once_number(bool direct, const void *input, struct outcome *outcome)
{
    const struct numeral *in = input;
    wchar_t buffer[96], *end = buffer;
    wchar_t *mine = buffer + random_below(32);
    wcscpy(mine, in->text);
    long got = CALL(direct, wide_number, mine, &end, in->base);
    long offset = (char *)end - (char *)mine;
    OUTCOME(outcome, got);
    OUTCOME(outcome, offset);
}

static void once_copy(bool direct, const void *input, struct outcome *outcome)
{
    wchar_t *got = CALL(direct, wide_copy, input);
    outcome_add(outcome, got ? "copy" : "null", 5);
    if (!got) return;
    outcome_add(outcome, got, (wcslen(got) + 1) * sizeof *got);
    got[0] = L'x';
    free(got);
}

static void once_name(bool direct, const void *input, struct outcome *outcome)
{
    wchar_t *got = CALL(direct, wide_name, *(const int *)input);
    outcome_add(outcome, got ? "name" : "null", 5);
    if (!got) return;
    outcome_add(outcome, got, (wcslen(got) + 1) * sizeof *got);
    wmemset(got, L'x', wcslen(got));
}

void check_wide(void)
{
    static const wchar_t *const texts[] = {L"",      L" ",    L"   \x100 z",           L"a  ",
                                           L"  -12", L"7f g", L"99999999999999999999", L"\x2003 8"};
    check_digest();
    check_pad();
    for (int i = 0; i < 200; i++) {
        const wchar_t *text = texts[random_below(8)];
        struct numeral in = {text, i % 2 ? 10 : 16};
        observe("wide_skip", once_skip, text, CACHED);
        observe("wide_number", once_number, &in, CACHED);
        observe("wide_copy", once_copy, text, CACHED);
        observe("wide_name", once_name, &i, CACHED);
    }
    int none = -1;
    observe("wide_copy", once_copy, NULL, CACHED);
    observe("wide_name", once_name, &none, CACHED);
}
