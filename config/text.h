/* Characters of the config language: ASCII whatever the program's locale, which <ctype.h> would
 * ask for. Bytes above 127 are plain text. */
#ifndef MEMO_TEXT_H
#define MEMO_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool text_is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\v' || byte == '\f';
}

/* Blank, or the end of a line within a continued value. */
static inline bool text_is_space(char byte)
{
    return text_is_blank(byte) || byte == '\n';
}

static inline bool text_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static inline char text_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Letters and digits of C names; '$' as gcc allows it. */
static inline bool text_is_name(char byte)
{
    char lower = text_lower(byte);
    return (lower >= 'a' && lower <= 'z') || text_is_digit(byte) || byte == '_' || byte == '$';
}

/* Whether the `length` bytes at `text` are `word`. The first byte tells for nearly all of the words
 * that a token is compared with. */
static inline bool text_is(const char *text, size_t length, const char *word)
{
    if (length && *text != *word) return false;
    return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* As text_is(), for any mixture of upper and lower case; `word` is lower case. */
static inline bool text_is_folded(const char *text, size_t length, const char *word)
{
    if (strlen(word) != length) return false;
    for (size_t i = 0; i < length; i++)
        if (text_lower(text[i]) != word[i]) return false;
    return true;
}

/* Starts with `prefix`. */
static inline bool text_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

#endif
