/* The structs and unions that the prototypes of one config may name: those of libc (record.h), and
 * those that the config's own sections [struct NAME] and [union NAME] define, in any order. */
#ifndef MEMO_RECORDS_H
#define MEMO_RECORDS_H

#include "declaration.h"
#include "names.h"

/* As large as a key may be; and so deep that recursion over fields stays small. */
#define RECORD_BYTES   ((uint64_t)64 << 10)
#define RECORD_NESTING 16
#define RECORD_FIELDS  1024

struct records {
    struct names names; /* tag -> struct definition; in scratch */
    struct definition *first, **end;
    struct pool *pool; /* where records live */
    struct diagnostics *diagnostics;
    unsigned depth; /* of structs within structs, of the one being understood */
};

void records_open(struct records *records, struct pool *pool, struct pool *scratch,
                  struct diagnostics *diagnostics);

/* Notes a section. `tag` is what stands behind `struct` or `union`; fields->text is NULL where the
 * section is wrong or has none, which is reported by others. Reports a tag that can't be. */
void records_define(struct records *records, bool is_union, const struct source *tag,
                    const struct source *fields);

/* Understands every definition, in their order, and reports what is wrong with them. */
void records_understand(struct records *records);

/* Gives specifiers of the kind RECORD their type, and those of a word that is unknown but for a
 * section of that name; they stay as they are where there is none. */
void records_resolve(struct records *records, struct specifiers *specifiers);

/* Reports why specifiers that have been resolved make no type that can be used. `name` is for the
 * advice to write `handle NAME`; NULL where that would not help. */
bool specifiers_check(struct records *records, const struct specifiers *specifiers,
                      const char *name);

/* What both fields and globals are: numbers, structs, pointers that stand for themselves, and
 * strings. Fills in type, count and kind, or reports what is wrong. */
bool declaration_understand(struct records *records, const struct declarator *declarator,
                            struct type *type, uint64_t *count, enum field_kind *kind);

#endif
