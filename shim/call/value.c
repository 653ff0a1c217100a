#include "call/value.h"

#include "call/pack.h"
#include "thread.h"

#include <string.h>

#define NULL_RESULT UINT32_MAX

/* A returned pointer as it is kept: an address, or a place within a caller's buffer. */
struct kept_pointer {
    uint64_t value; /* the address, or bytes from the buffer's start */
    uint32_t step;  /* whose buffer; ADDRESS: none */
};
#define KEPT_POINTER_SIZE (sizeof(uint64_t) + sizeof(uint32_t))
#define ADDRESS           UINT32_MAX

static void *result_pointer(const struct registers *registers)
{
    return (void *)registers->result[0];
}

static void *returned_pointer(const struct plan *plan, const struct registers *registers)
{
    void *pointer;
    memcpy(&pointer,
           arch_argument((struct registers *)registers, plan->steps[plan->returned].place),
           sizeof(pointer));
    return pointer;
}

/* Where the ABI puts a result of this type. */
static void *result_bits(const struct plan *plan, struct registers *registers)
{
    return plan->result.kind == TYPE_FLOAT ? (void *)registers->vector_result[0]
                                           : (void *)registers->result;
}

/* False where the pointer leads into two buffers, or may: which one is meant can't be told. The end
 * of a buffer counts as within. */
static bool keep_pointer(const struct plan *plan, const struct buffer *buffers, const void *pointer,
                         struct kept_pointer *kept)
{
    const unsigned char *at = pointer;
    *kept = (struct kept_pointer){(uintptr_t)pointer, ADDRESS};
    for (uint32_t i = 0; plan->pointer_count && i < plan->step_count; i++) {
        const struct buffer *buffer = &buffers[i];
        if (!buffer->data || at < buffer->data || at > buffer->data + buffer->size) continue;
        if (kept->step != ADDRESS) return false;
        *kept = (struct kept_pointer){(uint64_t)(at - buffer->data), i};
    }
    return true;
}

/* Bytes of what a static result leads to: a string with its NUL, else one packed element. */
static size_t pointee_size(const struct plan *plan, const void *pointer)
{
    if (plan->pointee.size) return plan->pointee.packed;
    return strnlen(pointer, PLAN_VALUE_LIMIT) + 1;
}

static size_t result_size(const struct plan *plan, const struct registers *registers,
                          const struct buffer *buffers)
{
    struct kept_pointer kept;
    const void *pointer = result_pointer(registers);
    switch (plan->returns) {
    case RETURNS_VALUE:
        return plan->result.size;
    case RETURNS_POINTER:
        return keep_pointer(plan, buffers, pointer, &kept) ? KEPT_POINTER_SIZE : VALUE_NONE;
    case RETURNS_PARAMETER:
        return !pointer || pointer == returned_pointer(plan, registers) ? 1 : VALUE_NONE;
    case RETURNS_STATIC:
        break;
    }
    return sizeof(uint32_t) + (pointer ? pointee_size(plan, pointer) : 0);
}

static size_t output_size(const struct step *step, const struct buffer *buffer)
{
    if (!buffer->data || step->direction == DIRECTION_IN) return 0;
    if (step->passing == PASS_ARRAY) return step_count_of(step, buffer) * step->shape.packed;
    const unsigned char *end = memchr(buffer->data, 0, buffer->size);
    return end ? sizeof(uint32_t) + (size_t)(end - buffer->data) + 1 : VALUE_NONE;
}

size_t value_size(const struct plan *plan, const struct registers *registers,
                  const struct buffer *buffers)
{
    size_t size = result_size(plan, registers, buffers);
    if (size == VALUE_NONE) return VALUE_NONE;
    for (uint32_t i = 0; plan->has_outputs && i < plan->step_count; i++) {
        size_t output = output_size(&plan->steps[i], &buffers[i]);
        if (output == VALUE_NONE) return VALUE_NONE;
        size += output;
    }
    return size <= PLAN_VALUE_LIMIT ? size : VALUE_NONE;
}

static unsigned char *put_text(const void *text, size_t size, unsigned char *value)
{
    uint32_t length = (uint32_t)size;
    memcpy(value, &length, sizeof(length));
    memcpy(value + sizeof(length), text, size);
    return value + sizeof(length) + size;
}

static unsigned char *capture_static(const struct plan *plan, const void *pointer,
                                     unsigned char *value)
{
    uint32_t length = NULL_RESULT;
    if (pointer && !plan->pointee.size)
        return put_text(pointer, pointee_size(plan, pointer), value);
    if (pointer) length = plan->pointee.packed;
    memcpy(value, &length, sizeof(length));
    value += sizeof(length);
    return pointer ? pack(&plan->pointee, pointer, 1, value) : value;
}

