/* Elements between the program's memory and our flat bytes: padding is left out on the way in and
 * left alone on the way out. Both return the end of the packed bytes. */
#ifndef MEMO_PACK_H
#define MEMO_PACK_H

#include "call/plan.h"

#include <string.h>

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
