/* Texts to call with: some special ones of each kind, and strings of random fragments. */
#include "exact/exact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FRAGMENTS = 12, MOST_OF_ADDRESS = 4, LONGEST_FRAGMENT = 15, MOST_USERS = 64 };

struct kind {
    const char *const *specials, *const *fragments;
    size_t special_count, fragment_count;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define KIND(name)                                                                                 \
    {                                                                                              \
        name##_specials, name##_parts, COUNT(name##_specials), COUNT(name##_parts)                 \
    }

static const char *const words_specials[] = {"",
                                             "a",
                                             "A",
                                             "abc",
                                             "ABC",
                                             "0x123",
                                             "12345",
                                             "The quick brown fox jumps over the lazy dog",
                                             "\xc3\xa9",
                                             "e",
                                             "\xff",
                                             "\x01",
                                             " a",
                                             "a ",
                                             "0",
                                             "0x7ffffffffffff",
                                             "0xffffffffffffffffff"};
static const char *const words_parts[] = {"a", "b",  "C",        "z", "0", "7",    " ", "-",
                                          "_", "0x", "\xc3\xa9", "~", "~", "\xff", "e", "E"};

static const char *const number_specials[] = {"",
                                              "0",
                                              "-0",
                                              "1",
                                              "12.5e3",
                                              "inf",
                                              "-INFINITY",
                                              "nan",
                                              "nan(123)",
                                              "-nan(0x7)",
                                              "nan(",
                                              "0x1.8p-1074",
                                              "0x1p-1075",
                                              " 17 tail",
                                              "1e400",
                                              "-1e-400",
                                              "99999999999999999999",
                                              "9223372036854775807",
                                              "9223372036854775808",
                                              "-9223372036854775808",
                                              "-9223372036854775809",
                                              "18446744073709551615",
                                              "18446744073709551616",
                                              "0x",
                                              "0xg",
                                              "+",
                                              "-",
                                              ".",
                                              "1e",
                                              "1e+",
                                              "2.2250738585072011e-308",
                                              "4.9406564584124654e-324"};
static const char *const number_parts[] = {
    "0", "1", "2",  "3",  "4", "5", "6",  "7", "8", "9", "12", "999", "250", "0000", ".",
    ".", "e", "E-", "e+", "-", "+", "0x", "a", "f", "p", "p-", "z",   " ",   "\t",   ","};

static const char *const address_specials[] = {
    "",          "0",          "0.0.0.0",    "127.0.0.1", "255.255.255.255",
    "256.0.0.1", "1.2.3",      "1.2",        "1.65536",   "0x7f.1",
    "017.0.0.1", "4294967295", "4294967296", "1.2.3.4 ",  "1.2.3.4x",
    " 1.2.3.4",  "1..2",       "1.2.3.4.5",  ".",         "08.1.1.1",
    "10.0xff.1"};
static const char *const address_parts[] = {
    "0.",   "1.",   "2.", "7.", "10.", "33.", "127.", "128.",  "192.", "255.", "256.", "0x7f.",
    "0xa.", "017.", "9",  "1",  "0",   "254", "255",  "65535", "0x10", "a",    " "};

static const char *const pattern_specials[] = {
    "",         "*",     "?",    "**",           "a*",      "*a",
    "[a-c]*",   "[!a]",  "[^a]", "[[:alpha:]]*", "[",       "\\",
    "\\*",      "*/b",   "a/*",  ".*",           "*.c",     "@(a|b)c",
    "!(a)",     "+(ab)", "[]a]", "[a-]",         "[[=a=]]", "[[.a.]]",
    "\xc3\xa9", "?\xff", "*B",   "abc"};
static const char *const pattern_parts[] = {"a",        "b",    "c",           "B",    "*", "?",
                                            "[a-c]",    "[!a]", "[[:upper:]]", "\\",   "/", ".",
                                            "\xc3\xa9", "\xff", "@(a|bc)",     "!(b)", "[", "]"};

static const char *const name_specials[] = {
    "",   "a",    "b", "abc", "ABC", ".a", "a/b",      "a/.b",  ".", "..",    "a.c", "ac",
    "bc", "abab", "]", "[",   "\\",  "*",  "\xc3\xa9", "x\xff", "-", "a/b/c", "aB"};
static const char *const name_parts[] = {"a", "b", "c", "B", "/", ".", "\xc3\xa9", "\xff", "]"};

/* Without %Z, %c and %+, which are always called. */
static const char *const format_specials[] = {"%Y-%m-%d %H:%M:%S",
                                              "%C %D %T",
                                              "%x %X %p",
                                              "%j %U %W %V %G %g",
                                              "%%",
                                              "",
                                              "%a %A %b %B",
                                              "%s",
                                              "%Ey %Od",
                                              "%10Y|%-d|%_H|%^a",
                                              "%n%t",
                                              "%e %k %l %I %u %w",
                                              "%D %F %T %R %r",
                                              "plain text",
                                              "%C %y %h",
                                              "%z",
                                              "%",
                                              "%q",
                                              "%E",
                                              "%O",
                                              "%5",
                                              "\xc3\xa9 %d",
                                              "%P"};
static const char *const format_parts[] = {
    "%Y", "%m", "%d",  "%H",  "%M",   "%S",  "%C",  "%D",  "%T", "%x", "%X", "%p",
    "%j", "%U", "%W",  "%V",  "%G",   "%g",  "%a",  "%A",  "%b", "%B", "%s", "%y",
    "%e", "%k", "%l",  "%I",  "%u",   "%w",  "%F",  "%R",  "%r", "%h", "%n", "%t",
    "%%", "%z", "%Ey", "%Od", "%10Y", "%-d", "%_H", "%^a", "%3", " ",  "at "};

static const char *const phrase_specials[] = {
    "", "a", "password", "12345678", "123456789", "\xff\xfe", "The quick brown fox jumps over"};
static const char *const phrase_parts[] = {"a", "b",        "Z",    "0",    "9",   ".",
                                           " ", "\xc3\xa9", "\x80", "pass", "word"};

/* The cheap schemes in all their forms, and those that are meant to be slow at their cheapest. */
static const char *const setting_specials[] = {"ab",
                                               "..",
                                               "zz",
                                               "Az",
                                               "$1$",
                                               "$1$salt$",
                                               "$1$longsalt$rest",
                                               "$5$rounds=1000$salt",
                                               "$6$rounds=1000$salt$",
                                               "$6$rounds=1000$longlongsaltsalt",
                                               "$2b$04$......................",
                                               "$2y$04$abcdefghijklmnopqrstuu",
                                               "_J9..rasm",
                                               "$y$j75$salt$",
                                               "$3$",
                                               "$md5,rounds=1$salt$",
                                               "",
                                               "*",
                                               "*0",
                                               "*1",
                                               "a",
                                               "a:",
                                               "!",
                                               "$",
                                               "$1",
                                               "$9$x",
                                               "$6$rounds=1$x",
                                               "x\xff",
                                               "$2b$99$",
                                               "\n\n",
                                               "_",
                                               "$5$rounds=a$x"};

static const struct kind kinds[] = {
    [TEXT_WORDS] = KIND(words),     [TEXT_NUMBER] = KIND(number), [TEXT_ADDRESS] = KIND(address),
    [TEXT_PATTERN] = KIND(pattern), [TEXT_NAME] = KIND(name),     [TEXT_FORMAT] = KIND(format),
    [TEXT_PHRASE] = KIND(phrase),
};

static void join_fragments(struct pick *pick, const struct kind *kind, char *to)
{
    size_t most = kind == &kinds[TEXT_ADDRESS] ? MOST_OF_ADDRESS : MOST_FRAGMENTS;
    *to = '\0';
    for (uint64_t left = pick_next(pick) % (most + 1); left > 0; left--)
        to = stpcpy(to, kind->fragments[pick_next(pick) % kind->fragment_count]);
}

/* Nearly always DES, 25 rounds of it, or MD5: the others take milliseconds. */
static void make_setting(struct pick *pick, char *to)
{
    static const char letters[] =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint64_t bits = pick_next(pick), length = 2;
    *to = '\0';
    if (bits % 8 == 0) {
        bool slow = bits % 1024 == 0;
        to = stpcpy(to, slow ? "$6$rounds=1000$" : "$1$");
        length = (bits >> 10) % (slow ? 17 : 9);
    }
    for (; length > 0; length--)
        *to++ = letters[pick_next(pick) % 64];
    *to = '\0';
}

/* Those that there are here, from the file itself. */
static size_t read_users(char users[MOST_USERS][LONGEST_FRAGMENT + 1])
{
    size_t count = 0;
    char line[1024];
    FILE *file = fopen("/etc/passwd", "re");
    while (file && count < MOST_USERS && fgets(line, sizeof line, file)) {
        size_t length = strcspn(line, ":\n");
        if (length == 0 || length > LONGEST_FRAGMENT) continue;
        memcpy(users[count], line, length);
        users[count++][length] = '\0';
    }
    if (file) fclose(file);
    return count;
}

static void make_user(struct pick *pick, char *to)
{
    static char users[MOST_USERS][LONGEST_FRAGMENT + 1];
    static size_t count;
    if (count == 0) count = read_users(users);
    if (count && (pick->special || pick_next(pick) % 2))
        strcpy(to,
               users[(pick->special ? pick_digit(pick, SPECIAL_TEXTS) : pick_next(pick)) % count]);
    else
        join_fragments(pick, &kinds[TEXT_WORDS], to);
}

const char *pick_text(struct pick *pick, enum text kind, struct room *room)
{
    char *text = room->bytes + (pick->side ? 3 : 16) + pick->random % 4;
    const struct kind *of = &kinds[kind];
    memset(room->bytes, pick->side ? 'x' : '\0', sizeof room->bytes);
    if (kind == TEXT_USER)
        make_user(pick, text);
    else if (kind == TEXT_SETTING && pick->special)
        strcpy(text, setting_specials[pick_digit(pick, SPECIAL_TEXTS) % COUNT(setting_specials)]);
    else if (kind == TEXT_SETTING)
        make_setting(pick, text);
    else if (pick->special)
        strcpy(text, of->specials[pick_digit(pick, SPECIAL_TEXTS) % of->special_count]);
    else
        join_fragments(pick, of, text);
    if (pick->describe) printf(" \"%s\"", text);
    return text;
}
