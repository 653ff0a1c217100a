/* What generated libraries and their driver share: types as tables, made by the compiler at hand,
 * so that nothing here knows how libmemo lays out or passes anything. */
#ifndef ABI_H
#define ABI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum abi_kind {
    ABI_DATA, /* any bytes: integers, and unions as a whole */
    ABI_BOOL,
    ABI_FLOAT,
    ABI_RECORD,
    ABI_STRING,  /* const char *, by content */
    ABI_POINTER, /* an address */
};

struct abi_field;

struct abi_type {
    enum abi_kind kind;
    uint32_t size, data; /* bytes; those that hold the value: 10 of x86's long double */
    bool is_signed;
    uint32_t field_count;
    const struct abi_field *fields;
};

struct abi_field {
    const struct abi_type *type;
    uint32_t offset, count;
};

#define ABI_ALL_FIELDS UINT64_MAX

/* Visits every number, string and address of `count` elements at `base`, never padding. `fields`:
 * a bit for each field of the outermost record that counts. */
struct abi_visitor {
    void (*leaf)(struct abi_visitor *visitor, const struct abi_type *type, unsigned char *at);
};
void abi_walk(struct abi_visitor *visitor, const struct abi_type *type, void *base, size_t count,
              uint64_t fields);

/* FNV-1a, 64 bits, and splitmix64: http://www.isthe.com/chongo/tech/comp/fnv/ and
 * https://prng.di.unimi.it/splitmix64.c */
uint64_t abi_hash(uint64_t hash, const void *bytes, size_t size);
uint64_t abi_random(uint64_t *state);

/* A value of a leaf that is no pointer: often a special one. */
void abi_pick(uint64_t *random, const struct abi_type *type, unsigned char *at);

/* --- a function, for the driver --------------------------------------------------------------- */

enum abi_passing { ABI_VALUE, ABI_HANDLE, ABI_TEXT_IN, ABI_ARRAY };
enum abi_direction { ABI_IN, ABI_OUT, ABI_INOUT, ABI_SCRATCH };

struct abi_parameter {
    enum abi_passing passing;
    enum abi_direction direction;
    const struct abi_type *type;
    uint32_t count; /* elements, where `extent` < 0 */
    int32_t extent; /* the parameter that says how many */
    uint64_t reads; /* fields */
    bool counts;    /* is itself an extent: a small number */
    bool widened;   /* passed in a register or slot whose other bits are anything */
};

enum abi_returns { ABI_NOTHING, ABI_RESULT, ABI_ADDRESS, ABI_LEADS_TO, ABI_LEADS_TO_TEXT };

struct abi_function {
    const char *name, *prototype;
    unsigned parameter_count;
    const struct abi_parameter *parameters;
    enum abi_returns returns;
    bool owned;                    /* what the result leads to is the caller's to free */
    const struct abi_type *result; /* the result's own, or what it leads to */
    void *global;                  /* that it writes, or NULL */
    const struct abi_type *global_type;
    uint32_t global_count;
    /* Calls the function, or its other name. arguments[i]: a value's bytes in a slot of 64 bytes
     * with anything behind, or a pointer. */
    void (*call)(void *const *arguments, void *result, bool directly);
};

#define ABI_MOST_PARAMETERS 20

extern const struct abi_function *const abi_functions[];
extern const size_t abi_function_count;

/* Of the last time that code of the library ran; in the library. */
struct abi_trace {
    uint64_t calls, input; /* a hash over all that the call read */
    bool storable;
};
extern struct abi_trace *abi_trace(void);

#endif
