#include "output.h"

#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool colour;

bool output_colour(const char *when)
{
    const char *terminal = getenv("TERM"), *refused = getenv("NO_COLOR");

    if (strcmp(when, "always") == 0) {
        colour = true;
    } else if (strcmp(when, "never") == 0) {
        colour = false;
    } else if (strcmp(when, "auto") == 0) {
        colour = isatty(STDOUT_FILENO) && terminal && strcmp(terminal, "dumb") != 0 &&
                 !(refused && *refused);
    } else {
        return false;
    }
    return true;
}

void output_style(enum style style)
{
    static const char *const codes[] = {"0", "1", "2", "32", "33"};
    static enum style current;

    if (colour && style != current) printf("\033[%sm", codes[style]);
    current = style;
}

void output_text(enum style style, const char *text, int width)
{
    output_style(style);
    fputs(text, stdout);
    output_style(STYLE_PLAIN);
    int missing = width - (int)strlen(text);
    if (missing > 0) printf("%*s", missing, "");
}

void output_error(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fputs("memoize: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

int output_version(void)
{
    puts("memoize (libmemo) " MEMO_VERSION);
    return output_close();
}

int output_close(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return EXIT_FINE;
    output_error("cannot write to standard output: %m");
    return EXIT_TROUBLE;
}

static void *output_alloc(struct pool *pool, size_t size)
{
    void *memory = pool_alloc(pool, size);

    if (memory) return memory;
    output_error("out of memory");
    exit(EXIT_TROUBLE);
}

char *output_format(struct pool *pool, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = output_alloc(pool, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

struct table_row {
    struct table_row *next;
    enum style style;
    const char *cells[TABLE_COLUMNS];
};

void table_start(struct table *table, struct pool *pool, int columns, int indent)
{
    *table = (struct table){.pool = pool, .columns = columns, .indent = indent};
    table->last = &table->rows;
}

void table_row(struct table *table, enum style style, ...)
{
    struct table_row *row = output_alloc(table->pool, sizeof(*row));
    va_list arguments;

    row->style = style;
    va_start(arguments, style);
    for (int i = 0; i < table->columns; i++)
        row->cells[i] = va_arg(arguments, const char *);
    va_end(arguments);
    *table->last = row;
    table->last = &row->next;
}

void table_print(const struct table *table)
{
    int widths[TABLE_COLUMNS] = {0};

    for (const struct table_row *row = table->rows; row; row = row->next) {
        for (int i = 0; i < table->columns; i++) {
            int width = (int)strlen(row->cells[i]);
            if (width > widths[i]) widths[i] = width;
        }
    }
    for (const struct table_row *row = table->rows; row; row = row->next) {
        printf("%*s", table->indent, "");
        for (int i = 0; i < table->columns; i++) {
            bool last = i == table->columns - 1;
            output_text(row->style, row->cells[i], last ? 0 : widths[i] + 2);
        }
        putchar('\n');
    }
}
