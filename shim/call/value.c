#include "call/value.h"

#include "call/characters.h"
#include "call/gift.h"
#include "call/kept.h"
#include "call/mask.h"
#include "call/strings.h"
#include "thread.h"

#include <stdlib.h>
#include <string.h>

#define GATHER_SIZE 64 /* what registers hold of one result at most */

/* --- results ---------------------------------------------------------------------------------- */

static void *result_pointer(const struct registers *registers)
{
    return (void *)registers->result[0];
}

static void *returned_pointer(const struct plan *plan, const struct registers *registers)
{
    void *pointer;
    const struct location *location = &plan->steps[plan->returned].location;
    memcpy(&pointer, arch_argument((struct registers *)registers, location), sizeof(pointer));
    return pointer;
}

static bool leads_to_text(const struct plan *plan)
{
    return plan->text_unit != 0;
}

/* The bytes of a result that is a value; in `own` where they are in registers. */
static unsigned char *result_bytes(const struct plan *plan, const struct registers *registers,
                                   unsigned char *own)
{
    if (plan->convention.result_in_memory) return arch_result_memory(registers);
    arch_result_gather(registers, &plan->convention.result, own);
    return own;
}

/* Integers are widened to the whole register: more than any ABI asks. */
static void widen(const struct plan *plan, struct registers *registers)
{
    uint32_t size = plan->result.size;
    uint64_t bits = 0;
    memcpy(&bits, registers->result, size < 8 ? size : 8);
    if (plan->result.kind == TYPE_SIGNED && size < 8) {
        unsigned shift = 64 - 8 * size;
        bits = (uint64_t)((int64_t)(bits << shift) >> shift);
    }
    registers->result[0] = bits;
}

static bool is_integer(const struct type *type)
{
    return type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED || type->kind == TYPE_BOOL;
}

static const unsigned char *deliver_bytes(const struct plan *plan, struct registers *registers,
                                          const struct buffer *buffers, const unsigned char *value,
                                          unsigned char **own)
{
    unsigned char gathered[GATHER_SIZE] = {0};
    const struct shape *shape = &plan->result_shape;
    if (plan->convention.result_in_memory) {
        arch_result_memory_return(registers);
        unsigned char *memory = arch_result_memory(registers);
        return value_elements_read(buffers, shape, NULL, memory, 1, value, own);
    }
    value = value_elements_read(buffers, shape, NULL, gathered, 1, value, own);
    arch_result_scatter(registers, &plan->convention.result, gathered);
    registers->x87_results = plan->convention.x87_results;
    if (is_integer(&plan->result) && plan->result.size <= 8) widen(plan, registers);
    return value;
}

/* --- sizes ------------------------------------------------------------------------------------ */

/* With its NUL. */
static size_t pointee_text_size(const struct plan *plan, const void *text)
{
    return characters_size(text, plan->text_unit, PLAN_VALUE_LIMIT) + plan->text_unit;
}

/* Length, and what a static or allocated result leads to. */
static size_t pointee_size(const struct plan *plan, const struct buffer *buffers,
                           const unsigned char *pointer, size_t *own)
{
    size_t size = sizeof(uint32_t), elements;
    if (!pointer) return size;
    if (leads_to_text(plan)) return size + pointee_text_size(plan, pointer);
    if (plan->returns == RETURNS_MALLOC && plan->pointee.string_count) return VALUE_NONE;
    elements = value_elements_size(plan, buffers, &plan->pointee, pointer, 1, own);
    return elements == SIZE_MAX ? VALUE_NONE : size + elements;
}

