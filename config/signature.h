/* A prototype, understood: what the words of a config say about a call, free of any CPU.
 *
 * Made by prototype_parse() or found in the catalogue's static tables; immutable afterwards and
 * shared freely between threads. Every pointer leads into the config's pool or static data. */
#ifndef MEMO_SIGNATURE_H
#define MEMO_SIGNATURE_H

#include <stdbool.h>
#include <stdint.h>

enum type_kind {
    TYPE_VOID,
    TYPE_BOOL,
    TYPE_SIGNED,
    TYPE_UNSIGNED,
    TYPE_FLOAT,   /* float, double, long double; see type_data_size() for padding */
    TYPE_COMPLEX, /* two of TYPE_FLOAT, half of `size` each */
    TYPE_POINTER,
    TYPE_RECORD
};

struct record;

struct type {
    enum type_kind kind;
    uint32_t size, alignment;    /* bytes; 0 for void */
    const struct record *record; /* TYPE_RECORD only */
};

/* What a pointer field means. Everything else is DATA: its bytes. */
enum field_kind {
    FIELD_DATA,
    FIELD_STRING,  /* char *: by content up to its NUL; of an output it leads into another output
                      buffer, or into memory that is the result's own */
    FIELD_STRINGS, /* char **: an array of them that ends with a null pointer */
};

struct field {
    const char *name;
    struct type type;       /* a record again for nested ones */
    uint32_t offset, count; /* bytes from the start of the record; elements, 1 unless an array */
    enum field_kind kind;
    bool is_text; /* `char name[n]`: text up to its NUL, where it is said to be written */
};

/* One struct or union of the ABI at hand. The bytes between a struct's fields are padding: never in
 * a key. Of a union all bytes count, since nobody knows which member is meant. */
struct record {
    const char *name; /* "tm" of struct tm */
    uint32_t size, alignment, field_count;
    const struct field *fields;
    bool is_union;
};

enum passing {
    PASS_VALUE,  /* arithmetic, complex, struct or union, by value */
    PASS_HANDLE, /* a pointer that stands for itself */
    PASS_STRING, /* input, by content up to its NUL: characters of one byte or, of `type`, wide */
    PASS_ARRAY,  /* `extent` elements of `type` behind a pointer; one record is an array of one. An
                    output of TYPE_POINTER elements holds addresses, as strtod's end pointer */
    PASS_TEXT,   /* output, NUL-terminated within `extent` characters of `type` */
    PASS_GIFT,   /* output, one pointer to a string of `type` in memory that the caller frees */
};

enum direction {
    DIRECTION_IN,
    DIRECTION_OUT,
    DIRECTION_INOUT,
    DIRECTION_SCRATCH, /* `scratch char buffer[n]`: memory to work in. Only what an output points to
                          in it is kept */
};

/* How many elements: `literal` where parameter < 0, else the value of that parameter (0 based),
 * which is PASS_VALUE of an integer type. A multi-dimensional literal is the product. */
struct extent {
    uint64_t literal;
    int parameter;
    uint32_t
        alternative_count; /* `[family == 2 ? 4 : n]`: the first that holds comes before both */
    const struct alternative *alternatives;
};

/* Where parameter `chooser`, an integer as an extent's, is `equals`: `literal` or `parameter`. */
struct alternative {
    uint64_t equals; /* widened from the chooser's type to 64 bits */
    uint64_t literal;
    int chooser, parameter;
};

struct parameter {
    const char *name;            /* "" when the prototype leaves it out */
    struct type type;            /* of the value, or of one element behind the pointer */
    const struct record *reads;  /* `struct NAME p{a,b}`: the fields that the function reads, as a
                                    record of the same size; NULL: all of them */
    const struct record *writes; /* likewise, of an output: the fields that it writes, if not always
                                    or all of them; what it leaves alone stays as it was */
    const struct record *pointee; /* of an output of addresses: the struct that they lead to; NULL:
                                     something else */
    enum passing passing;
    enum direction direction;
    struct extent extent;
};

enum returns {
    RETURNS_VALUE,     /* arithmetic or void */
    RETURNS_POINTER,   /* the address; within a caller's buffer, the same place in this caller's */
    RETURNS_STATIC,    /* what it points to is copied to a buffer of the slot's, one per thread */
    RETURNS_PARAMETER, /* the pointer that was passed as parameter `returned` */
    RETURNS_MALLOC,    /* as STATIC, in memory by the program's malloc, a fresh copy each time */
};

/* A global that every call sets (`writes = int signgam`). */
struct global {
    const char *name;
    struct type type;
    uint64_t count; /* elements; 1 unless an array */
};

struct signature {
    const char *symbol;
    struct type result;  /* void, arithmetic, complex, a record, or TYPE_POINTER */
    struct type pointee; /* what a returned pointer leads to */
    bool returns_text;   /* RETURNS_STATIC and _MALLOC copy a string of the pointee, else one */
    enum returns returns;
    int returned;  /* RETURNS_PARAMETER: index, else -1 */
    bool floating; /* a floating type anywhere: the rounding mode is part of the key */
    uint32_t parameter_count;
    const struct parameter *parameters;
    uint32_t global_count;
    const struct global *globals;
};

/* Bytes of a number that hold its value: x86's long double has ten of sixteen. */
static inline uint32_t type_data_size(const struct type *type)
{
#if __LDBL_MANT_DIG__ == 64
    if (type->kind == TYPE_FLOAT && type->size == sizeof(long double)) return 10;
#endif
    return type->size;
}

#endif
