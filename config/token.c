#include "token.h"

static void step(struct lexer *lexer, size_t bytes)
{
    for (; bytes > 0; bytes--) {
        lexer->place = place_after(lexer->place, *lexer->at);
        lexer->at++;
    }
}

/* The length of a comment at `text`, 0 if there is none; an unclosed one goes to the end. */
static size_t comment_length(const char *text)
{
    if (text_starts(text, "//")) return strcspn(text, "\n");
    if (!text_starts(text, "/*")) return 0;
    const char *close = strstr(text + 2, "*/");
    return close ? (size_t)(close - text) + 2 : strlen(text);
}

static size_t word_length(const char *text)
{
    size_t length = 0;
    if (text_starts(text, "::")) length = 2;
    while (text_is_name(text[length])) {
        while (text_is_name(text[length]))
            length++;
        if (text_starts(text + length, "::") && text_is_name(text[length + 2])) length += 2;
    }
    return length;
}

/* An unclosed string goes to the end of its line. */
static size_t string_length(const char *text)
{
    size_t length = 1;
    while (text[length] && text[length] != '"' && text[length] != '\n')
        length += 1 + (text[length] == '\\' && text[length + 1]);
    return length + (text[length] == '"');
}

void lexer_open(struct lexer *lexer, const struct source *source)
{
    *lexer = (struct lexer){.at = source->text, .place = source->place};
    lexer_next(lexer);
}

void lexer_next(struct lexer *lexer)
{
    for (;;) {
        size_t skip = text_is_space(*lexer->at) ? 1 : comment_length(lexer->at);
        if (skip == 0) break;
        step(lexer, skip);
    }
    const char *at = lexer->at;
    struct token token = {.kind = (unsigned char)*at, .text = at, .length = *at != '\0'};
    token.place = lexer->place;
    if (text_is_digit(*at)) {
        token.kind = TOKEN_NUMBER;
        while (text_is_name(at[token.length]))
            token.length++;
    } else if (text_is_name(*at) || (text_starts(at, "::") && text_is_name(at[2]))) {
        token.kind = TOKEN_WORD;
        token.length = word_length(at);
    } else if (text_starts(at, "...")) {
        token.kind = TOKEN_DOTS;
        token.length = 3;
    } else if (*at == '"') {
        token.kind = TOKEN_STRING;
        token.length = string_length(at);
    }
    step(lexer, token.length);
    lexer->token = token;
}

struct token lexer_peek(const struct lexer *lexer)
{
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    return ahead.token;
}

void lexer_skip_group(struct lexer *lexer)
{
    size_t depth = 0;
    do {
        int kind = lexer->token.kind;
        if (kind == '(' || kind == '[' || kind == '{') depth++;
        if (kind == ')' || kind == ']' || kind == '}') depth--;
        if (kind == TOKEN_END) return;
        lexer_next(lexer);
    } while (depth > 0);
}
