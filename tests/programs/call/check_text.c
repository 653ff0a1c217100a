/* Strings, input arrays with every kind of extent, output text. */
#include "call/groups.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void once_digest(bool direct, const void *input, struct outcome *outcome)
{
    unsigned long got = CALL(direct, digest_text, input);
    OUTCOME(outcome, got);
}

struct two {
    const char *s, *t;
    int between;
};

static void once_two(bool direct, const void *input, struct outcome *outcome)
{
    const struct two *in = input;
    unsigned long got = CALL(direct, digest_two, in->s, in->between, in->t);
    OUTCOME(outcome, got);
}

/* At the very end of a page, with nothing mapped behind it: reading too far faults. */
static void check_strings(void)
{
    static const size_t lengths[] = {0,    1,    2,    7,    8,     9,     15,    16,    17,
                                     31,   63,   64,   65,   127,   255,   256,   1000,  4095,
                                     4096, 4097, 8191, 9999, 16384, 32767, 32768, 60000, 65000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char *text = edge_alloc(lengths[i] + 1);
        random_fill(text, lengths[i]);
        for (size_t j = 0; j < lengths[i]; j++)
            if (!text[j]) text[j] = 1;
        text[lengths[i]] = 0;
        observe("digest_text", once_digest, text, CACHED);
        edge_free(text, lengths[i] + 1);
    }
    observe("digest_text", once_digest, NULL, CACHED);
    static const size_t too_long[] = {65537, 70000, 1000000};
    for (size_t i = 0; i < 3; i++) {
        char *text = edge_alloc(too_long[i] + 1);
        memset(text, 'x', too_long[i]);
        text[too_long[i]] = 0;
        observe("digest_text", once_digest, text, UNCACHED);
        edge_free(text, too_long[i] + 1);
    }
}

static void check_two_strings(void)
{
    static const char *const words[] = {NULL, "", "a", "ab", "abc", "abcdefgh", "\xff\x01", "abcd"};
    for (int i = 0; i < 200; i++) {
        struct two in = {words[random_below(8)], words[random_below(8)], (int)random_below(3)};
        observe("digest_two", once_two, &in, CACHED);
    }
}

/* By content: the same bytes at another address are the same key, and other bytes at the same
 * address are not. Uncounted. */
void check_content(void)
{
    char one[16] = "content", other[16] = "content";
    unsigned long want = direct_digest_text(one);
    CHECK(digest_text(one) == want);
    unsigned long before = originals_ran();
    CHECK(digest_text(other) == want && originals_ran() == before);
    one[0] = 'C';
    CHECK(digest_text(one) == direct_digest_text("Content"));
}

struct counted {
    const void *v;
    int64_t n;
};

static void once_sum_after(bool direct, const void *input, struct outcome *outcome)
{
    const struct counted *in = input;
    long got = CALL(direct, sum_after, in->v, (size_t)in->n);
    OUTCOME(outcome, got);
}

static void once_sum_before(bool direct, const void *input, struct outcome *outcome)
{
    const struct counted *in = input;
    long got = CALL(direct, sum_before, (int)in->n, in->v);
    OUTCOME(outcome, got);
}

static void once_sum_bytes(bool direct, const void *input, struct outcome *outcome)
{
    const struct counted *in = input;
    long got = CALL(direct, sum_bytes, in->v, (uint8_t)in->n);
    OUTCOME(outcome, got);
}

static void once_sum_doubles(bool direct, const void *input, struct outcome *outcome)
{
    const struct counted *in = input;
    double got = CALL(direct, sum_doubles, in->v, (long)in->n);
    OUTCOME(outcome, got);
}

static void once_norm(bool direct, const void *input, struct outcome *outcome)
{
    double got = CALL(direct, norm, input);
    OUTCOME(outcome, got);
}

static void once_determinant(bool direct, const void *input, struct outcome *outcome)
{
    double got = CALL(direct, determinant, input);
    OUTCOME(outcome, got);
}

