/* libidn2 and libpsl: names of hosts, good and bad, three times each. */
#include "examples/note.h"

#include <idn2.h>
#include <libpsl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "",
    "example.com",
    "www.example.co.uk",
    "B\xc3\xbc"
    "cher.example",
    "fa\xc3\x9f.de",
    "xn--bcher-kva.example",
    "xn--a.example",
    "\xe4\xbe\x8b\xe5\xad\x90.\xe6\xb5\x8b\xe8\xaf\x95",
    "-bad-.example",
    "a..b",
    "ab--cd.example",
    "\xff\xfe.example",
    "\xd7\x90\xd7\x91.com",
    "city.kawasaki.jp",
    "x.y.kawasaki.jp",
    "compute.amazonaws.com",
    "verylonglabelverylonglabelverylonglabelverylonglabelverylonglabelxx.example",
};
static const int flags[] = {0,
                            IDN2_NONTRANSITIONAL,
                            IDN2_NFC_INPUT,
                            IDN2_TRANSITIONAL,
                            IDN2_NO_TR46 | IDN2_USE_STD3_ASCII_RULES,
                            1 << 20};

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef int convert(const char *input, char **output, int flags);

static int lookup_u8(const char *input, char **output, int options)
{
    return idn2_lookup_u8((const uint8_t *)input, (uint8_t **)output, options);
}

static int register_u8(const char *input, char **output, int options)
{
    return idn2_register_u8((const uint8_t *)input, NULL, (uint8_t **)output, options);
}

static int register_ul(const char *input, char **output, int options)
{
    return idn2_register_ul(input, NULL, output, options);
}

/* Of the bytes of the name, as if each was a character. */
static int ascii_4i2(const char *input, char **output, int options)
{
    uint32_t characters[128];
    size_t length = strlen(input);
    for (size_t i = 0; i < length; i++)
        characters[i] = (unsigned char)input[i];
    return idn2_to_ascii_4i2(characters, length, output, options);
}

static const struct {
    const char *symbol;
    convert *call;
} conversions[] = {
    {"idn2_to_ascii_8z", idn2_to_ascii_8z},
    {"idn2_to_ascii_lz", idn2_to_ascii_lz},
    {"idn2_to_unicode_8z8z", idn2_to_unicode_8z8z},
    {"idn2_to_unicode_8zlz", idn2_to_unicode_8zlz},
    {"idn2_to_unicode_lzlz", idn2_to_unicode_lzlz},
    {"idn2_lookup_ul", idn2_lookup_ul},
    {"idn2_lookup_u8", lookup_u8},
    {"idn2_register_u8", register_u8},
    {"idn2_register_ul", register_ul},
    {"idn2_to_ascii_4i2", ascii_4i2},
};

/* A string is the caller's alone; where there is none, the pointer is what it was. */
static void convert_all(unsigned number, const char *name, int options)
{
    static char untouched[] = "untouched";
    for (size_t i = 0; i < COUNT(conversions); i++) {
        for (unsigned time = 0; time < 3; time++) {
            char *output = untouched;
            note_begin(conversions[i].symbol, number, time);
            int result = conversions[i].call(name, &output, options);
            note_end();
            note_number(result);
            note_text(output);
            if (result != IDN2_OK || !output || output == untouched) continue;
            output[0] = 'x';
            idn2_free(output);
        }
    }
}

/* Declared const: calls that follow one another would be made one. */
static void name_errors(void)
{
    for (unsigned time = 0; time < 3; time++) {
        for (unsigned i = 0; i < 320; i++) {
            note_begin("idn2_strerror_name", i, time);
            const char *name = idn2_strerror_name(-(int)i);
            note_end();
            note_text(name);
        }
    }
}

/* The name is elsewhere each time; what is returned leads into it. */
static void ask_suffixes(const psl_ctx_t *psl, unsigned number, const char *name)
{
    static char room[3][128];
    for (unsigned time = 0; time < 3; time++) {
        char *mine = strcpy(room[time] + time, name);
        note_begin("psl_is_public_suffix", number, time);
        int is_suffix = psl_is_public_suffix(psl, mine);
        note_end();
        note_number(is_suffix);
        for (int type = 0; type < 4; type++) {
            note_begin("psl_is_public_suffix2", number, time);
            is_suffix = psl_is_public_suffix2(psl, mine, type);
            note_end();
            note_number(is_suffix);
        }
        note_begin("psl_unregistrable_domain", number, time);
        const char *part = psl_unregistrable_domain(psl, mine);
        note_end();
        note_number(part ? part - mine : -1);
        note_begin("psl_registrable_domain", number, time);
        part = psl_registrable_domain(psl, mine);
        note_end();
        note_number(part ? part - mine : -1);
        note_begin("psl_is_cookie_domain_acceptable", number, time);
        int accepted = psl_is_cookie_domain_acceptable(psl, mine, names[number / 2]);
        note_end();
        note_number(accepted);
    }
}

static void lower_name(unsigned number, const char *name, const char *encoding)
{
    static char untouched[] = "untouched";
    for (unsigned time = 0; time < 3; time++) {
        char *lower = untouched;
        note_begin("psl_str_to_utf8lower", number, time);
        int result = psl_str_to_utf8lower(name, encoding, NULL, &lower);
        note_end();
        note_number(result);
        note_text(lower);
        if (lower != untouched) psl_free_string(lower);
    }
}

int main(void)
{
    const psl_ctx_t *psl = psl_builtin();
    if (!setlocale(LC_ALL, "C.UTF-8")) return 1;
    for (unsigned i = 0; i < COUNT(names); i++) {
        for (unsigned n = 0; n < COUNT(flags); n++)
            convert_all(i, names[i], flags[n]);
        ask_suffixes(psl, i, names[i]);
        lower_name(i, names[i], "utf-8");
        lower_name(i, names[i], "iso-8859-1");
        lower_name(i, names[i], NULL);
    }
    name_errors();
    return 0;
}
