/* One element behind a pointer, or one value, as bytes: which of them count.
 *
 * Packed, an element is its runs one behind the other; padding is left out on the way in and left
 * alone on the way out. Strings that a struct points to are no part of it: see strings.h. */
#ifndef MEMO_SHAPE_H
#define MEMO_SHAPE_H

#include "config/pool.h"
#include "config/signature.h"

#include <string.h>

/* A stretch of an element that holds data; what lies between two runs is padding. */
struct run {
    uint32_t offset, size;
};

/* What a function writes whole: `count` of them, one behind the other. */
struct grain {
    uint32_t offset, size, count;
};

/* A pointer to a string in an element, or to a list of them. */
struct string_field {
    uint32_t offset;
    bool is_list;
};

struct shape {
    uint32_t size;   /* in memory, padding included */
    uint32_t packed; /* in keys and values: the runs only */
    uint32_t run_count;
    const struct run *runs; /* in order; neighbours without padding between are one */
    uint32_t grain_count;
    const struct grain *grains; /* in order; pointers to strings, too */
    uint32_t text_count;
    const struct run *texts; /* arrays of char that are fields, whose bytes are grains as well */
    uint32_t string_count;
    const struct string_field *strings;
};

/* False when memory can't be had. `fields`: those that count, instead of all of the type's record;
 * NULL: all. */
bool shape_make(struct shape *shape, const struct type *type, const struct record *fields,
                struct pool *pool);

static inline bool shape_has_string(const struct shape *shape, uint32_t offset)
{
    for (uint32_t i = 0; i < shape->string_count; i++)
        if (shape->strings[i].offset == offset) return true;
    return false;
}

/* Both return the end of the packed bytes. */
static inline unsigned char *pack(const struct shape *shape, const unsigned char *data,
                                  size_t count, unsigned char *packed)
{
    if (shape->packed == shape->size) {
        memcpy(packed, data, count * shape->size);
        return packed + count * shape->size;
    }
    for (; count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->run_count; i++) {
            memcpy(packed, data + shape->runs[i].offset, shape->runs[i].size);
            packed += shape->runs[i].size;
        }
    }
    return packed;
}

static inline const unsigned char *unpack(const struct shape *shape, unsigned char *data,
                                          size_t count, const unsigned char *packed)
{
    if (shape->packed == shape->size) {
        memcpy(data, packed, count * shape->size);
        return packed + count * shape->size;
    }
    for (; count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->run_count; i++) {
            memcpy(data + shape->runs[i].offset, packed, shape->runs[i].size);
            packed += shape->runs[i].size;
        }
    }
    return packed;
}

#endif
