/* A config file as sections of keys and values, none of them parsed yet.
 *
 * `[*]` may stand behind the sections that it gives defaults to, so a file is read as a whole
 * first. What is syntactically wrong, unknown or there twice is reported here. */
#ifndef MEMO_DOCUMENT_H
#define MEMO_DOCUMENT_H

#include "names.h"
#include "options.h"
#include "search.h"
#include "source.h"

struct pair {
    unsigned option; /* enum section_option; process_option in [memo]; record_option */
    struct source value;
    struct pair *next;
};

struct section {
    struct source name; /* its place is that of the header's '[' */
    const char *symbol; /* as the linker knows it: `name` may be a C++ name */
    struct pair *pairs; /* in the order of the file, each option once */
    bool broken;        /* an error in it was reported */
    /* MEMO_SYMBOLS names it: the maxsize written there, "" for none; NULL: it does not. */
    const char *requested;
    bool chosen; /* by the catalogue: nobody names it */
    struct section *next;
};

struct document {
    struct section *process;  /* [memo], or NULL */
    struct section *defaults; /* [*], or NULL */
    struct section *records;  /* [struct NAME], [union NAME], in the order of the file */
    struct section *symbols;  /* the others, in the order of the file */
    struct section **end;     /* where the next of `symbols` goes */
    struct section **record_end;
    struct names names; /* of all of them, by `symbol`: the first of each */
};

/* An empty one. */
void document_open(struct document *document, struct pool *scratch);

/* Adds what a file says to an empty document. Everything lives in `scratch` and in file->text. */
void document_read(struct document *document, const struct found_file *file, struct pool *scratch,
                   struct diagnostics *diagnostics);

/* Adds a section of a symbol behind all others; its name is not entered. */
void document_append(struct document *document, struct section *section);

/* Whether it is [struct NAME] or [union NAME]; *tag is then the NAME. */
bool section_is_record(const struct section *section, bool *is_union, struct source *tag);

/* The value of one option of a section; NULL if it is not given or the section is NULL. */
const struct source *section_value(const struct section *section, unsigned option);

#endif
