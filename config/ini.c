#include "ini.h"

#include "text.h"

#include <stdbool.h>

/* One line without its end, its trailing comment and blanks: text[indent .. length). */
struct line {
    char *text;
    size_t indent, length;
    struct place place;
    bool comment; /* nothing but one */
};

void ini_open(struct ini *ini, const char *file, char *text, size_t length,
              struct diagnostics *diagnostics)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    *ini = (struct ini){
        .at = text + skip, .end = text + length, .line = {file, 1, 1}, .diagnostics = diagnostics};
    *ini->end = '\0';
}

/* Comments become blanks in the text itself, for a value may run on behind them. */
static struct line line_trim(char *text, size_t length, struct place place)
{
    struct line line = {.text = text, .place = place};
    while (line.indent < length && text_is_blank(text[line.indent]))
        line.indent++;
    for (size_t i = line.indent; i < length; i++) {
        bool comment = text[i] == '#' && (i == line.indent || text_is_blank(text[i - 1]));
        if (!comment && !(text[i] == ';' && i == line.indent)) continue;
        memset(text + i, ' ', length - i);
        line.comment = i == line.indent;
        length = i;
    }
    while (length > line.indent && text_is_blank(text[length - 1]))
        length--;
    line.length = length;
    return line;
}

/* The line at ini->at, which stays there; *next is where the one after it starts. */
static struct line line_peek(struct ini *ini, char **next)
{
    size_t left = (size_t)(ini->end - ini->at);
    char *newline = memchr(ini->at, '\n', left);
    *next = newline ? newline + 1 : ini->end;
    return line_trim(ini->at, newline ? (size_t)(newline - ini->at) : left, ini->line);
}

static void line_take(struct ini *ini, char *next)
{
    ini->at = next;
    ini->line.line++;
}

static bool line_is_empty(const struct line *line)
{
    return line->length == line->indent;
}

static struct place place_in(const struct line *line, size_t offset)
{
    struct place place = line->place;
    place.column += (int)offset;
    return place;
}

static void complain(struct ini *ini, struct place place, const char *text)
{
    diagnose(ini->diagnostics, SEVERITY_ERROR, place, "%s", text);
}

/* Ends line->text[start .. end) with NUL, without the blanks at both ends. */
static struct source line_part(const struct line *line, size_t start, size_t end)
{
    while (start < end && text_is_blank(line->text[start]))
        start++;
    while (end > start && text_is_blank(line->text[end - 1]))
        end--;
    line->text[end] = '\0';
    return (struct source){line->text + start, place_in(line, start)};
}

static enum ini_kind read_section(struct ini *ini, const struct line *line, struct ini_item *item)
{
    size_t close = line->length;
    while (close > 0 && line->text[close - 1] != ']')
        close--;
    if (close == 0) {
        complain(ini, place_in(line, 0), "the section name has no end: write [NAME]");
        return INI_BROKEN_SECTION;
    }
    if (close < line->length) {
        complain(ini, place_in(line, close), "only a comment may follow the ']'");
        return INI_BROKEN_SECTION;
    }
    item->name = line_part(line, 1, close - 1);
    if (!*item->name.text) {
        complain(ini, place_in(line, 0), "the section has no name: write [NAME], [*] or [memo]");
        return INI_BROKEN_SECTION;
    }
    return INI_SECTION;
}

/* `  key = ...`: what a person means who indents keys. No value holds such a line. */
static bool looks_like_key(const struct line *line)
{
    size_t at = line->indent;
    while (at < line->length && text_is_name(line->text[at]))
        at++;
    if (at == line->indent) return false;
    while (at < line->length && text_is_blank(line->text[at]))
        at++;
    return at < line->length && line->text[at] == '=';
}

/* Takes the indented lines that follow and returns the end of the last one; NULL if one of them
 * is an error, which is reported when `key` is given. */
static char *read_continuation(struct ini *ini, char *end, const char *key)
{
    for (char *next; ini->at < ini->end; line_take(ini, next)) {
        struct line line = line_peek(ini, &next);
        if (line.comment) continue;
        if (line_is_empty(&line) || line.indent == 0) break;
        if (looks_like_key(&line)) {
            if (key && end)
                diagnose(ini->diagnostics, SEVERITY_ERROR, place_in(&line, line.indent),
                         "an indented line continues the value of '%.40s': start a key in the "
                         "first column",
                         key);
            end = NULL;
        }
        if (end) end = line.text + line.length;
    }
    return end;
}

static struct source skip_spaces(struct source source)
{
    for (; text_is_space(*source.text); source.text++)
        source.place = place_after(source.place, *source.text);
    return source;
}

static enum ini_kind read_pair(struct ini *ini, const struct line *line, struct ini_item *item)
{
    const char *equals = memchr(line->text, '=', line->length);
    if (!equals) {
        read_continuation(ini, NULL, NULL);
        diagnose(ini->diagnostics, SEVERITY_ERROR, place_in(line, 0),
                 "'%.*s' is neither [SECTION] nor KEY = VALUE",
                 line->length < 60 ? (int)line->length : 60, line->text);
        return INI_BROKEN;
    }
    size_t start = (size_t)(equals - line->text) + 1;
    item->name = line_part(line, 0, start - 1);
    if (!*item->name.text) {
        read_continuation(ini, NULL, NULL);
        complain(ini, place_in(line, 0), "there is no key before the '='");
        return INI_BROKEN;
    }
    char *end = read_continuation(ini, line->text + line->length, item->name.text);
    if (!end) return INI_BROKEN;
    *end = '\0';
    item->value = skip_spaces((struct source){line->text + start, place_in(line, start)});
    return INI_PAIR;
}

enum ini_kind ini_next(struct ini *ini, struct ini_item *item)
{
    *item = (struct ini_item){.kind = INI_END};
    for (char *next; item->kind == INI_END && ini->at < ini->end;) {
        struct line line = line_peek(ini, &next);
        line_take(ini, next);
        if (line_is_empty(&line)) continue;
        if (line.indent > 0) {
            complain(ini, place_in(&line, line.indent),
                     "an indented line continues the one before, and there is none to continue: "
                     "start it in the first column");
            read_continuation(ini, NULL, NULL);
            item->kind = INI_BROKEN;
        } else if (line.text[0] == '[') {
            item->kind = read_section(ini, &line, item);
        } else {
            item->kind = read_pair(ini, &line, item);
        }
    }
    return item->kind;
}
