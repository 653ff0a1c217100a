/* Strings that the caller frees, fields that are left alone, lengths that an argument chooses. */
#include "call/groups.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct shouting {
    const char *text;
    int wanted; /* bit 0: the output, bit 1: the length */
};

static void once_shout(bool direct, const void *input, struct outcome *outcome)
{
    const struct shouting *in = input;
    char *output = (char *)"untouched";
    long length = 77;
    int got = CALL(direct, shout, in->text, in->wanted & 1 ? &output : NULL,
                   in->wanted & 2 ? &length : NULL);
    OUTCOME(outcome, got);
    OUTCOME(outcome, length);
    outcome_add(outcome, output ? "text" : "null", 5);
    if (output) outcome_add(outcome, output, strlen(output) + 1);
    if (got <= 0 || !(in->wanted & 1)) return;
    *output = 'x'; /* nobody else's */
    free(output);
}

static void once_widen(bool direct, const void *input, struct outcome *outcome)
{
    wchar_t *output;
    int got = CALL(direct, widen, input, &output);
    OUTCOME(outcome, got);
    outcome_add(outcome, output, (wcslen(output) + 1) * sizeof *output);
    free(output);
}

static void check_gifts(void)
{
    static const char *const texts[] = {"",
                                        "a",
                                        "Stra\xc3\x9f"
                                        "e",
                                        "7",
                                        "abc def ghi jkl mno pqr stu vwx yz",
                                        "a1",
                                        "b",
                                        "-"};
    for (int i = 0; i < 400; i++) {
        struct shouting in = {texts[random_below(8)], (int)random_below(4)};
        bool fails = strpbrk(in.text, "0123456789") && in.wanted;
        observe("shout", once_shout, &in, fails ? UNCACHED : CACHED);
        observe("widen", once_widen, in.text, CACHED);
    }
}

/* What is made twice for one call is freed once by us and once by the caller; hits, too, give
 * memory that is the caller's alone. */
void check_leaks(void)
{
    char text[32], *copy, *result;
    unsigned char sum[16];
    size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 20000; i++) {
        unsigned number = (unsigned)i % 4000;
        for (int n = 0; n < 31; n++)
            text[n] = (char)('a' + (number >> n % 13) % 26);
        text[0] = (char)(1 + number % 255), text[31] = '\0';
        result = checked_copy(text, &copy, sum);
        CHECK(strcmp(result, text) == 0 && strcmp(copy, text) == 0 && result != copy);
        CHECK(sum[0] == (unsigned char)text[0] && sum[15] == sum[0]);
        free(result);
        free(copy);
    }
    CHECK(mallinfo2().uordblks < before + 4096);
}

struct addressing {
    int family;
    unsigned seed;
    size_t room;
};

/* The buffer ends where the page does: no byte more is touched than the family has. */
static void once_make(bool direct, const void *input, struct outcome *outcome)
{
    const struct addressing *in = input;
    unsigned char *buffer = edge_alloc(in->room + 8);
    memset(buffer, 0x77, in->room + 8);
    int got = CALL(direct, address_make, in->family, in->seed, buffer + 8);
    OUTCOME(outcome, got);
    outcome_add(outcome, buffer, in->room + 8);
    edge_free(buffer, in->room + 8);
}

static void once_sum(bool direct, const void *input, struct outcome *outcome)
{
    const struct addressing *in = input;
    unsigned char *buffer = edge_alloc(in->room);
    for (size_t i = 0; i < in->room; i++)
        buffer[i] = (unsigned char)(in->seed >> i % 24);
    long got = CALL(direct, address_sum, in->family, buffer);
    OUTCOME(outcome, got);
    edge_free(buffer, in->room);
}

struct summing {
    signed char mode;
    unsigned short n;
    short v[8];
};

static void once_chosen(bool direct, const void *input, struct outcome *outcome)
{
    const struct summing *in = input;
    size_t count = in->mode == -1 ? in->n : in->mode == 5 ? 1 : 3;
    short *buffer = edge_alloc(count * sizeof(short));
    memcpy(buffer, in->v, count * sizeof(short));
    long got = CALL(direct, chosen_sum, in->mode, buffer, in->n);
    OUTCOME(outcome, got);
    edge_free(buffer, count * sizeof(short));
}

static void check_lengths(void)
{
    static const int families[] = {2, 10, 0, 3, -2, 0x10002};
    for (int i = 0; i < 300; i++) {
        int family = families[random_below(6)];
        struct addressing in = {family, (unsigned)random_bits(), 0};
        in.room = family == 2 ? 4 : family == 10 ? 16 : 0;
        observe("address_make", once_make, &in, CACHED);
        observe("address_sum", once_sum, &in, CACHED);
        struct summing sums = {(signed char)(random_below(8) - 2),
                               (unsigned short)random_below(8),
                               {1, 2, (short)random_bits(), 4, 5, 6, 7, (short)random_bits()}};
        observe("chosen_sum", once_chosen, &sums, CACHED);
    }
}

struct engraving {
    const char *text;
    int begun;
    unsigned char before;
};

static void once_engrave(bool direct, const void *input, struct outcome *outcome)
{
    const struct engraving *in = input;
    struct slab slabs[2], *mine = &slabs[random_below(2)];
    memset(slabs, in->before, sizeof slabs);
    mine->begun = in->begun;
    const char *got = CALL(direct, engrave, in->text, mine);
    bool returned = got == mine->output;
    OUTCOME(outcome, returned);
    outcome_add(outcome, mine, sizeof *mine);
}

/* Every byte of the struct is as after a direct call, whatever it was before: what is left alone is
 * left alone. `begun` is read, though it is no part of the key: the function finds it as the caller
 * left it. */
static void check_fields(void)
{
    static const char *const texts[] = {
        "a", "granite", "zinc and tin", "?", "marble, slate and limestone, and sand", "",
        "z", "gg"};
    for (int i = 0; i < 512; i++) {
        struct engraving in = {texts[random_below(8)], 1, (unsigned char)i};
        observe("engrave", once_engrave, &in, CACHED);
    }
    struct engraving in = {"never begun", 3, 0};
    observe("engrave", once_engrave, &in, CACHED);
}

struct tagging {
    int kind;
    unsigned char before;
};

static void once_tag_all(bool direct, const void *input, struct outcome *outcome)
{
    const struct tagging *in = input;
    struct tagged tagged;
    memset(&tagged, in->before, sizeof tagged);
    CALL(direct, tag_all, in->kind, &tagged);
    OUTCOME(outcome, tagged);
}

static void once_tag_fields(bool direct, const void *input, struct outcome *outcome)
{
    const struct tagging *in = input;
    struct tagged tagged;
    memset(&tagged, in->before, sizeof tagged);
    CALL(direct, tag_fields, in->kind, &tagged);
    OUTCOME(outcome, tagged);
}

/* What is left alone of a union stays; unless the config says that it may be, the call isn't
 * stored.
 */
static void check_unions(void)
{
    for (int i = 0; i < 256; i++) {
        struct tagging in = {i % 7, (unsigned char)i};
        observe("tag_all", once_tag_all, &in, in.kind ? UNCACHED : CACHED);
        observe("tag_fields", once_tag_fields, &in, CACHED);
    }
}

void check_given(void)
{
    check_gifts();
    check_lengths();
    check_fields();
    check_unions();
}
