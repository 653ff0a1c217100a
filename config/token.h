/* Words, numbers and marks of a C declaration. */
#ifndef MEMO_TOKEN_H
#define MEMO_TOKEN_H

#include "source.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>

/* A mark is its own character: '(' and so on. */
enum { TOKEN_END = 0, TOKEN_WORD = 256, TOKEN_NUMBER, TOKEN_STRING, TOKEN_DOTS };

struct token {
    int kind;
    const char *text; /* not NUL-terminated */
    size_t length;
    struct place place;
};

/* Reads one token ahead. A copy of the struct is a bookmark. */
struct lexer {
    const char *at;
    struct place place; /* of *at */
    struct token token; /* the current one */
};

void lexer_open(struct lexer *lexer, const struct source *source);

/* Steps on to the next token. Blanks and both kinds of C comments are passed over; words may be
 * qualified (geo::dist) and numbers hold whatever letters follow their digits. */
void lexer_next(struct lexer *lexer);

/* The token after the current one. */
struct token lexer_peek(const struct lexer *lexer);

static inline bool token_is(const struct token *token, const char *word)
{
    return token->kind == TOKEN_WORD && text_is(token->text, token->length, word);
}

/* Steps past a balanced group that the current token, one of ( [ {, opens. */
void lexer_skip_group(struct lexer *lexer);

#endif
