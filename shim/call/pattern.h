/* The pattern that a veil (value.h) lays over outputs, and who still shows it. A byte of it is tied
 * to its offset in the buffer. */
#ifndef MEMO_PATTERN_H
#define MEMO_PATTERN_H

#include "call/value.h"

#include <string.h>

static inline bool is_veiled(const struct step *step, const struct buffer *buffer)
{
    return buffer->data && step_is_output(step);
}

/* The pattern of one buffer; the second differs from the first in every byte. Text gets bytes that
 * no usual encoding holds, so that a second call is hardly ever needed; never a NUL. */
static inline uint64_t text_pattern(uint64_t pattern)
{
    return pattern | 0xf8f8f8f8f8f8f8f8ull;
}

static inline uint64_t pattern_of(const struct veil *veil, const struct step *step)
{
    uint64_t pattern = veil->second ? ~veil->pattern : veil->pattern;
    return step->passing == PASS_TEXT ? text_pattern(pattern) : pattern;
}

static inline unsigned char pattern_byte(uint64_t pattern, size_t offset)
{
    return (unsigned char)(pattern >> offset % 8 * 8);
}

static inline bool is_word(const unsigned char *data, uint64_t pattern)
{
    return memcmp(data, &pattern, 8) == 0;
}

/* How many bytes from `offset` to `end` show the pattern, up to the first that does not. A buffer
 * for text may be large and hold little: its rest is told a word at a time. */
static inline size_t pattern_run(const unsigned char *data, size_t offset, size_t end,
                                 uint64_t pattern)
{
    size_t i = offset;
    while (i < end && data[i] == pattern_byte(pattern, i)) {
        i++;
        while (i % 8 == 0 && end - i >= 8 && is_word(data + i, pattern))
            i += 8;
    }
    return i - offset;
}

static inline bool shows_pattern(const unsigned char *data, size_t offset, size_t size,
                                 uint64_t pattern)
{
    return pattern_run(data, offset, offset + size, pattern) == size;
}

#endif
