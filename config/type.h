/* Types as C spells them: `unsigned long long int`, `size_t`, `struct tm`, `enum color`.
 *
 * Sizes, alignments and signs are the compiler's, for the machine that this is built for. */
#ifndef MEMO_TYPE_H
#define MEMO_TYPE_H

#include "signature.h"
#include "suggest.h"
#include "token.h"

#include <stdbool.h>

/* clang-format off */
/* -1 is above 0 in an unsigned type; 0.5 is 0 in an integer type. */
#define TYPE_OF_INTEGER(c_type)                                                                    \
    { (c_type)-1 > (c_type)0 ? TYPE_UNSIGNED : TYPE_SIGNED, sizeof(c_type), _Alignof(c_type), NULL }
#define TYPE_OF_FLOAT(c_type) { TYPE_FLOAT, sizeof(c_type), _Alignof(c_type), NULL }
/* clang-format on */

enum specifiers_kind {
    SPECIFIERS_NONE,        /* not one word of a type */
    SPECIFIERS_TYPE,        /* void, arithmetic or a known record: `type` */
    SPECIFIERS_IMPOSSIBLE,  /* words that do not go together: `short double` */
    SPECIFIERS_UNSUPPORTED, /* real C, but not yet ours: `long double` */
    SPECIFIERS_RECORD,      /* a struct or union that is not known */
    SPECIFIERS_UNKNOWN,     /* a word that may be a typedef, or a macro */
};

/* What stands before a declarator. */
struct specifiers {
    enum specifiers_kind kind;
    struct type type;
    bool is_const, is_char; /* plain char, whatever its sign */
    bool inner;             /* `{` follows the tag: a definition */
    struct place place;     /* of the first word of the type */
    char spelling[64];      /* the type alone, without qualifiers, for messages */
};

/* Reads from lexer->token on as far as there are specifiers; words that do not change a call
 * (extern, inline, register, attributes that leave the calling convention alone) are passed over.
 * Reports nothing. */
void specifiers_read(struct lexer *lexer, struct specifiers *specifiers);

/* const, restrict, volatile, register, `__attribute__((...))`, extern "C", ...: steps past one of
 * them and returns true. *is_const is set by const; it may be NULL. An attribute that changes how
 * a call is made is not passed over. */
bool qualifier_skip(struct lexer *lexer, bool *is_const);

/* A word that can begin nothing but a type: int, unsigned, struct, const, ... */
bool type_is_keyword(const struct token *token);

/* Offers every known typedef and basic type. */
void type_offer(struct suggestion *suggestion);

/* Integers by value, bool excepted: what may be an extent. */
static inline bool type_is_integer(const struct type *type)
{
    return type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED;
}

static inline bool type_is_arithmetic(const struct type *type)
{
    return type_is_integer(type) || type->kind == TYPE_BOOL || type->kind == TYPE_FLOAT;
}

#endif
