/* Texts to call with: some special ones of each kind, and strings of random fragments. */
#include "exact/exact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 15, MOST_NAMES = 512 };

struct kind {
    const char *const *specials, *const *fragments;
    size_t special_count, fragment_count, most; /* fragments of one text */
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define KIND(name, most)                                                                           \
    {                                                                                              \
        name##_specials, name##_parts, COUNT(name##_specials), COUNT(name##_parts), most           \
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

static const char *const either_specials[] = {"",
                                              "::",
                                              "::1",
                                              "fe80::1",
                                              "1:2:3:4:5:6:7:8",
                                              "::ffff:1.2.3.4",
                                              ":::",
                                              "12345::",
                                              "1::2::3",
                                              "2001:DB8::g",
                                              "1:2:3:4:5:6:7::",
                                              "::1.2.3.256",
                                              "0.0.0.0",
                                              "127.0.0.1",
                                              "255.255.255.255",
                                              "256.0.0.1",
                                              "1.2.3",
                                              "01.2.3.4",
                                              "0x7f.0.0.1",
                                              "1.2.3.4 ",
                                              "1.2.3.4.5",
                                              ":",
                                              "1:2",
                                              "::%1"};
static const char *const either_parts[] = {
    "::",   "::",   "1:",  "fe80:", "0:",  "DB8:",     "ffff:", "7",
    "a1b2", "1.2.", "33.", "255.",  "7.8", "10.0.0.1", "0"};

static const char *const transport_specials[] = {"tcp", "udp", "sctp", "", "TCP", "tc"};
static const char *const transport_parts[] = {"tcp", "udp"};

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
    [TEXT_WORDS] = KIND(words, 12),        [TEXT_NUMBER] = KIND(number, 12),
    [TEXT_ADDRESS] = KIND(address, 4),     [TEXT_PATTERN] = KIND(pattern, 12),
    [TEXT_NAME] = KIND(name, 12),          [TEXT_FORMAT] = KIND(format, 12),
    [TEXT_PHRASE] = KIND(phrase, 12),      [TEXT_EITHER] = KIND(either, 5),
    [TEXT_TRANSPORT] = KIND(transport, 1),
};

static void join_fragments(struct pick *pick, const struct kind *kind, char *to)
{
    *to = '\0';
    for (uint64_t left = pick_next(pick) % (kind->most + 1); left > 0; left--)
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

/* Mostly one that is well formed, of IPv6 where `either` may be. */
static void make_address(struct pick *pick, bool either, char *to)
{
    uint64_t bits = pick_next(pick), form = pick_next(pick) % 4;
    unsigned a = bits & 0xffff, b = bits >> 16 & 0xffff, c = bits >> 32 & 0xffff, d = bits >> 48;
    if (form == 0)
        join_fragments(pick, &kinds[either ? TEXT_EITHER : TEXT_ADDRESS], to);
    else if (form == 1 || !either)
        sprintf(to, "%u.%u.%u.%u", a & 255, b & 255, c & 255, d & 255);
    else if (form == 2)
        sprintf(to, "%x:%x:%x:%x:%X:%x:%x:%x", a, b, c, d, a & b, b & c, c & d, d & a);
    else
        sprintf(to, "%x:%x::%x:%x", a, b & 255, c & 15, d);
}

/* The names in one of the system's files: what stands first in each line. */
struct names {
    const char *path;
    size_t count;
    char names[MOST_NAMES][LONGEST_NAME + 1];
};

static void read_names(struct names *names)
{
    char line[1024];
    FILE *file = fopen(names->path, "re");
    while (file && names->count < MOST_NAMES && fgets(line, sizeof line, file)) {
        size_t length = strcspn(line, ": \t\n#");
        if (length == 0 || length > LONGEST_NAME) continue;
        memcpy(names->names[names->count], line, length);
        names->names[names->count++][length] = '\0';
    }
    if (file) fclose(file);
}

/* Mostly one that there is. */
static void make_name(struct pick *pick, enum text kind, char *to)
{
    static struct names all[] = {
        {.path = "/etc/passwd"},
        {.path = "/etc/group"},
        {.path = "/etc/services"},
        {.path = "/etc/protocols"},
    };
    struct names *names = &all[kind - TEXT_USER];
    if (names->count == 0) read_names(names);
    uint64_t which = pick->special ? pick_digit(pick, SPECIAL_TEXTS) : pick_next(pick);
    if (names->count && (pick->special || pick_next(pick) % 4))
        strcpy(to, names->names[which % names->count]);
    else
        join_fragments(pick, &kinds[TEXT_WORDS], to);
}

static void make_text(struct pick *pick, enum text kind, char *text)
{
    const struct kind *of = &kinds[kind];
    if (kind >= TEXT_USER)
        make_name(pick, kind, text);
    else if (kind == TEXT_SETTING && pick->special)
        strcpy(text, setting_specials[pick_digit(pick, SPECIAL_TEXTS) % COUNT(setting_specials)]);
    else if (kind == TEXT_SETTING)
        make_setting(pick, text);
    else if (!pick->special && (kind == TEXT_ADDRESS || kind == TEXT_EITHER))
        make_address(pick, kind == TEXT_EITHER, text);
    else if (pick->special)
        strcpy(text, of->specials[pick_digit(pick, SPECIAL_TEXTS) % of->special_count]);
    else
        join_fragments(pick, of, text);
    if (pick->describe) printf(" \"%s\"", text);
}

static size_t place(const struct pick *pick)
{
    return (pick->side ? 3 : 16) + pick->random % 4;
}

const char *pick_text(struct pick *pick, enum text kind, struct room *room)
{
    char *text = room->bytes + place(pick);
    memset(room->bytes, pick->side ? 'x' : '\0', sizeof room->bytes);
    make_text(pick, kind, text);
    return text;
}

/* Of a text's bytes those of UTF-8 become other letters. */
const wchar_t *pick_wide_text(struct pick *pick, enum text kind, struct wide_room *room)
{
    char bytes[sizeof room->characters / sizeof *room->characters];
    wchar_t *text = room->characters + place(pick), *end = text;
    wmemset(room->characters, pick->side ? L'x' : 0, sizeof bytes);
    make_text(pick, kind, bytes);
    for (const char *at = bytes; *at; at++)
        *end++ = (unsigned char)*at < 0x80 ? (wchar_t)*at : (wchar_t)(0x300 + (unsigned char)*at);
    *end = 0;
    return text;
}
