/* The structs of libc that a prototype may name without a section that defines them. */
#ifndef MEMO_RECORD_H
#define MEMO_RECORD_H

#include "signature.h"

#include <stddef.h>

/* clang-format off */
/* A field whose kind, size and place come from the compiler; FIELD_POINTER keeps the address. */
#define FIELD_OF(c_type, field, field_type, how)                                                   \
    { #field, field_type, offsetof(c_type, field), 1, how, false }
#define FIELD_INTEGER(c_type, field)                                                               \
    FIELD_OF(c_type, field, TYPE_OF_INTEGER(__typeof__(((c_type *)0)->field)), FIELD_DATA)
#define FIELD_POINTER(c_type, field) FIELD_OF(c_type, field, TYPE_OF_POINTER, FIELD_DATA)
#define FIELD_TEXT(c_type, field)    FIELD_OF(c_type, field, TYPE_OF_POINTER, FIELD_STRING)
#define FIELD_LIST(c_type, field)    FIELD_OF(c_type, field, TYPE_OF_POINTER, FIELD_STRINGS)
/* clang-format on */

/* By the word after `struct` or `union`; NULL if there is none of that name. */
const struct record *record_find(const char *tag, size_t length);

/* Those that there are, for messages and tests; NULL past the last. */
const struct record *record_number(size_t number);

/* Why a struct of libc can't be kept, to complete "struct stat holds ..."; NULL for all others. */
const char *record_refusal(const char *tag, size_t length);

/* Whether a string is in it, at any depth. */
bool record_has_string(const struct record *record);

extern const struct record record_tm, record_timespec, record_timeval, record_timezone,
    record_itimerspec, record_itimerval, record_passwd, record_group, record_servent,
    record_protoent, record_netent, record_in_addr, record_in6_addr;

/* Typedefs of structs that have no tag. */
extern const struct record record_div_t, record_ldiv_t, record_lldiv_t, record_imaxdiv_t;

#endif
