/* The words of types in C++ names: their letters in the Itanium C++ ABI, 5.1.5. */
#ifndef MEMO_MANGLE_TYPE_H
#define MEMO_MANGLE_TYPE_H

#include "token.h"

/* A set. */
enum { QUALIFIER_CONST = 1, QUALIFIER_VOLATILE = 2, QUALIFIER_RESTRICT = 4 };

/* A type before any `*` and `&`. */
struct mangle_core {
    char builtin[4];    /* "d", "Ds", "Ce"; "" for classes and enums */
    struct token class; /* the qualified name of one; kind 0 for a builtin type */
    unsigned qualifiers;
};

/* Reads one. NULL, or what is wrong with it, to complete "[NAME] ...". */
const char *mangle_read_core(struct lexer *lexer, struct mangle_core *core);

/* Reads as many const, volatile and restrict as there are. */
unsigned mangle_read_qualifiers(struct lexer *lexer);

/* What std::NAME is; `name` ends at a ':' or at length. */
enum mangle_standard {
    STANDARD_CLASS,       /* as far as we know */
    STANDARD_ABBREVIATED, /* a stream with an abbreviation of its own */
    STANDARD_TEMPLATE     /* a typedef of a template */
};

/* Sets *abbreviation, "So" and the like, of STANDARD_ABBREVIATED. */
enum mangle_standard mangle_standard(const char *name, size_t length, const char **abbreviation);

#endif
