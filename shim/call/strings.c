#include "call/strings.h"

#include "call/kept.h"

#include <string.h>

/* The pointer at `offset`, which lists in a caller's buffer need not align. */
static const unsigned char *pointer_at(const unsigned char *data, size_t offset)
{
    const unsigned char *pointer;
    memcpy(&pointer, data + offset, sizeof(pointer));
    return pointer;
}

static unsigned char *put(unsigned char *at, const void *bytes, size_t size)
{
    memcpy(at, bytes, size);
    return at + size;
}

static unsigned char *put_number(unsigned char *at, uint32_t number)
{
    return put(at, &number, sizeof(number));
}

static const unsigned char *get_number(const unsigned char *at, uint32_t *number)
{
    memcpy(number, at, sizeof(*number));
    return at + sizeof(*number);
}

/* Pointers before the null one, at most `limit`. */
static size_t list_length(const unsigned char *list, size_t limit)
{
    size_t length = 0;
    while (length < limit && pointer_at(list, length * sizeof(void *)))
        length++;
    return length;
}

/* --- keys ------------------------------------------------------------------------------------- */

static size_t key_text_size(const unsigned char *text)
{
    return sizeof(uint32_t) + (text ? strnlen((const char *)text, PLAN_KEY_LIMIT) : 0);
}

static size_t key_list_size(const unsigned char *list)
{
    size_t size = sizeof(uint32_t);
    const unsigned char *text;
    for (; list && size <= PLAN_KEY_LIMIT && (text = pointer_at(list, 0)); list += sizeof(void *))
        size += key_text_size(text);
    return size;
}

size_t key_strings_size(const struct shape *shape, const unsigned char *data, size_t count)
{
    size_t size = 0;
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const unsigned char *pointer = pointer_at(data, shape->strings[i].offset);
            size += shape->strings[i].is_list ? key_list_size(pointer) : key_text_size(pointer);
            if (size > PLAN_KEY_LIMIT) return SIZE_MAX;
        }
    }
    return size;
}

static unsigned char *key_text(const unsigned char *text, unsigned char *key)
{
    if (!text) return put_number(key, KEPT_NULL);
    size_t length = strlen((const char *)text);
    key = put_number(key, (uint32_t)length);
    return put(key, text, length);
}

static unsigned char *key_list(const unsigned char *list, unsigned char *key)
{
    if (!list) return put_number(key, KEPT_NULL);
    size_t length = list_length(list, PLAN_KEY_LIMIT);
    key = put_number(key, (uint32_t)length);
    for (size_t i = 0; i < length; i++)
        key = key_text(pointer_at(list, i * sizeof(void *)), key);
    return key;
}

unsigned char *key_strings_write(const struct shape *shape, const unsigned char *data, size_t count,
                                 unsigned char *key)
{
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const unsigned char *pointer = pointer_at(data, shape->strings[i].offset);
            key = shape->strings[i].is_list ? key_list(pointer, key) : key_text(pointer, key);
        }
    }
    return key;
}

/* --- from a call to a value ------------------------------------------------------------------- */

/* Where something is that a struct leads to, and whether its bytes have to be there for the caller
 * at hand: not in a buffer that the call only reads, which may be a constant. */
struct found {
    struct kept_pointer kept;
    bool delivered;
};

/* `size`: bytes of it. What begins in a buffer must end there, too, or a hit would write past the
 * end of another caller's; what only begins where one ends isn't in it. */
static bool find(const struct plan *plan, const struct buffer *buffers, const void *pointer,
                 size_t size, struct found *found)
{
    struct kept_pointer *kept = &found->kept;
    if (!keep_string(plan, buffers, pointer, kept)) return false;
    found->delivered = pointer != NULL;
    if (kept->step == KEPT_ADDRESS) return true;
    if (plan->steps[kept->step].direction == DIRECTION_IN) {
        found->delivered = false;
        return true;
    }
    size_t room = buffers[kept->step].size - kept->value;
    if (room == 0) *kept = (struct kept_pointer){(uintptr_t)pointer, KEPT_ADDRESS};
    return room == 0 || size <= room;
}

