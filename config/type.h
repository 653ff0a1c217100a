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
#define TYPE_OF_COMPLEX(c_type) { TYPE_COMPLEX, sizeof(c_type), _Alignof(c_type), NULL }
#define TYPE_OF_BOOL { TYPE_BOOL, sizeof(_Bool), _Alignof(_Bool), NULL }
#define TYPE_OF_POINTER { TYPE_POINTER, sizeof(void *), _Alignof(void *), NULL }
#define TYPE_OF_RECORD(c_type, record)                                                             \
    { TYPE_RECORD, sizeof(c_type), _Alignof(c_type), &(record) }
/* clang-format on */

enum specifiers_kind {
    SPECIFIERS_NONE,        /* not one word of a type */
    SPECIFIERS_TYPE,        /* void, arithmetic or a known record: `type` */
    SPECIFIERS_IMPOSSIBLE,  /* words that do not go together: `short double` */
    SPECIFIERS_UNSUPPORTED, /* a type of the compiler's that is not ours: `_Float128` */
    SPECIFIERS_RECORD,      /* a struct or union by its tag; records_resolve() makes it a TYPE */
    SPECIFIERS_UNKNOWN,     /* a word that may be a typedef, a struct's by records_resolve(), or a
                               macro */
};

/* What stands before a declarator. */
struct specifiers {
    enum specifiers_kind kind;
    struct type type;
    bool is_const, is_char; /* plain char, whatever its sign */
    bool is_wide;           /* wchar_t by that name */
    bool inner;             /* `{` follows the tag: a definition */
    bool is_union;          /* SPECIFIERS_RECORD */
    struct token tag;       /* of SPECIFIERS_RECORD, or the unknown word; kind 0: none */
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

/* A floating type anywhere in it: the rounding mode may decide what it holds. */
bool type_is_floating(const struct type *type);

/* Integers of up to 64 bits, bool excepted: what may be an extent. */
static inline bool type_is_count(const struct type *type)
{
    return (type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED) && type->size <= 8;
}

static inline bool type_is_arithmetic(const struct type *type)
{
    return type->kind != TYPE_VOID && type->kind < TYPE_POINTER;
}

#endif
