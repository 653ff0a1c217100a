/* One report, two forms: a table for people, a line of JSON for programs, both made from the same
 * columns and the same rows. Writes into memory of the caller's; no malloc, no stdio stream, no
 * locale (figures always have a point). What does not fit is cut, and the result says so. */
#ifndef MEMO_EMITTER_H
#define MEMO_EMITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum column_kind {
    COLUMN_TEXT,
    COLUMN_COUNT,  /* UINT64_MAX is null, in the table "unlimited" */
    COLUMN_TENTHS, /* an int64_t of tenths; JSON 12.3 */
    COLUMN_SIGNED,
};

struct column {
    const char *name;  /* JSON */
    const char *title; /* table; NULL: not in the table */
    enum column_kind kind;
};

union cell {
    const char *text; /* NULL: "" */
    uint64_t count;
    int64_t number;
};

struct emitter {
    char *data;
    size_t capacity, length;
    bool overflow;
};

void emit(struct emitter *emitter, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "text" with JSON's escapes; bytes that are not UTF-8 become U+FFFD. */
void emit_json_text(struct emitter *emitter, const char *text);

/* [{...},{...}] of `rows` rows of `columns` cells each. */
void emit_json_rows(struct emitter *emitter, const struct column *columns, size_t column_count,
                    const union cell *cells, size_t row_count);

/* The same as lines that line up, titles first, texts to the left and figures to the right. At
 * most 32 columns. */
void emit_table(struct emitter *emitter, const struct column *columns, size_t column_count,
                const union cell *cells, size_t row_count);

#endif