/* What value_elements_size() adds up. */
struct measure {
    const struct plan *plan;
    const struct buffer *buffers;
    size_t size, own;
};

static bool measure_text(struct measure *measure, const unsigned char *text)
{
    struct found found;
    size_t length = text ? strnlen((const char *)text, PLAN_VALUE_LIMIT) : 0;
    if (!find(measure->plan, measure->buffers, text, length + 1, &found)) return false;
    measure->size += KEPT_SIZE + sizeof(uint32_t) + (found.delivered ? length : 0);
    if (found.delivered && found.kept.step == KEPT_ADDRESS) measure->own += length + 1;
    return measure->size <= PLAN_VALUE_LIMIT;
}

static size_t align(size_t size)
{
    return (size + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
}

static bool measure_list(struct measure *measure, const unsigned char *list)
{
    struct found found;
    size_t length = list ? list_length(list, PLAN_VALUE_LIMIT) : 0;
    size_t size = (length + 1) * sizeof(void *);
    if (!find(measure->plan, measure->buffers, list, size, &found)) return false;
    measure->size += KEPT_SIZE + sizeof(uint32_t);
    if (!found.delivered) return true;
    if (found.kept.step == KEPT_ADDRESS) measure->own = align(measure->own) + size;
    for (size_t i = 0; i < length; i++)
        if (!measure_text(measure, pointer_at(list, i * sizeof(void *)))) return false;
    return measure->size <= PLAN_VALUE_LIMIT;
}

size_t value_elements_size(const struct plan *plan, const struct buffer *buffers,
                           const struct shape *shape, const unsigned char *data, size_t count,
                           size_t *own)
{
    struct measure measure = {plan, buffers, count * shape->packed, *own};
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const unsigned char *pointer = pointer_at(data, shape->strings[i].offset);
            if (!(shape->strings[i].is_list ? measure_list(&measure, pointer)
                                            : measure_text(&measure, pointer)))
                return SIZE_MAX;
        }
    }
    *own = measure.own;
    return measure.size;
}

static unsigned char *write_text(const struct plan *plan, const struct buffer *buffers,
                                 const unsigned char *text, unsigned char *value)
{
    struct found found;
    size_t length = text ? strlen((const char *)text) : 0;
    find(plan, buffers, text, length + 1, &found);
    value = put(value, &found.kept, KEPT_SIZE);
    value = put_number(value, !text ? KEPT_NULL : found.delivered ? (uint32_t)length : KEPT_PLACE);
    return found.delivered ? put(value, text, length) : value;
}

static unsigned char *write_list(const struct plan *plan, const struct buffer *buffers,
                                 const unsigned char *list, unsigned char *value)
{
    struct found found;
    size_t length = list ? list_length(list, PLAN_VALUE_LIMIT) : 0;
    find(plan, buffers, list, (length + 1) * sizeof(void *), &found);
    value = put(value, &found.kept, KEPT_SIZE);
    value = put_number(value, !list ? KEPT_NULL : found.delivered ? (uint32_t)length : KEPT_PLACE);
    for (size_t i = 0; found.delivered && i < length; i++)
        value = write_text(plan, buffers, pointer_at(list, i * sizeof(void *)), value);
    return value;
}

unsigned char *value_elements_write(const struct plan *plan, const struct buffer *buffers,
                                    const struct shape *shape, const unsigned char *data,
                                    size_t count, unsigned char *value)
{
    value = pack(shape, data, count, value);
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const unsigned char *pointer = pointer_at(data, shape->strings[i].offset);
            value = shape->strings[i].is_list ? write_list(plan, buffers, pointer, value)
                                              : write_text(plan, buffers, pointer, value);
        }
    }
    return value;
}

/* --- from a value to a caller ----------------------------------------------------------------- */

