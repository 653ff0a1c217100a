#include "mangle_type.h"

#include "text.h"
#include "type_names.h"

#include <stdio.h>
#include <sys/types.h>
#include <time.h>

enum word {
    WORD_SIGNED = 1 << 0,
    WORD_UNSIGNED = 1 << 1,
    WORD_SHORT = 1 << 2,
    WORD_LONG = 1 << 3,
    WORD_LONG_LONG = 1 << 4,
    WORD_INT = 1 << 5,
    WORD_CHAR = 1 << 6,
    WORD_FLOAT = 1 << 7,
    WORD_DOUBLE = 1 << 8,
    WORD_INT128 = 1 << 9,
    WORD_COMPLEX = 1 << 10,
};

static const struct {
    const char *text;
    unsigned word;
} words[] = {
    {"signed", WORD_SIGNED},
    {"unsigned", WORD_UNSIGNED},
    {"short", WORD_SHORT},
    {"long", WORD_LONG},
    {"int", WORD_INT},
    {"char", WORD_CHAR},
    {"float", WORD_FLOAT},
    {"double", WORD_DOUBLE},
    {"__int128", WORD_INT128},
    {"_Complex", WORD_COMPLEX},
    {"__complex__", WORD_COMPLEX},
};

/* What the words of a type may be, `int` beside another of them left out. */
static const struct {
    unsigned words;
    const char *letter;
} combinations[] = {
    {WORD_CHAR, "c"},
    {WORD_CHAR | WORD_SIGNED, "a"},
    {WORD_CHAR | WORD_UNSIGNED, "h"},
    {WORD_SHORT, "s"},
    {WORD_SHORT | WORD_SIGNED, "s"},
    {WORD_SHORT | WORD_UNSIGNED, "t"},
    {WORD_INT, "i"},
    {WORD_SIGNED, "i"},
    {WORD_UNSIGNED, "j"},
    {WORD_LONG, "l"},
    {WORD_LONG | WORD_SIGNED, "l"},
    {WORD_LONG | WORD_UNSIGNED, "m"},
    {WORD_LONG | WORD_LONG_LONG, "x"},
    {WORD_LONG | WORD_LONG_LONG | WORD_SIGNED, "x"},
    {WORD_LONG | WORD_LONG_LONG | WORD_UNSIGNED, "y"},
    {WORD_INT128, "n"},
    {WORD_INT128 | WORD_SIGNED, "n"},
    {WORD_INT128 | WORD_UNSIGNED, "o"},
    {WORD_FLOAT, "f"},
    {WORD_DOUBLE, "d"},
    {WORD_LONG | WORD_DOUBLE, "e"},
    {WORD_COMPLEX | WORD_FLOAT, "Cf"},
    {WORD_COMPLEX | WORD_DOUBLE, "Cd"},
    {WORD_COMPLEX | WORD_LONG | WORD_DOUBLE, "Ce"},
};

/* clang-format off */
#define LETTER(c_type)                                                                             \
    { #c_type, _Generic((c_type)0, signed char: "a", unsigned char: "h", short: "s",               \
        unsigned short: "t", int: "i", unsigned: "j", long: "l", unsigned long: "m",               \
        long long: "x", unsigned long long: "y") }
/* clang-format on */

/* Names of one word: C++'s own types, and the typedefs that are in use everywhere, which the linker
 * never sees. */
