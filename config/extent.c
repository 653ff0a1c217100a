#include "extent.h"

#include "text.h"

static const char advice[] = "write a number, sums and products of numbers, the name of one "
                             "integer parameter, or 'name == 2 ? 4 : 16'";

/* C's integer constants: decimal, octal, hexadecimal, with any of the suffixes. */
static bool read_number(const struct token *token, uint64_t *number)
{
    const char *at = token->text, *end = at + token->length;
    unsigned base = 10;
    *number = 0;
    if (*at == '0' && end - at > 1) {
        base = text_lower(at[1]) == 'x' ? 16 : 8;
        at += base == 16 ? 2 : 1;
    }
    const char *digits = at;
    for (; at < end; at++) {
        char lower = text_lower(*at);
        unsigned digit = text_is_digit(lower)           ? (unsigned)(lower - '0')
                         : lower >= 'a' && lower <= 'f' ? (unsigned)(lower - 'a') + 10
                                                        : 99;
        if (digit >= base) break;
        if (__builtin_mul_overflow(*number, (uint64_t)base, number) ||
            __builtin_add_overflow(*number, (uint64_t)digit, number))
            return false;
    }
    bool some = at > digits || base == 8; /* "0u" is an octal zero */
    static const char *const suffixes[] = {"", "u", "l", "ul", "lu", "ll", "ull", "llu"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (text_is_folded(at, (size_t)(end - at), suffixes[i])) return some;
    return false;
}

bool extent_constant(struct lexer *lexer, uint64_t *value)
{
    uint64_t product = 1, number;
    *value = 0;
    for (;;) {
        if (lexer->token.kind != TOKEN_NUMBER || !read_number(&lexer->token, &number)) return false;
        if (__builtin_mul_overflow(product, number, &product)) return false;
        lexer_next(lexer);
        int kind = lexer->token.kind;
        if (kind != '*') {
            if (__builtin_add_overflow(*value, product, value)) return false;
            product = 1;
        }
        if (kind != '*' && kind != '+') return true;
        lexer_next(lexer);
    }
}

/* To the ']' of alternatives, which length_understand() reads. */
static void skip_alternatives(struct lexer *lexer)
{
    while (lexer->token.kind != ']' && lexer->token.kind != TOKEN_END)
        lexer_next(lexer);
}

/* One pair of brackets, past its '['. */
static bool read_extent(struct lexer *lexer, struct declarator *declarator,
                        struct diagnostics *diagnostics)
{
    struct token first = lexer->token;
    if (first.kind == ']') {
        diagnose(diagnostics, SEVERITY_ERROR, first.place,
                 "'[]' does not say how many elements: %s", advice);
        return false;
    }
    if (first.kind == TOKEN_WORD && lexer_peek(lexer).kind == ']') {
        declarator->extent = first;
        lexer_next(lexer);
        return true;
    }
    if (first.kind == TOKEN_WORD && lexer_peek(lexer).kind == '=') {
        declarator->alternative = first;
        skip_alternatives(lexer);
        if (lexer->token.kind == ']') return true;
        diagnose(diagnostics, SEVERITY_ERROR, lexer->token.place, "write ']' here");
        return false;
    }
    uint64_t elements;
    if (!extent_constant(lexer, &elements) || lexer->token.kind != ']' || elements == 0) {
        diagnose(diagnostics, SEVERITY_ERROR, first.place,
                 "this is no number of elements from 1 up: %s", advice);
        return false;
    }
    if (__builtin_mul_overflow(declarator->elements, elements, &declarator->elements))
        declarator->elements = UINT64_MAX; /* far above every limit */
    return true;
}

bool extents_read(struct lexer *lexer, struct declarator *declarator,
                  struct diagnostics *diagnostics)
{
    declarator->elements = 1;
    struct place place = lexer->token.place;
    while (lexer->token.kind == '[') {
        lexer_next(lexer);
        while (qualifier_skip(lexer, NULL))
            ;
        if (!read_extent(lexer, declarator, diagnostics)) return false;
        lexer_next(lexer);
        declarator->dimensions++;
    }
    const struct token *name =
        declarator->extent.kind ? &declarator->extent : &declarator->alternative;
    if (declarator->dimensions > 1 && name->kind) {
        diagnose(diagnostics, SEVERITY_ERROR, place,
                 "not supported yet: several dimensions of which one depends on '%.*s'",
                 (int)name->length, name->text);
        return false;
    }
    return true;
}