static size_t result_size(const struct plan *plan, const struct registers *registers,
                          const struct buffer *buffers, size_t *own)
{
    unsigned char gathered[GATHER_SIZE];
    struct kept_pointer kept;
    const void *pointer = result_pointer(registers);
    switch (plan->returns) {
    case RETURNS_VALUE:
        if (plan->result.kind == TYPE_VOID) return 0;
        return value_elements_size(plan, buffers, &plan->result_shape,
                                   result_bytes(plan, registers, gathered), 1, own);
    case RETURNS_POINTER:
        return keep_pointer(plan, buffers, pointer, &kept) ? KEPT_SIZE : VALUE_NONE;
    case RETURNS_PARAMETER:
        return !pointer || pointer == returned_pointer(plan, registers) ? 1 : VALUE_NONE;
    case RETURNS_STATIC:
    case RETURNS_MALLOC:
        break;
    }
    return pointee_size(plan, buffers, pointer, own);
}

static size_t addresses_size(const struct plan *plan, const struct buffer *buffers,
                             const struct buffer *buffer)
{
    struct kept_pointer kept;
    for (size_t at = 0; at < buffer->size; at += sizeof(void *)) {
        void *pointer;
        memcpy(&pointer, buffer->data + at, sizeof(pointer));
        if (!keep_pointer(plan, buffers, pointer, &kept)) return VALUE_NONE;
    }
    return buffer->size / sizeof(void *) * KEPT_SIZE;
}

/* Whether the strings of an output may be followed. */
static bool is_told(const struct plan *plan, const struct registers *registers,
                    const struct buffer *buffers, uint32_t number)
{
    const struct step *step = &plan->steps[number];
    const void *told = NULL;
    if (step->shape.string_count == 0 || step->teller == TELLER_NONE) return true;
    if (step->teller == TELLER_RESULT)
        told = result_pointer(registers);
    else if (buffers[step->teller].size >= sizeof(told) && buffers[step->teller].data)
        memcpy(&told, buffers[step->teller].data, sizeof(told));
    return told == buffers[number].data;
}

static size_t output_size(const struct plan *plan, const struct registers *registers,
                          const struct buffer *buffers, uint32_t number, size_t *own)
{
    const struct step *step = &plan->steps[number];
    const struct buffer *buffer = &buffers[number];
    if (!buffer->data || !step_is_output(step) || step->passing == PASS_GIFT) return 0;
    if (!is_told(plan, registers, buffers, number)) return VALUE_NONE;
    if (step->masked) return masked_size(step, buffer);
    if (step->pointers) return addresses_size(plan, buffers, buffer);
    if (step->passing == PASS_ARRAY)
        return value_elements_size(plan, buffers, &step->shape, buffer->data,
                                   step_count_of(step, buffer), own);
    size_t text = characters_size(buffer->data, step->unit, buffer->size);
    return text < buffer->size ? sizeof(uint32_t) + text + step->unit : VALUE_NONE;
}

/* All of it, or VALUE_NONE; *own: bytes of strings that need memory of ours. */
static size_t measure(const struct plan *plan, const struct registers *registers,
                      const struct buffer *buffers, size_t *own)
{
    size_t size = result_size(plan, registers, buffers, own), gifts = gifts_size(plan, buffers);
    if (gifts == SIZE_MAX) return VALUE_NONE;
    for (uint32_t i = 0; plan->has_outputs && size != VALUE_NONE && i < plan->step_count; i++) {
        size_t output = output_size(plan, registers, buffers, i, own);
        size = output == VALUE_NONE ? VALUE_NONE : size + output;
    }
    if (size == VALUE_NONE || size + gifts > PLAN_VALUE_LIMIT) return VALUE_NONE;
    return size + gifts + (plan->has_strings ? sizeof(uint32_t) : 0);
}

size_t value_size(const struct plan *plan, const struct registers *registers,
                  const struct buffer *buffers)
{
    size_t own = 0;
    if (plan->simple) return plan->result_move.size;
    return measure(plan, registers, buffers, &own);
}

/* --- from a call to flat bytes ---------------------------------------------------------------- */

static unsigned char *put_text(const void *text, size_t size, unsigned char *value)
{
    uint32_t length = (uint32_t)size;
    memcpy(value, &length, sizeof(length));
    memcpy(value + sizeof(length), text, size);
    return value + sizeof(length) + size;
}

