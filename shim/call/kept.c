#include "call/kept.h"

#include <string.h>

bool keep_pointer(const struct plan *plan, const struct buffer *buffers, const void *pointer,
                  struct kept_pointer *kept)
{
    const unsigned char *at = pointer;
    *kept = (struct kept_pointer){(uintptr_t)pointer, KEPT_ADDRESS};
    for (uint32_t i = 0; plan->pointer_count && i < plan->step_count; i++) {
        const struct buffer *buffer = &buffers[i];
        if (!buffer->data || at < buffer->data || at > buffer->data + buffer->size) continue;
        if (kept->step != KEPT_ADDRESS) return false;
        *kept = (struct kept_pointer){(uint64_t)(at - buffer->data), i};
    }
    return true;
}

void *kept_address(const struct kept_pointer *kept, const struct buffer *buffers)
{
    unsigned char *base = kept->step == KEPT_ADDRESS ? NULL : buffers[kept->step].data;
    return (void *)((uintptr_t)base + kept->value);
}

/* The string that an element's field points to. */
static const char *string_of(const unsigned char *element, uint32_t offset)
{
    const char *text;
    memcpy(&text, element + offset, sizeof(text));
    return text;
}

static unsigned char *put(unsigned char *at, const void *bytes, size_t size)
{
    memcpy(at, bytes, size);
    return at + size;
}

size_t key_strings_size(const struct shape *shape, const unsigned char *data, size_t count)
{
    size_t size = 0;
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const char *text = string_of(data, shape->strings[i]);
            size += sizeof(uint32_t) + (text ? strnlen(text, PLAN_KEY_LIMIT) : 0);
            if (size > PLAN_KEY_LIMIT) return SIZE_MAX;
        }
    }
    return size;
}

unsigned char *key_strings_write(const struct shape *shape, const unsigned char *data,
                                 size_t count, unsigned char *key)
{
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const char *text = string_of(data, shape->strings[i]);
            uint32_t length = text ? (uint32_t)strlen(text) : KEPT_NULL;
            key = put(key, &length, sizeof(length));
            if (text) key = put(key, text, length);
        }
    }
    return key;
}

size_t value_elements_size(const struct plan *plan, const struct buffer *buffers,
                           const struct shape *shape, const unsigned char *data, size_t count,
                           size_t *own)
{
    size_t size = count * shape->packed;
    struct kept_pointer kept;
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const char *text = string_of(data, shape->strings[i]);
            if (!keep_pointer(plan, buffers, text, &kept)) return SIZE_MAX;
            size_t length = text ? strnlen(text, PLAN_VALUE_LIMIT) : 0;
            size += KEPT_SIZE + sizeof(uint32_t) + length;
            if (text && kept.step == KEPT_ADDRESS) *own += length + 1;
            if (size > PLAN_VALUE_LIMIT) return SIZE_MAX;
        }
    }
    return size;
}

unsigned char *value_elements_write(const struct plan *plan, const struct buffer *buffers,
                                    const struct shape *shape, const unsigned char *data,
                                    size_t count, unsigned char *value)
{
    struct kept_pointer kept;
    value = pack(shape, data, count, value);
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const char *text = string_of(data, shape->strings[i]);
            uint32_t length = text ? (uint32_t)strlen(text) : KEPT_NULL;
            keep_pointer(plan, buffers, text, &kept);
            value = put(value, &kept, KEPT_SIZE);
            value = put(value, &length, sizeof(length));
            if (text) value = put(value, text, length);
        }
    }
    return value;
}

/* One string to where it belongs; the field gets its address. */
static const unsigned char *read_string(const struct buffer *buffers, unsigned char *field,
                                        const unsigned char *value, unsigned char **own)
{
    struct kept_pointer kept;
    uint32_t length;
    memcpy(&kept, value, KEPT_SIZE);
    memcpy(&length, value + KEPT_SIZE, sizeof(length));
    value += KEPT_SIZE + sizeof(length);
    unsigned char *text = NULL;
    if (length != KEPT_NULL) {
        text = kept.step == KEPT_ADDRESS ? *own : kept_address(&kept, buffers);
        memcpy(text, value, length);
        text[length] = '\0';
        value += length;
        if (kept.step == KEPT_ADDRESS) *own += length + 1;
    }
    memcpy(field, &text, sizeof(text));
    return value;
}

const unsigned char *value_elements_read(const struct buffer *buffers, const struct shape *shape,
                                         unsigned char *data, size_t count,
                                         const unsigned char *value, unsigned char **own)
{
    value = unpack(shape, data, count, value);
    for (; count && shape->string_count; count--, data += shape->size)
        for (uint32_t i = 0; i < shape->string_count; i++)
            value = read_string(buffers, data + shape->strings[i], value, own);
    return value;
}
