/* The grammar of a prototype: what was written, before it is given a meaning.
 *
 * C's function declarations with the config language's words at the start of a parameter: `out`,
 * `inout`, `scratch`, `malloc`, `handle`, `string`, `wstring`, `strings`. Each is a word only where
 * C could not mean a type by it. Iterative: no input makes the stack deeper. */
#ifndef MEMO_DECLARATION_H
#define MEMO_DECLARATION_H

#include "pool.h"
#include "type.h"

#include <stdbool.h>
#include <stdint.h>

/* A key holds 64 KiB at most and an argument by value takes 8 bytes of a register or the stack. */
#define DECLARATION_PARAMETERS 8192

enum direction_word { WORD_NONE, WORD_OUT, WORD_INOUT, WORD_SCRATCH };

enum form {
    FORM_PLAIN,
    FORM_HANDLE,
    FORM_STRING,
    FORM_WIDE,             /* wstring s */
    FORM_STRINGS,          /* strings s, of fields alone */
    FORM_REFERENCE,        /* C++: T &r */
    FORM_MOVED,            /* C++: T &&r */
    FORM_FUNCTION,         /* int f(int), int (*f)(int) */
    FORM_POINTER_TO_ARRAY, /* double (*r)[3] */
    FORM_BROKEN,           /* its error is reported */
};

struct declarator {
    struct place place; /* of its first token */
    const char *text;   /* as it is written, to show */
    size_t length;
    struct specifiers specifiers;
    enum direction_word direction;
    bool gift; /* `malloc` behind the direction */
    enum form form;
    unsigned stars;
    struct token name;        /* kind 0: none */
    unsigned dimensions;      /* pairs of brackets */
    struct token extent;      /* of a single dimension: the parameter named there; kind 0: none */
    struct token alternative; /* likewise: the first word of `a == 2 ? 4 : n`; kind 0: none */
    uint64_t elements;        /* product of the literal dimensions */
    struct token reads;       /* the '{' of the fields that the function reads; kind 0: none */
};

/* `int a, double b[3]`, of a struct's fields or of globals. */
struct declarations {
    struct declarator *items;
    uint32_t count;
    bool failed; /* an error was reported */
};

struct declaration {
    struct declarator function; /* its name, and the result's type */
    struct declarator *parameters;
    uint32_t count;
    bool failed; /* an error was reported */
};

/* In C++ `()` has no parameters, in C any. Reports every error with its place and goes on with the
 * next parameter. False when nothing is left to look at: an error in the name or the result, or no
 * memory. What is in `declaration` points into `source` and `scratch`. */
bool declaration_read(struct declaration *declaration, const struct source *source,
                      bool is_cplusplus, struct pool *scratch, struct diagnostics *diagnostics);

/* Reads what stands apart by ',' or ';'. Reports every error and goes on with the next. False when
 * there are too many, or no memory for them. */
bool declarations_read(struct declarations *list, const struct source *source, struct pool *scratch,
                       struct diagnostics *diagnostics);

#endif