static unsigned char *put_address(const struct plan *plan, const struct buffer *buffers,
                                  const void *pointer, unsigned char *value)
{
    struct kept_pointer kept;
    keep_pointer(plan, buffers, pointer, &kept);
    memcpy(value, &kept, KEPT_SIZE);
    return value + KEPT_SIZE;
}

static unsigned char *capture_pointee(const struct plan *plan, const struct buffer *buffers,
                                      const unsigned char *pointer, unsigned char *value)
{
    uint32_t length = pointer ? plan->pointee.packed : KEPT_NULL;
    if (pointer && leads_to_text(plan))
        return put_text(pointer, pointee_text_size(plan, pointer), value);
    memcpy(value, &length, sizeof(length));
    value += sizeof(length);
    if (!pointer) return value;
    return value_elements_write(plan, buffers, &plan->pointee, pointer, 1, value);
}

static unsigned char *capture_result(const struct plan *plan, const struct registers *registers,
                                     const struct buffer *buffers, unsigned char *value)
{
    unsigned char gathered[GATHER_SIZE];
    const void *pointer = result_pointer(registers);
    switch (plan->returns) {
    case RETURNS_VALUE:
        if (plan->result.kind == TYPE_VOID) return value;
        return value_elements_write(plan, buffers, &plan->result_shape,
                                    result_bytes(plan, registers, gathered), 1, value);
    case RETURNS_POINTER:
        return put_address(plan, buffers, pointer, value);
    case RETURNS_PARAMETER:
        *value = pointer != NULL;
        return value + 1;
    case RETURNS_STATIC:
    case RETURNS_MALLOC:
        break;
    }
    return capture_pointee(plan, buffers, pointer, value);
}

static unsigned char *capture_output(const struct plan *plan, const struct buffer *buffers,
                                     uint32_t number, unsigned char *value)
{
    const struct step *step = &plan->steps[number];
    const struct buffer *buffer = &buffers[number];
    if (!buffer->data || !step_is_output(step) || step->passing == PASS_GIFT) return value;
    if (step->masked) return masked_write(step, buffer, value);
    if (step->passing == PASS_TEXT)
        return put_text(buffer->data,
                        characters_size(buffer->data, step->unit, buffer->size) + step->unit,
                        value);
    if (!step->pointers)
        return value_elements_write(plan, buffers, &step->shape, buffer->data,
                                    step_count_of(step, buffer), value);
    for (size_t at = 0; at < buffer->size; at += sizeof(void *)) {
        void *pointer;
        memcpy(&pointer, buffer->data + at, sizeof(pointer));
        value = put_address(plan, buffers, pointer, value);
    }
    return value;
}

void value_capture(const struct plan *plan, const struct registers *registers,
                   const struct buffer *buffers, unsigned char *value)
{
    if (plan->simple) {
        memcpy(value, (const char *)registers + plan->result_move.at, plan->result_move.size);
        return;
    }
    if (plan->has_strings) {
        size_t own = 0;
        measure(plan, registers, buffers, &own);
        uint32_t bytes = (uint32_t)own;
        memcpy(value, &bytes, sizeof(bytes));
        value += sizeof(bytes);
    }
    value = gifts_write(plan, buffers, value);
    value = capture_result(plan, registers, buffers, value);
    for (uint32_t i = 0; plan->has_outputs && i < plan->step_count; i++)
        value = capture_output(plan, buffers, i, value);
}

/* --- from flat bytes to a caller -------------------------------------------------------------- */

/* The end of the bytes, or NULL where memory for it can't be had. */
static const unsigned char *deliver_pointee(const struct plan *plan, struct registers *registers,
                                            const struct buffer *buffers,
                                            const unsigned char *value, const void *owner,
                                            unsigned char **own)
{
    uint32_t length;
    memcpy(&length, value, sizeof(length));
    value += sizeof(length);
    registers->result[0] = 0;
    if (length == KEPT_NULL) return value;
    size_t size = leads_to_text(plan) ? length : plan->pointee.size;
    void *memory = plan->returns == RETURNS_MALLOC ? malloc(size) : thread_static(owner, size);
    if (!memory) return NULL;
    registers->result[0] = (uintptr_t)memory;
    if (!leads_to_text(plan))
        return value_elements_read(buffers, &plan->pointee, NULL, memory, 1, value, own);
    memcpy(memory, value, length);
    return value + length;
}