static const struct {
    const char *text, *letter;
} names[] = {
    {"void", "v"},      {"bool", "b"},      {"wchar_t", "w"},    {"char8_t", "Du"},
    {"char16_t", "Ds"}, {"char32_t", "Di"}, {"__float128", "g"}, LETTER(size_t),
    LETTER(ssize_t),    LETTER(ptrdiff_t),  LETTER(intptr_t),    LETTER(uintptr_t),
    LETTER(intmax_t),   LETTER(uintmax_t),  LETTER(time_t),      LETTER(off_t),
    LETTER(int8_t),     LETTER(int16_t),    LETTER(int32_t),     LETTER(int64_t),
    LETTER(uint8_t),    LETTER(uint16_t),   LETTER(uint32_t),    LETTER(uint64_t),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum mangle_standard mangle_standard(const char *name, size_t length, const char **abbreviation)
{
    static const char *const streams[][2] = {
        {"istream", "Si"}, {"ostream", "So"}, {"iostream", "Sd"}};
    static const char *const templates[] = {
        "string",         "wstring",        "u8string",     "u16string",
        "u32string",      "string_view",    "wstring_view", "u8string_view",
        "u16string_view", "u32string_view", "stringstream", "istringstream",
        "ostringstream",  "fstream",        "ifstream",     "ofstream",
        "streambuf",      "stringbuf",      "filebuf",      "ios",
        "wios",           "wistream",       "wostream",     "wiostream",
        "wstreambuf",     "regex",          "wregex",       "cmatch",
        "smatch",         "streampos",      "allocator",    "basic_string",
        "vector",         "complex",        "function",     "initializer_list"};
    const char *colon = memchr(name, ':', length);
    if (colon) length = (size_t)(colon - name);
    for (size_t i = 0; i < COUNT(streams); i++) {
        if (!text_is(name, length, streams[i][0])) continue;
        *abbreviation = streams[i][1];
        return STANDARD_ABBREVIATED;
    }
    for (size_t i = 0; i < COUNT(templates); i++)
        if (text_is(name, length, templates[i])) return STANDARD_TEMPLATE;
    return STANDARD_CLASS;
}

unsigned mangle_read_qualifiers(struct lexer *lexer)
{
    unsigned set = 0;
    for (;; lexer_next(lexer)) {
        const struct token *token = &lexer->token;
        if (token_is(token, "const"))
            set |= QUALIFIER_CONST;
        else if (token_is(token, "volatile"))
            set |= QUALIFIER_VOLATILE;
        else if (token_is(token, "restrict") || token_is(token, "__restrict") ||
                 token_is(token, "__restrict__"))
            set |= QUALIFIER_RESTRICT;
        else
            return set;
    }
}

/* decltype(nullptr), as tools write the type of nullptr. */
static bool skip_null(struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    if (!token_is(&ahead.token, "decltype")) return false;
    lexer_next(&ahead);
    if (ahead.token.kind != '(') return false;
    lexer_next(&ahead);
    if (!token_is(&ahead.token, "nullptr") || lexer_peek(&ahead).kind != ')') return false;
    lexer_next(&ahead);
    *lexer = ahead;
    return true;
}

static unsigned find_word(const struct token *token)
{
    for (size_t i = 0; i < COUNT(words); i++)
        if (token_is(token, words[i].text)) return words[i].word;
    return 0;
}

static const char *find_letter(const char *text, size_t length)
{
    if (length > 5 && text_starts(text, "std::")) text += 5, length -= 5;
    for (size_t i = 0; i < COUNT(names); i++)
        if (text_is(text, length, names[i].text)) return names[i].letter;
    return text_is(text, length, "nullptr_t") ? "Dn" : NULL;
}

/* `int` says nothing beside short, long or a sign. */
static const char *combine(unsigned set)
{
    unsigned others = WORD_SHORT | WORD_LONG | WORD_SIGNED | WORD_UNSIGNED;
    unsigned excluded = WORD_CHAR | WORD_FLOAT | WORD_DOUBLE | WORD_INT128 | WORD_COMPLEX;
    if ((set & WORD_INT) && (set & others) && !(set & excluded)) set &= ~(unsigned)WORD_INT;
    for (size_t i = 0; i < COUNT(combinations); i++)
        if (combinations[i].words == set) return combinations[i].letter;
    return NULL;
}

/* A class or enum by name, unless that is a typedef: the linker knows what it stands for. */
static const char *take_class(struct mangle_core *core, const struct token *token)
{
    const char *letter = find_letter(token->text, token->length);
    if (letter)
        snprintf(core->builtin, sizeof core->builtin, "%s", letter);
    else if (type_named(token->text, token->length))
        return "has a typedef as a parameter: write the type it stands for, or";
    else if (token_is(token, "auto") || token_is(token, "decltype") || token_is(token, "operator"))
        return "has a type that is none of the plain ones";
    else
        core->class = *token;
    return NULL;
}

const char *mangle_read_core(struct lexer *lexer, struct mangle_core *core)
{
    unsigned set = 0, word;
    const char *problem = NULL;
    *core = (struct mangle_core){.builtin = ""};
    for (;; lexer_next(lexer)) {
        core->qualifiers |= mangle_read_qualifiers(lexer);
        const struct token *token = &lexer->token;
        bool some = set || *core->builtin || core->class.kind;
        if (token->kind != TOKEN_WORD || problem) break;
        if (!some && (token_is(token, "struct") || token_is(token, "class") ||
                      token_is(token, "enum") || token_is(token, "union")))
            continue;
        if (!some && skip_null(lexer)) {
            memcpy(core->builtin, "Dn", 3);
            continue;
        }
        word = find_word(token);
        if (some && !(set && word)) break;
        if (word == WORD_LONG && (set & WORD_LONG)) word = WORD_LONG_LONG;
        if (word && (set & word)) return "has words that make no type";
        set |= word;
        if (!word) problem = take_class(core, token);
    }
    if (problem) return problem;
    const char *letter = set ? combine(set) : core->builtin;
    if (!letter) return "has words that make no type";
    if (set) snprintf(core->builtin, sizeof core->builtin, "%s", letter);
    if (!*core->builtin && !core->class.kind) return "has a type that is none of the plain ones";
    return NULL;
}
