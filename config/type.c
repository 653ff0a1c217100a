#include "type.h"

#include "text.h"
#include "type_names.h"

enum basic {
    BASIC_VOID,
    BASIC_BOOL,
    BASIC_CHAR,
    BASIC_SHORT,
    BASIC_INT,
    BASIC_LONG,
    BASIC_FLOAT,
    BASIC_DOUBLE,
    BASIC_SIGNED,
    BASIC_UNSIGNED,
    BASIC_COMPLEX,
    BASIC_INT128,
    BASIC_OTHER, /* _Float128, _Decimal64, ...: what else the compiler knows and we do not */
    BASIC_COUNT
};

static const struct {
    const char *word;
    enum basic basic;
} basic_words[] = {
    {"void", BASIC_VOID},        {"bool", BASIC_BOOL},           {"_Bool", BASIC_BOOL},
    {"char", BASIC_CHAR},        {"short", BASIC_SHORT},         {"int", BASIC_INT},
    {"long", BASIC_LONG},        {"float", BASIC_FLOAT},         {"double", BASIC_DOUBLE},
    {"signed", BASIC_SIGNED},    {"__signed__", BASIC_SIGNED},   {"unsigned", BASIC_UNSIGNED},
    {"_Complex", BASIC_COMPLEX}, {"__complex__", BASIC_COMPLEX}, {"__int128", BASIC_INT128},
    {"_Float128", BASIC_OTHER},  {"__float128", BASIC_OTHER},    {"__float80", BASIC_OTHER},
    {"_Decimal32", BASIC_OTHER}, {"_Decimal64", BASIC_OTHER},    {"_Decimal128", BASIC_OTHER},
    {"_Float16", BASIC_OTHER},   {"__fp16", BASIC_OTHER},        {"__bf16", BASIC_OTHER},
    {"_BitInt", BASIC_OTHER},
};

#define BASIC_WORDS (sizeof basic_words / sizeof *basic_words)

static bool find_basic(const struct token *token, enum basic *basic)
{
    for (size_t i = 0; i < BASIC_WORDS; i++) {
        if (!token_is(token, basic_words[i].word)) continue;
        *basic = basic_words[i].basic;
        return true;
    }
    return false;
}

/* Bits of a set of basic words; long may stand twice. */
#define BIT(basic)  (1u << (basic))
#define TWO_LONGS   BIT(BASIC_COUNT)
#define LONG_DOUBLE (BIT(BASIC_LONG) | BIT(BASIC_DOUBLE))
#define COMPLEX     BIT(BASIC_COMPLEX)

/* Fills in specifiers->type from a multiset of basic words, in any order (C11 6.7.2, 2). */
static void combine(struct specifiers *specifiers, unsigned set)
{
    static const struct {
        unsigned needed, allowed; /* besides signed or unsigned where `sign` is 1 */
        bool sign;
        struct type type, if_unsigned;
    } kinds[] = {
#define INTEGER(c_type) TYPE_OF_INTEGER(c_type), TYPE_OF_INTEGER(unsigned c_type)
        {BIT(BASIC_VOID), 0, false, {TYPE_VOID, 0, 0, NULL}, {0}},
        {BIT(BASIC_BOOL), 0, false, TYPE_OF_BOOL, {0}},
        {BIT(BASIC_FLOAT), 0, false, TYPE_OF_FLOAT(float), {0}},
        {LONG_DOUBLE, 0, false, TYPE_OF_FLOAT(long double), {0}},
        {BIT(BASIC_DOUBLE), 0, false, TYPE_OF_FLOAT(double), {0}},
        {COMPLEX | BIT(BASIC_FLOAT), 0, false, TYPE_OF_COMPLEX(float _Complex), {0}},
        {COMPLEX | LONG_DOUBLE, 0, false, TYPE_OF_COMPLEX(long double _Complex), {0}},
        {COMPLEX | BIT(BASIC_DOUBLE), 0, false, TYPE_OF_COMPLEX(double _Complex), {0}},
        {BIT(BASIC_INT128), 0, true, INTEGER(__int128)},
        {BIT(BASIC_CHAR), 0, true, INTEGER(char)},
        {BIT(BASIC_SHORT), BIT(BASIC_INT), true, INTEGER(short)},
        {TWO_LONGS | BIT(BASIC_LONG), BIT(BASIC_INT), true, INTEGER(long long)},
        {BIT(BASIC_LONG), BIT(BASIC_INT), true, INTEGER(long)},
        {0, BIT(BASIC_INT), true, INTEGER(int)},
#undef INTEGER
    };
    const unsigned signs = BIT(BASIC_SIGNED) | BIT(BASIC_UNSIGNED);
    specifiers->kind = SPECIFIERS_UNSUPPORTED;
    if (set & BIT(BASIC_OTHER)) return;
    specifiers->kind = SPECIFIERS_IMPOSSIBLE;
    if ((set & signs) == signs) return;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        unsigned rest = set & ~(kinds[i].needed | kinds[i].allowed | (kinds[i].sign ? signs : 0));
        if (rest || (set & kinds[i].needed) != kinds[i].needed) continue;
        specifiers->kind = SPECIFIERS_TYPE;
        specifiers->type = set & BIT(BASIC_UNSIGNED) ? kinds[i].if_unsigned : kinds[i].type;
        if (set == (BIT(BASIC_CHAR) | BIT(BASIC_SIGNED))) specifiers->type.kind = TYPE_SIGNED;
        specifiers->is_char = set == BIT(BASIC_CHAR);
        return;
    }
}

