/* Strings of bytes and of wide characters: `unit` is the size of one, 1 or that of wchar_t. */
#ifndef MEMO_CHARACTERS_H
#define MEMO_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

/* Bytes before the NUL, at most `limit`, which is a multiple of `unit`. Loads wide characters from
 * any address: how a caller aligns them is the original's affair. */
static inline size_t characters_size(const void *text, uint32_t unit, size_t limit)
{
    if (unit == 1) return strnlen(text, limit);
    size_t size = 0;
    for (; size < limit; size += sizeof(wchar_t)) {
        wchar_t character;
        memcpy(&character, (const char *)text + size, sizeof(character));
        if (!character) break;
    }
    return size;
}

#endif
