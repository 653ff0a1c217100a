#include "call/key.h"

#include "call/pack.h"

#include <string.h>

#define NULL_STRING UINT32_MAX

size_t key_size(const struct plan *plan, const struct buffer *buffers)
{
    size_t size = plan->floating;
    if (plan->pointer_count == 0) return plan->fixed_key_size;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        const struct buffer *buffer = &buffers[i];
        switch (step->passing) {
        case PASS_VALUE:
        case PASS_HANDLE:
            size += step_value_size(step);
            break;
        case PASS_STRING:
            size += sizeof(uint32_t) + buffer->size;
            break;
        case PASS_TEXT:
            size += 1;
            break;
        case PASS_ARRAY:
            size += 1;
            if (buffer->data && step->direction != DIRECTION_OUT)
                size += step_count_of(step, buffer) * step->shape.packed;
            break;
        }
    }
    return size;
}

static unsigned char *write_value(const struct step *step, const void *argument, unsigned char *key)
{
    uint32_t size = step_value_size(step);
    switch (size) { /* constant sizes become single moves */
    case 8:
        memcpy(key, argument, 8);
        break;
    case 4:
        memcpy(key, argument, 4);
        break;
    default:
        memcpy(key, argument, size);
    }
    if (step->boolean) *key = *key != 0;
    return key + size;
}

static unsigned char *write_string(const struct buffer *buffer, unsigned char *key)
{
    uint32_t length = buffer->data ? (uint32_t)buffer->size : NULL_STRING;
    memcpy(key, &length, sizeof(length));
    key += sizeof(length);
    if (!buffer->data) return key;
    memcpy(key, buffer->data, buffer->size);
    return key + buffer->size;
}

static bool is_value(const struct step *step)
{
    return step->passing == PASS_VALUE || step->passing == PASS_HANDLE;
}

static unsigned char *write_buffer(const struct step *step, const struct buffer *buffer,
                                   unsigned char *key)
{
    if (step->passing == PASS_STRING) return write_string(buffer, key);
    *key++ = buffer->data != NULL;
    if (step->passing == PASS_TEXT || !buffer->data || step->direction == DIRECTION_OUT)
        return key;
    return pack(&step->shape, buffer->data, step_count_of(step, buffer), key);
}

void key_write(const struct plan *plan, struct registers *registers, const struct buffer *buffers,
               unsigned char mode, unsigned char *key)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        if (is_value(step)) key = write_value(step, arch_argument(registers, step->place), key);
    }
    for (uint32_t i = 0; plan->pointer_count && i < plan->step_count; i++)
        if (!is_value(&plan->steps[i])) key = write_buffer(&plan->steps[i], &buffers[i], key);
    if (plan->floating) *key = mode;
}
