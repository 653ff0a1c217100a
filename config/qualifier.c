/* Words of a declaration that say nothing about how a call is made. */
#include "type.h"

#include "text.h"

static bool is_one_of(const struct token *token, const char *const *words)
{
    for (; *words; words++)
        if (token_is(token, *words)) return true;
    return false;
}

/* Attributes that change where arguments go, or what a type is: gcc's and clang's, bare and with
 * underscores around. */
static bool changes_the_call(struct lexer lexer)
{
    static const char *const words[] = {"ms_abi",
                                        "sysv_abi",
                                        "regparm",
                                        "fastcall",
                                        "stdcall",
                                        "thiscall",
                                        "vectorcall",
                                        "regcall",
                                        "sseregparm",
                                        "preserve_most",
                                        "preserve_all",
                                        "aarch64_vector_pcs",
                                        "vector_size",
                                        "mode",
                                        "ext_vector_type",
                                        "packed",
                                        "aligned",
                                        "scalar_storage_order",
                                        NULL};
    size_t depth = 0;
    do {
        struct token token = lexer.token;
        if (token.kind == '(') depth++;
        if (token.kind == ')') depth--;
        if (token.kind == TOKEN_END) return false;
        if (token.length > 4 && text_starts(token.text, "__")) token.text += 2, token.length -= 4;
        if (is_one_of(&token, words)) return true;
        lexer_next(&lexer);
    } while (depth > 0);
    return false;
}

bool qualifier_skip(struct lexer *lexer, bool *is_const)
{
    static const char *const constants[] = {"const", "__const", "__const__", NULL};
    static const char *const ignored[] = {
        "extern",   "register", "volatile",     "__volatile__",  "restrict",      "__restrict",
        "inline",   "__inline", "__restrict__", "__inline__",    "constexpr",     "_Noreturn",
        "noexcept", "throw",    "static",       "__extension__", "__attribute__", "__attribute",
        NULL};
    const struct token *token = &lexer->token;
    if (token->kind != TOKEN_WORD) return false;
    if (is_one_of(token, constants)) {
        if (is_const) *is_const = true;
        lexer_next(lexer);
        return true;
    }
    if (!is_one_of(token, ignored)) return false;
    struct token next = lexer_peek(lexer);
    bool group = token_is(token, "__attribute__") || token_is(token, "__attribute") ||
                 token_is(token, "noexcept") || token_is(token, "throw");
    if (group && next.kind == '(') {
        struct lexer inside = *lexer;
        lexer_next(&inside);
        if (changes_the_call(inside)) return false;
        *lexer = inside;
        lexer_skip_group(lexer);
    } else {
        bool language = token_is(token, "extern") && next.kind == TOKEN_STRING;
        lexer_next(lexer);
        if (language) lexer_next(lexer);
    }
    return true;
}
