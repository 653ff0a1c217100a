/* What one parameter of a prototype means; the larger part of what can be wrong with one. */
#ifndef MEMO_PARAMETER_H
#define MEMO_PARAMETER_H

#include "declaration.h"
#include "names.h"
#include "records.h"
#include "signature.h"

/* One prototype on its way to a signature. */
struct meaning {
    const struct declaration *declaration;
    struct names names; /* parameter's name -> its declarator */
    struct records *records;
    bool is_cplusplus; /* references may be parameters */
    struct pool *pool;
    struct diagnostics *diagnostics;
};

/* Whether it may be an extent: an integer of up to 64 bits, by value. */
static inline bool declarator_is_count(const struct declarator *d)
{
    return d->form == FORM_PLAIN && d->stars == 0 && d->dimensions == 0 &&
           d->specifiers.kind == SPECIFIERS_TYPE && type_is_count(&d->specifiers.type);
}

/* Enters every parameter's name; reports a name that stands twice. False on an error. */
bool parameters_name(struct meaning *meaning);

/* Fills *parameter from declaration->parameters[number]. False with one error reported. */
bool parameter_understand(struct meaning *meaning, uint32_t number, struct parameter *parameter);

#endif
