/* Reads INI: sections, keys, values, comments and continued lines, with the place of each.
 *
 * `[name]` to the last `]` of its line; `key = value`; a line whose first non-blank is `#` or `;`
 * is a comment, and so is the rest of a line after blanks and `#`; an indented line continues the
 * value before it, comment lines in between are skipped. CRLF, a UTF-8 byte order mark and a last
 * line without its end are fine. What the names and values mean is the caller's business. */
#ifndef MEMO_INI_H
#define MEMO_INI_H

#include "source.h"

#include <stddef.h>

/* The text belongs to the reader: it ends names and values with NUL in place, so items are valid
 * as long as the text is. Linear in the text's length, no allocation. */
struct ini {
    char *at, *end;    /* unread; *end is writable and NUL */
    struct place line; /* of the line that `at` starts */
    struct diagnostics *diagnostics;
};

enum ini_kind {
    INI_END,
    INI_SECTION, /* name */
    INI_PAIR,    /* name and value, both without blanks around; value "" when nothing is there */
    INI_BROKEN,  /* reported already; what it would have belonged to has an error */
    INI_BROKEN_SECTION, /* the same, and what follows belongs to no known section */
};

struct ini_item {
    enum ini_kind kind;
    struct source name, value;
};

/* text[length] must be writable. No byte of `text` may be NUL. */
void ini_open(struct ini *ini, const char *file, char *text, size_t length,
              struct diagnostics *diagnostics);

enum ini_kind ini_next(struct ini *ini, struct ini_item *item);

#endif
