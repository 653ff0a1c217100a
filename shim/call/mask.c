#include "call/mask.h"

#include <string.h>

/* How a stretch stands in a value: this, then its bytes. One of size 0 is the last. */
struct stretch {
    uint32_t offset, size;
};

/* The next stretch within one run, from at->offset on; false when there is none. */
static bool next_stretch(const unsigned char *mask, size_t end, struct stretch *at)
{
    size_t start = at->offset + at->size;
    while (start < end && !mask[start])
        start++;
    size_t stop = start;
    while (stop < end && mask[stop])
        stop++;
    *at = (struct stretch){(uint32_t)start, (uint32_t)(stop - start)};
    return at->size != 0;
}

/* Writes where `value` isn't NULL; returns the bytes that it takes. */
static size_t walk(const struct step *step, const struct buffer *buffer, unsigned char *value)
{
    size_t size = 0;
    for (size_t base = 0; base < buffer->size; base += step->shape.size) {
        for (uint32_t i = 0; i < step->shape.run_count; i++) {
            size_t start = base + step->shape.runs[i].offset;
            struct stretch at = {(uint32_t)start, 0};
            while (next_stretch(buffer->mask, start + step->shape.runs[i].size, &at)) {
                if (value) {
                    memcpy(value + size, &at, sizeof(at));
                    memcpy(value + size + sizeof(at), buffer->data + at.offset, at.size);
                }
                size += sizeof(at) + at.size;
            }
        }
    }
    if (value) memset(value + size, 0, sizeof(struct stretch));
    return size + sizeof(struct stretch);
}

size_t masked_size(const struct step *step, const struct buffer *buffer)
{
    return walk(step, buffer, NULL);
}

unsigned char *masked_write(const struct step *step, const struct buffer *buffer,
                            unsigned char *value)
{
    return value + walk(step, buffer, value);
}

const unsigned char *masked_read(const struct buffer *buffer, const unsigned char *value)
{
    for (;;) {
        struct stretch at;
        memcpy(&at, value, sizeof(at));
        value += sizeof(at);
        if (at.size == 0) return value;
        memcpy(buffer->data + at.offset, value, at.size);
        value += at.size;
    }
}