static unsigned char *capture_result(const struct plan *plan, const struct registers *registers,
                                     const struct buffer *buffers, unsigned char *value)
{
    struct kept_pointer kept;
    const void *pointer = result_pointer(registers);
    switch (plan->returns) {
    case RETURNS_VALUE:
        memcpy(value, result_bits(plan, (struct registers *)registers), plan->result.size);
        return value + plan->result.size;
    case RETURNS_POINTER:
        keep_pointer(plan, buffers, pointer, &kept);
        memcpy(value, &kept, KEPT_POINTER_SIZE);
        return value + KEPT_POINTER_SIZE;
    case RETURNS_PARAMETER:
        *value = pointer != NULL;
        return value + 1;
    case RETURNS_STATIC:
        break;
    }
    return capture_static(plan, pointer, value);
}

void value_capture(const struct plan *plan, const struct registers *registers,
                   const struct buffer *buffers, unsigned char *value)
{
    value = capture_result(plan, registers, buffers, value);
    for (uint32_t i = 0; plan->has_outputs && i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        const struct buffer *buffer = &buffers[i];
        if (!buffer->data || step->direction == DIRECTION_IN) continue;
        if (step->passing == PASS_TEXT)
            value = put_text(buffer->data, strlen((char *)buffer->data) + 1, value);
        else
            value = pack(&step->shape, buffer->data, step_count_of(step, buffer), value);
    }
}

/* A number as the ABI returns it. Integers are widened to the whole register: more than it asks. */
static void deliver_number(const struct plan *plan, struct registers *registers,
                           const unsigned char *value)
{
    uint32_t size = plan->result.size;
    if (plan->result.kind == TYPE_FLOAT) {
        memset(registers->vector_result[0], 0, sizeof(registers->vector_result[0]));
        memcpy(registers->vector_result[0], value, size);
        return;
    }
    uint64_t bits = 0;
    memcpy(&bits, value, size);
    if (plan->result.kind == TYPE_SIGNED && size && size < 8) {
        unsigned shift = 64 - 8 * size;
        bits = (uint64_t)((int64_t)(bits << shift) >> shift);
    }
    registers->result[0] = bits;
}

/* The end of the static result's bytes, or NULL where its buffer can't be had. */
static const unsigned char *deliver_static(const struct plan *plan, struct registers *registers,
                                           const unsigned char *value, const void *owner)
{
    uint32_t length;
    memcpy(&length, value, sizeof(length));
    value += sizeof(length);
    registers->result[0] = 0;
    if (length == NULL_RESULT) return value;
    void *buffer = thread_static(owner, plan->pointee.size ? plan->pointee.size : length);
    if (!buffer) return NULL;
    registers->result[0] = (uintptr_t)buffer;
    if (plan->pointee.size) return unpack(&plan->pointee, buffer, 1, value);
    memcpy(buffer, value, length);
    return value + length;
}

static void deliver_pointer(struct registers *registers, const struct buffer *buffers,
                            const unsigned char *value)
{
    struct kept_pointer kept;
    memcpy(&kept, value, KEPT_POINTER_SIZE);
    uint64_t base = kept.step == ADDRESS ? 0 : (uintptr_t)buffers[kept.step].data;
    registers->result[0] = base + kept.value;
}

static const unsigned char *deliver_result(const struct plan *plan, struct registers *registers,
                                           const struct buffer *buffers, const unsigned char *value,
                                           const void *owner)
{
    switch (plan->returns) {
    case RETURNS_VALUE:
        deliver_number(plan, registers, value);
        return value + plan->result.size;
    case RETURNS_POINTER:
        deliver_pointer(registers, buffers, value);
        return value + KEPT_POINTER_SIZE;
    case RETURNS_PARAMETER:
        registers->result[0] = *value ? (uintptr_t)returned_pointer(plan, registers) : 0;
        return value + 1;
    case RETURNS_STATIC:
        break;
    }
    return deliver_static(plan, registers, value, owner);
}

bool value_deliver(const struct plan *plan, struct registers *registers,
                   const struct buffer *buffers, const unsigned char *value, const void *owner)
{
    value = deliver_result(plan, registers, buffers, value, owner);
    if (!value) return false;
    for (uint32_t i = 0; plan->has_outputs && i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        const struct buffer *buffer = &buffers[i];
        if (!buffer->data || step->direction == DIRECTION_IN) continue;
        if (step->passing == PASS_ARRAY) {
            value = unpack(&step->shape, buffer->data, step_count_of(step, buffer), value);
            continue;
        }
        uint32_t length;
        memcpy(&length, value, sizeof(length));
        memcpy(buffer->data, value + sizeof(length), length);
        value += sizeof(length) + length;
    }
    return true;
}

void value_settle(const struct plan *plan, struct registers *registers, const void *owner)
{
    const void *pointer = result_pointer(registers);
    if (plan->returns != RETURNS_STATIC || !pointer) return;
    size_t size = plan->pointee.size ? plan->pointee.size : pointee_size(plan, pointer);
    void *buffer = size <= PLAN_VALUE_LIMIT ? thread_static(owner, size) : NULL;
    if (!buffer) return;
    memmove(buffer, pointer, size);
    registers->result[0] = (uintptr_t)buffer;
}