static void spell(struct specifiers *specifiers, const struct token *token)
{
    size_t used = strlen(specifiers->spelling), room = sizeof specifiers->spelling - 1 - used;
    if (used && room) specifiers->spelling[used++] = ' ', room--;
    memcpy(specifiers->spelling + used, token->text, token->length < room ? token->length : room);
}

/* Adds a basic word to `set`; false if it stood there already. */
static bool add_basic(unsigned *set, enum basic basic)
{
    unsigned bit = BIT(basic);
    if (basic == BASIC_LONG && (*set & bit)) bit = TWO_LONGS;
    if (*set & bit) return false;
    *set |= bit;
    return true;
}

/* struct TAG, union TAG, enum TAG; lexer->token is the keyword. */
static void read_tagged(struct lexer *lexer, struct specifiers *specifiers)
{
    static const struct type enumeration = TYPE_OF_INTEGER(int);
    bool is_enum = token_is(&lexer->token, "enum");
    specifiers->is_union = token_is(&lexer->token, "union");
    specifiers->kind = is_enum ? SPECIFIERS_TYPE : SPECIFIERS_RECORD;
    specifiers->type = enumeration;
    lexer_next(lexer);
    while (qualifier_skip(lexer, &specifiers->is_const))
        ;
    if (lexer->token.kind == TOKEN_WORD) {
        spell(specifiers, &lexer->token);
        specifiers->tag = lexer->token;
        lexer_next(lexer);
    }
    if (lexer->token.kind == '{') {
        specifiers->inner = true;
        lexer_skip_group(lexer);
    }
}

static bool is_tag_keyword(const struct token *token)
{
    return token_is(token, "struct") || token_is(token, "union") || token_is(token, "enum");
}

/* One word that is a type by itself, or may be one. */
static void read_named(struct lexer *lexer, struct specifiers *specifiers)
{
    const struct token *token = &lexer->token;
    const struct type *type = type_named(token->text, token->length);
    spell(specifiers, token);
    if (is_tag_keyword(token)) {
        read_tagged(lexer, specifiers);
        return;
    }
    specifiers->kind = type ? SPECIFIERS_TYPE : SPECIFIERS_UNKNOWN;
    if (type)
        specifiers->type = *type;
    else
        specifiers->tag = *token;
    specifiers->is_wide = token_is(token, "wchar_t");
    lexer_next(lexer);
}

/* `complex` is a macro of <complex.h>: a type only beside a floating one. */
static bool is_complex_macro(const struct lexer *lexer, unsigned set)
{
    struct token next = lexer_peek(lexer);
    if (!token_is(&lexer->token, "complex")) return false;
    if (set & (BIT(BASIC_FLOAT) | BIT(BASIC_DOUBLE))) return true;
    return token_is(&next, "float") || token_is(&next, "double") || token_is(&next, "long");
}

void specifiers_read(struct lexer *lexer, struct specifiers *specifiers)
{
    unsigned set = 0;
    bool twice = false;
    enum basic basic;
    *specifiers = (struct specifiers){.place = lexer->token.place};
    for (;;) {
        while (qualifier_skip(lexer, &specifiers->is_const))
            ;
        const struct token *token = &lexer->token;
        bool found = find_basic(token, &basic);
        if (!found && is_complex_macro(lexer, set)) found = true, basic = BASIC_COMPLEX;
        if (token->kind != TOKEN_WORD || (found && specifiers->kind)) break;
        if (!set && !specifiers->kind) specifiers->place = token->place;
        if (found) {
            twice |= !add_basic(&set, basic);
            spell(specifiers, token);
            lexer_next(lexer);
        } else if (set == 0 && !specifiers->kind && !text_starts(token->text, "__attribute")) {
            read_named(lexer, specifiers);
        } else {
            break;
        }
    }
    if (set) combine(specifiers, set);
    if (twice) specifiers->kind = SPECIFIERS_IMPOSSIBLE;
}

bool type_is_floating(const struct type *type)
{
    if (type->kind != TYPE_RECORD) return type->kind == TYPE_FLOAT || type->kind == TYPE_COMPLEX;
    for (uint32_t i = 0; i < type->record->field_count; i++)
        if (type_is_floating(&type->record->fields[i].type)) return true;
    return false;
}

bool type_is_keyword(const struct token *token)
{
    enum basic basic;
    return find_basic(token, &basic) || is_tag_keyword(token) || token_is(token, "const") ||
           token_is(token, "volatile");
}

void type_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i < BASIC_WORDS; i++)
        if (basic_words[i].word[0] != '_')
            suggest_offer(suggestion, basic_words[i].word, strlen(basic_words[i].word));
    type_names_offer(suggestion);
}
