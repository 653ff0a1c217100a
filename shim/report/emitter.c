#include "report/emitter.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CELL_CAPACITY 256
#define COLUMN_LIMIT  32

void emit(struct emitter *emitter, const char *format, ...)
{
    size_t room = emitter->capacity - emitter->length;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(emitter->data + emitter->length, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room)
        emitter->overflow = true;
    else
        emitter->length += (size_t)length;
}

/* Bytes of the well-formed UTF-8 sequence at `text`; 0 for none. RFC 3629, section 4. */
static size_t utf8_length(const unsigned char *text)
{
    size_t length = text[0] < 0x80                       ? 1
                    : text[0] >= 0xc2 && text[0] <= 0xdf ? 2
                    : (text[0] & 0xf0) == 0xe0           ? 3
                    : text[0] >= 0xf0 && text[0] <= 0xf4 ? 4
                                                         : 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xc0) != 0x80) return 0;
    if ((text[0] == 0xe0 && text[1] < 0xa0) || (text[0] == 0xed && text[1] > 0x9f)) return 0;
    if ((text[0] == 0xf0 && text[1] < 0x90) || (text[0] == 0xf4 && text[1] > 0x8f)) return 0;
    return length;
}

void emit_json_text(struct emitter *emitter, const char *text)
{
    const unsigned char *at = (const unsigned char *)(text ? text : "");
    emit(emitter, "\"");
    while (*at) {
        size_t length = utf8_length(at);
        if (length == 0)
            emit(emitter, "\xef\xbf\xbd");
        else if (*at == '"' || *at == '\\')
            emit(emitter, "\\%c", *at);
        else if (*at < 0x20 || *at == 0x7f)
            emit(emitter, "\\u%04x", *at);
        else
            emit(emitter, "%.*s", (int)length, (const char *)at);
        at += length ? length : 1;
    }
    emit(emitter, "\"");
}

static void format_tenths(char *text, size_t size, int64_t tenths)
{
    uint64_t magnitude = tenths < 0 ? 0 - (uint64_t)tenths : (uint64_t)tenths;
    snprintf(text, size, "%s%llu.%llu", tenths < 0 ? "-" : "", (unsigned long long)magnitude / 10,
             (unsigned long long)magnitude % 10);
}

/* A cell's text, in `own` where it is made. */
static const char *cell_text(const struct column *column, union cell cell, char *own, bool json)
{
    switch (column->kind) {
    case COLUMN_TEXT:
        return cell.text ? cell.text : "";
    case COLUMN_TENTHS:
        format_tenths(own, CELL_CAPACITY, cell.number);
        return own;
    case COLUMN_SIGNED:
        snprintf(own, CELL_CAPACITY, "%lld", (long long)cell.number);
        return own;
    case COLUMN_COUNT:
        break;
    }
    if (cell.count == UINT64_MAX) return json ? "null" : "unlimited";
    snprintf(own, CELL_CAPACITY, "%llu", (unsigned long long)cell.count);
    return own;
}

void emit_json_rows(struct emitter *emitter, const struct column *columns, size_t column_count,
                    const union cell *cells, size_t row_count)
{
    char own[CELL_CAPACITY];
    emit(emitter, "[");
    for (size_t row = 0; row < row_count; row++) {
        for (size_t i = 0; i < column_count; i++, cells++) {
            emit(emitter, "%s\"%s\":", i ? "," : row ? ",{" : "{", columns[i].name);
            const char *text = cell_text(&columns[i], *cells, own, true);
            if (columns[i].kind == COLUMN_TEXT)
                emit_json_text(emitter, text);
            else
                emit(emitter, "%s", text);
        }
        emit(emitter, "}");
    }
    emit(emitter, "]");
}

static int column_width(const struct column *columns, size_t column_count, size_t index,
                        const union cell *cells, size_t row_count)
{
    char own[CELL_CAPACITY];
    size_t width = strlen(columns[index].title);
    for (size_t row = 0; row < row_count; row++) {
        union cell cell = cells[row * column_count + index];
        size_t length = strlen(cell_text(&columns[index], cell, own, false));
        if (length > width) width = length;
    }
    return width < CELL_CAPACITY ? (int)width : CELL_CAPACITY;
}

static void emit_cell(struct emitter *emitter, const struct column *column, const char *text,
                      int width, bool last)
{
    if (column->kind != COLUMN_TEXT)
        emit(emitter, "%*s", width, text);
    else
        emit(emitter, "%-*s", last ? 0 : width, text);
    emit(emitter, last ? "\n" : "  ");
}

/* Lines must not end in blanks: the last column may be an empty text. */
static void trim_line(struct emitter *emitter)
{
    if (!emitter->length || emitter->data[emitter->length - 1] != '\n') return;
    size_t end = emitter->length - 1;
    while (end && emitter->data[end - 1] == ' ')
        end--;
    emitter->data[end] = '\n';
    emitter->length = end + 1;
}

void emit_table(struct emitter *emitter, const struct column *columns, size_t column_count,
                const union cell *cells, size_t row_count)
{
    char own[CELL_CAPACITY];
    int widths[COLUMN_LIMIT];
    size_t last = column_count;
    for (size_t i = 0; i < column_count; i++) {
        if (!columns[i].title) continue;
        widths[i] = column_width(columns, column_count, i, cells, row_count);
        last = i;
    }
    for (size_t row = 0; row <= row_count; row++) { /* row 0: the titles */
        for (size_t i = 0; i < column_count; i++) {
            if (!columns[i].title) continue;
            const char *text = columns[i].title;
            if (row) text = cell_text(&columns[i], cells[(row - 1) * column_count + i], own, false);
            emit_cell(emitter, &columns[i], text, widths[i], i == last);
        }
        trim_line(emitter);
    }
}