/* The head of a string or list in a value. */
struct head {
    struct kept_pointer kept;
    uint32_t length;
    bool delivered;
};

static const unsigned char *read_head(const unsigned char *value, struct head *head)
{
    memcpy(&head->kept, value, KEPT_SIZE);
    value = get_number(value + KEPT_SIZE, &head->length);
    head->delivered = head->length != KEPT_NULL && head->length != KEPT_PLACE;
    return value;
}

/* Past the string or list that begins at `value`, if the caller's `present` holds just that,
 * outside of all buffers; else NULL. */
static const unsigned char *pass_text(const unsigned char *present, const unsigned char *value)
{
    struct head head;
    value = read_head(value, &head);
    if (!present || !head.delivered || head.kept.step != KEPT_ADDRESS) return NULL;
    size_t length = strnlen((const char *)present, (size_t)head.length + 1);
    return length == head.length && memcmp(present, value, length) == 0 ? value + length : NULL;
}

static const unsigned char *pass_list(const unsigned char *present, const unsigned char *value)
{
    struct head head;
    value = read_head(value, &head);
    if (!present || !head.delivered || head.kept.step != KEPT_ADDRESS) return NULL;
    if (list_length(present, (size_t)head.length + 1) != head.length) return NULL;
    for (uint32_t i = 0; value && i < head.length; i++)
        value = pass_text(pointer_at(present, i * sizeof(void *)), value);
    return value;
}

/* Where to put what the head announces; NULL for a null pointer. */
static unsigned char *place_of(const struct buffer *buffers, const struct head *head,
                               unsigned char *own)
{
    if (head->length == KEPT_NULL) return NULL;
    return head->kept.step == KEPT_ADDRESS ? own : kept_address(&head->kept, buffers);
}

/* One string to where it belongs; `field` gets its address. */
static const unsigned char *read_text(const struct buffer *buffers, unsigned char *field,
                                      const unsigned char *value, unsigned char **own)
{
    struct head head;
    value = read_head(value, &head);
    unsigned char *text = place_of(buffers, &head, *own);
    memcpy(field, &text, sizeof(text));
    if (!head.delivered) return value;
    memcpy(text, value, head.length);
    text[head.length] = '\0';
    if (head.kept.step == KEPT_ADDRESS) *own += head.length + 1;
    return value + head.length;
}

static const unsigned char *read_list(const struct buffer *buffers, unsigned char *field,
                                      const unsigned char *value, unsigned char **own)
{
    struct head head;
    value = read_head(value, &head);
    bool is_own = head.delivered && head.kept.step == KEPT_ADDRESS;
    if (is_own) *own += align((uintptr_t)*own) - (uintptr_t)*own;
    unsigned char *list = place_of(buffers, &head, *own), *end = list;
    memcpy(field, &list, sizeof(list));
    if (!head.delivered) return value;
    if (is_own) *own += ((size_t)head.length + 1) * sizeof(void *);
    for (uint32_t i = 0; i < head.length; i++, end += sizeof(void *))
        value = read_text(buffers, end, value, own);
    memset(end, 0, sizeof(void *));
    return value;
}

const unsigned char *value_elements_read(const struct buffer *buffers, const struct shape *shape,
                                         const struct shape *held, unsigned char *data,
                                         size_t count, const unsigned char *value,
                                         unsigned char **own)
{
    value = unpack(shape, data, count, value);
    for (; count && shape->string_count; count--, data += shape->size) {
        for (uint32_t i = 0; i < shape->string_count; i++) {
            const struct string_field *string = &shape->strings[i];
            unsigned char *field = data + string->offset;
            const unsigned char *present = pointer_at(field, 0), *passed = NULL;
            if (held && shape_has_string(held, string->offset))
                passed = string->is_list ? pass_list(present, value) : pass_text(present, value);
            value = passed            ? passed
                    : string->is_list ? read_list(buffers, field, value, own)
                                      : read_text(buffers, field, value, own);
        }
    }
    return value;
}
