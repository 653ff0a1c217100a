#include "call/kept.h"

#include <string.h>

/* Whose end counts as within it. */
enum ends { ENDS_NONE, ENDS_OF_DATA, ENDS_ALL };

/* How many buffers the address leads into; *kept is its place in the last of them. */
static uint32_t find_place(const struct plan *plan, const struct buffer *buffers,
                           const void *pointer, enum ends ends, struct kept_pointer *kept)
{
    uint32_t found = 0;
    for (uint32_t i = 0; plan->pointer_count && i < plan->step_count; i++) {
        const struct buffer *buffer = &buffers[i];
        size_t offset = (size_t)((const unsigned char *)pointer - buffer->data);
        bool end = ends == ENDS_ALL || (ends == ENDS_OF_DATA && !plan->steps[i].pointers);
        if (!buffer->data || offset >= buffer->size + end) continue;
        *kept = (struct kept_pointer){offset, i};
        found++;
    }
    return found;
}

/* On many a stack one buffer begins where another ends. The end of an output of addresses is hardly
 * meant: `struct passwd entry, *result`. */
bool keep_pointer(const struct plan *plan, const struct buffer *buffers, const void *pointer,
                  struct kept_pointer *kept)
{
    *kept = (struct kept_pointer){(uintptr_t)pointer, KEPT_ADDRESS};
    uint32_t found = find_place(plan, buffers, pointer, ENDS_OF_DATA, kept);
    if (found == 0) found = find_place(plan, buffers, pointer, ENDS_ALL, kept);
    return found <= 1;
}

bool keep_string(const struct plan *plan, const struct buffer *buffers, const void *text,
                 struct kept_pointer *kept)
{
    uint32_t found = find_place(plan, buffers, text, ENDS_NONE, kept);
    return found ? found == 1 : keep_pointer(plan, buffers, text, kept);
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

unsigned char *key_strings_write(const struct shape *shape, const unsigned char *data, size_t count,
                                 unsigned char *key)
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

/* Whether a kept string's bytes have to be there for the caller at hand: not in a buffer that the
 * call only reads, which may be a constant. */
static bool is_delivered(const struct plan *plan, const struct kept_pointer *kept)
{
    return kept->step == KEPT_ADDRESS || plan->steps[kept->step].direction != DIRECTION_IN;
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
            if (!keep_string(plan, buffers, text, &kept)) return SIZE_MAX;
            bool delivered = text && is_delivered(plan, &kept);
            size_t length = delivered ? strnlen(text, PLAN_VALUE_LIMIT) : 0;
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
            keep_string(plan, buffers, text, &kept);
            bool delivered = text && is_delivered(plan, &kept);
            uint32_t length = !text ? KEPT_NULL : delivered ? (uint32_t)strlen(text) : KEPT_PLACE;
            value = put(value, &kept, KEPT_SIZE);
            value = put(value, &length, sizeof(length));
            if (delivered) value = put(value, text, length);
        }
    }
    return value;
}

/* Whether the field leads to this text already. */
static bool leads_to(const unsigned char *field, const unsigned char *text, uint32_t length)
{
    const char *present = string_of(field, 0);
    return present && strnlen(present, (size_t)length + 1) == length &&
           memcmp(present, text, length) == 0;
}

/* One string to where it belongs; the field gets its address. */
static const unsigned char *read_string(const struct buffer *buffers, bool held,
                                        unsigned char *field, const unsigned char *value,
                                        unsigned char **own)
{
    struct kept_pointer kept;
    uint32_t length;
    memcpy(&kept, value, KEPT_SIZE);
    memcpy(&length, value + KEPT_SIZE, sizeof(length));
    value += KEPT_SIZE + sizeof(length);
    bool delivered = length != KEPT_NULL && length != KEPT_PLACE;
    const unsigned char *end = delivered ? value + length : value;
    if (delivered && held && kept.step == KEPT_ADDRESS && leads_to(field, value, length))
        return end;
    unsigned char *text = NULL;
    if (length != KEPT_NULL) text = kept.step == KEPT_ADDRESS ? *own : kept_address(&kept, buffers);
    if (delivered) {
        memcpy(text, value, length);
        text[length] = '\0';
        if (kept.step == KEPT_ADDRESS) *own += length + 1;
    }
    memcpy(field, &text, sizeof(text));
    return end;
}

const unsigned char *value_elements_read(const struct buffer *buffers, const struct shape *shape,
                                         const struct shape *held, unsigned char *data,
                                         size_t count, const unsigned char *value,
                                         unsigned char **own)
{
    value = unpack(shape, data, count, value);
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            uint32_t offset = shape->strings[i];
            bool is_held = held && shape_has_string(held, offset);
            value = read_string(buffers, is_held, data + offset, value, own);
        }
    }
    return value;
}