static void check_arrays(void)
{
    for (int i = 0; i < 150; i++) {
        int64_t n = (int64_t)random_below(i % 3 ? 20 : 2000);
        int *v = edge_alloc((size_t)n * sizeof *v);
        random_fill(v, (size_t)n * sizeof *v);
        struct counted in = {v, n};
        observe("sum_after", once_sum_after, &in, CACHED);
        observe("sum_before", once_sum_before, &in, CACHED);
        if (n * 4 <= 255) {
            struct counted bytes = {v, n * 4};
            observe("sum_bytes", once_sum_bytes, &bytes, CACHED);
        }
        edge_free(v, (size_t)n * sizeof *v);
        double *reals = edge_alloc((size_t)n * sizeof *reals);
        for (int64_t j = 0; j < n; j++)
            reals[j] = random_double();
        struct counted doubles = {reals, n};
        observe("sum_doubles", once_sum_doubles, &doubles, CACHED);
        if (n >= 4) observe("norm", once_norm, reals + n - 3, CACHED);
        if (n >= 4) observe("determinant", once_determinant, reals + n - 4, CACHED);
        edge_free(reals, (size_t)n * sizeof *reals);
    }
    observe("norm", once_norm, NULL, CACHED);
}

/* Extents that can't be followed: never read, and answered by the original. */
static void check_extents(void)
{
    static const int64_t wild[] = {-1,        INT_MIN,   INT64_MIN,
                                   INT64_MAX, 1ll << 61, (1ll << 61) + 1,
                                   1ll << 62, 1ll << 40, 70000 * 8};
    double reals[4] = {1, 2, 3, 4};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        struct counted in = {reals, wild[i]};
        observe("sum_doubles", once_sum_doubles, &in, UNCACHED);
        observe("sum_after", once_sum_after, &in, UNCACHED);
    }
    static const int negative[] = {-1, -2, INT_MIN, INT_MAX};
    for (size_t i = 0; i < 4; i++) {
        struct counted in = {reals, negative[i]};
        observe("sum_before", once_sum_before, &in, UNCACHED);
    }
    struct counted nothing = {NULL, 0}, null = {NULL, 5};
    observe("sum_after", once_sum_after, &nothing, CACHED);
    observe("sum_after", once_sum_after, &null, CACHED);
    observe("sum_before", once_sum_before, &null, CACHED);
    observe("sum_bytes", once_sum_bytes, &null, CACHED);
    int *large = calloc(20000, sizeof *large);
    struct counted in = {large, 20000};
    observe("sum_after", once_sum_after, &in, UNCACHED);
    in.n = 16000;
    observe("sum_after", once_sum_after, &in, CACHED);
    free(large);
}

struct text_output {
    const char *from;
    int code;
    int64_t n;
    bool null;
};

enum { GUARD = 16, TEXT = 96 };

/* The buffer is full of other bytes each time; what the call leaves alone must stay. */
static void once_label(bool direct, const void *input, struct outcome *outcome)
{
    const struct text_output *in = input;
    char buffer[TEXT];
    for (int i = 0; i < TEXT; i++)
        buffer[i] = (char)(i * 7 + in->code);
    int got = CALL(direct, label, in->code, in->null ? NULL : buffer + GUARD, (size_t)in->n);
    OUTCOME(outcome, got);
    OUTCOME(outcome, buffer);
}

static void once_pad(bool direct, const void *input, struct outcome *outcome)
{
    const struct text_output *in = input;
    char buffer[TEXT];
    memset(buffer, in->code, TEXT);
    CALL(direct, pad, in->from, buffer + GUARD, (int)in->n);
    OUTCOME(outcome, buffer);
}

static void check_text_output(void)
{
    for (int i = 0; i < 200; i++) {
        struct text_output in = {.code = (int)random_integer(),
                                 .n = 1 + (int64_t)random_below(TEXT - 2 * GUARD)};
        observe("label", once_label, &in, CACHED);
    }
    struct text_output none = {.code = 5, .n = 0}, null = {.code = 6, .n = 0, .null = true};
    observe("label", once_label, &none, EITHER);
    observe("label", once_label, &null, EITHER);
    static const char *const words[] = {"", "a", "four", "fourteen bytes", "sixteen bytes ok"};
    for (int i = 0; i < 5; i++)
        for (int n = 0; n <= 20; n++)
            for (int fill = 0; fill < 256; fill += 51) {
                struct text_output in = {.from = words[i], .n = n, .code = fill};
                bool whole = (int)strlen(words[i]) < n;
                observe("pad", once_pad, &in, whole ? CACHED : n ? UNCACHED : EITHER);
            }
}

void check_text_input(void)
{
    check_strings();
    check_two_strings();
    check_arrays();
    check_extents();
    check_text_output();
}
