/* What the command prints: messages, colours, tables.
 *
 * Colour is for stdout: on where that is a terminal, TERM is not "dumb" and NO_COLOR is unset or
 * empty, unless --color says otherwise. */
#ifndef MEMO_OUTPUT_H
#define MEMO_OUTPUT_H

#include "config/pool.h"

#include <stdbool.h>
#include <stddef.h>

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, STYLE_DOUBT };

/* Takes the word behind --color: "auto", "always" or "never"; false for any other. */
bool output_colour(const char *when);

/* What is printed to stdout next is in this style. From any but STYLE_PLAIN go back to that. */
void output_style(enum style style);

/* Prints `text` to stdout in a style; to `width` columns where that is more than its length. */
void output_text(enum style style, const char *text, int width);

/* `memoize: TEXT` and a newline, to stderr. */
void output_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints the version. */
int output_version(void);

/* Flushes stdout; the exit status that says whether all of it could be written. */
int output_close(void);

/* A string of its own in the pool, as printf makes it; ends the command when memory does. */
char *output_format(struct pool *pool, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define TABLE_COLUMNS 6

/* Rows of text cells that are kept until the width of each column is known. */
struct table {
    struct pool *pool;
    int columns, indent;
    struct table_row *rows, **last;
};

void table_start(struct table *table, struct pool *pool, int columns, int indent);

/* One row in a style; takes `columns` strings, which must outlive table_print(). */
void table_row(struct table *table, enum style style, ...);

void table_print(const struct table *table);

#endif