static const unsigned char *deliver_address(const struct buffer *buffers,
                                            const unsigned char *value, void *to)
{
    struct kept_pointer kept;
    memcpy(&kept, value, KEPT_SIZE);
    void *pointer = kept_address(&kept, buffers);
    memcpy(to, &pointer, sizeof(pointer));
    return value + KEPT_SIZE;
}

static const unsigned char *deliver_result(const struct plan *plan, struct registers *registers,
                                           const struct buffer *buffers, const unsigned char *value,
                                           const void *owner, unsigned char **own)
{
    switch (plan->returns) {
    case RETURNS_VALUE:
        if (plan->result.kind == TYPE_VOID) return value;
        return deliver_bytes(plan, registers, buffers, value, own);
    case RETURNS_POINTER:
        return deliver_address(buffers, value, &registers->result[0]);
    case RETURNS_PARAMETER:
        registers->result[0] = *value ? (uintptr_t)returned_pointer(plan, registers) : 0;
        return value + 1;
    case RETURNS_STATIC:
    case RETURNS_MALLOC:
        break;
    }
    return deliver_pointee(plan, registers, buffers, value, owner, own);
}

static const unsigned char *deliver_output(const struct plan *plan, const struct buffer *buffers,
                                           uint32_t number, const unsigned char *value,
                                           unsigned char **own)
{
    const struct step *step = &plan->steps[number];
    const struct buffer *buffer = &buffers[number];
    if (!buffer->data || !step_is_output(step) || step->passing == PASS_GIFT) return value;
    if (step->masked) return masked_read(buffer, value);
    if (step->passing == PASS_TEXT) {
        uint32_t length;
        memcpy(&length, value, sizeof(length));
        memcpy(buffer->data, value + sizeof(length), length);
        return value + sizeof(length) + length;
    }
    if (!step->pointers)
        return value_elements_read(buffers, &step->shape,
                                   step->direction == DIRECTION_INOUT ? &step->reads : NULL,
                                   buffer->data, step_count_of(step, buffer), value, own);
    for (size_t at = 0; at < buffer->size; at += sizeof(void *))
        value = deliver_address(buffers, value, buffer->data + at);
    return value;
}

bool value_deliver(const struct plan *plan, struct registers *registers,
                   const struct buffer *buffers, const unsigned char *value, const void *owner)
{
    unsigned char *own = NULL;
    if (plan->simple) {
        memcpy((char *)registers + plan->result_move.at, value, plan->result_move.size);
        if (is_integer(&plan->result)) widen(plan, registers);
        return true;
    }
    if (plan->has_strings) {
        uint32_t bytes;
        memcpy(&bytes, value, sizeof(bytes));
        value += sizeof(bytes);
        if (bytes && !(own = thread_static(plan, bytes))) return false;
    }
    value = gifts_give(plan, buffers, value);
    if (!value) return false;
    value = deliver_result(plan, registers, buffers, value, owner, &own);
    if (!value) gifts_take_back(plan, buffers);
    for (uint32_t i = 0; value && plan->has_outputs && i < plan->step_count; i++)
        value = deliver_output(plan, buffers, i, value, &own);
    return value != NULL;
}

void value_settle(const struct plan *plan, struct registers *registers, const void *owner)
{
    const void *pointer = result_pointer(registers);
    if (plan->returns != RETURNS_STATIC || !pointer || plan->pointee.string_count) return;
    size_t size = leads_to_text(plan) ? pointee_text_size(plan, pointer) : plan->pointee.size;
    void *buffer = size <= PLAN_VALUE_LIMIT ? thread_static(owner, size) : NULL;
    if (!buffer) return;
    memmove(buffer, pointer, size);
    registers->result[0] = (uintptr_t)buffer;
}
