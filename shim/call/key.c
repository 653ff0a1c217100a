#include "call/key.h"

#include "call/strings.h"

#include <string.h>

#define NULL_STRING       UINT32_MAX
#define SCRATCH_ALIGNMENT 16 /* of anything that a function may put there */
#define GATHER_SIZE       64 /* what registers hold of one value at most */

/* The bytes of a value argument; in `own` where they are in several registers. */
static const unsigned char *value_bytes(const struct step *step, struct registers *registers,
                                        unsigned char *own)
{
    if (step->location.piece_count == 1) return arch_argument(registers, &step->location);
    arch_gather(registers, &step->location, own);
    return own;
}

static size_t strings_size(const struct step *step, struct registers *registers,
                           const struct buffer *buffer)
{
    unsigned char own[GATHER_SIZE];
    if (step->reads.string_count == 0) return 0;
    if (step->passing == PASS_VALUE)
        return key_strings_size(&step->reads, value_bytes(step, registers, own), 1);
    return key_strings_size(&step->reads, buffer->data, step_count_of(step, buffer));
}

static bool reads_buffer(const struct step *step, const struct buffer *buffer)
{
    return buffer->data && (step->direction == DIRECTION_IN || step->direction == DIRECTION_INOUT);
}

static size_t array_size(const struct step *step, struct registers *registers,
                         const struct buffer *buffer)
{
    if (!reads_buffer(step, buffer)) return 1;
    size_t strings = strings_size(step, registers, buffer);
    if (strings == SIZE_MAX) return SIZE_MAX;
    return 1 + step_count_of(step, buffer) * step->reads.packed + strings;
}

size_t key_size(const struct plan *plan, struct registers *registers, const struct buffer *buffers)
{
    size_t size = plan->floating;
    if (plan->pointer_count == 0) return plan->fixed_key_size;
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct step *step = &plan->steps[i];
        const struct buffer *buffer = &buffers[i];
        size_t strings;
        switch (step->passing) {
        case PASS_VALUE:
        case PASS_HANDLE:
            strings = strings_size(step, registers, buffer);
            if (strings == SIZE_MAX) return SIZE_MAX;
            size += step->reads.packed + strings;
            break;
        case PASS_STRING:
            size += sizeof(uint32_t) + buffer->size;
            break;
        case PASS_TEXT:
        case PASS_GIFT:
            size += 1;
            break;
        case PASS_ARRAY:
            strings = array_size(step, registers, buffer);
            if (strings == SIZE_MAX) return SIZE_MAX;
            size += strings;
            break;
        }
    }
    return size;
}

static unsigned char *write_value(const struct step *step, struct registers *registers,
                                  unsigned char *key)
{
    unsigned char own[GATHER_SIZE];
    const unsigned char *bytes = value_bytes(step, registers, own);
    uint32_t size = step->reads.packed;
    if (size == step->shape.size && size <= 8) {
        switch (size) { /* constant sizes become single moves */
        case 8:
            memcpy(key, bytes, 8);
            break;
        case 4:
            memcpy(key, bytes, 4);
            break;
        default:
            memcpy(key, bytes, size);
        }
        if (step->boolean) *key = *key != 0;
        key += size;
    } else {
        key = pack(&step->reads, bytes, 1, key);
    }
    return key;
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

static unsigned char *write_array(const struct step *step, const struct buffer *buffer,
                                  unsigned char *key)
{
    *key = buffer->data != NULL;
    if (buffer->data && step->direction == DIRECTION_SCRATCH)
        *key += (uintptr_t)buffer->data % SCRATCH_ALIGNMENT;
    key++;
    if (!reads_buffer(step, buffer)) return key;
    size_t count = step_count_of(step, buffer);
    key = pack(&step->reads, buffer->data, count, key);
    return key_strings_write(&step->reads, buffer->data, count, key);
}

static unsigned char *write_value_strings(const struct step *step, struct registers *registers,
                                          unsigned char *key)
{
    unsigned char own[GATHER_SIZE];
    if (step->reads.string_count == 0) return key;
    return key_strings_write(&step->reads, value_bytes(step, registers, own), 1, key);
}

static bool is_value(const struct step *step)
{
    return step->passing == PASS_VALUE || step->passing == PASS_HANDLE;
}

/* What is behind an argument, once all values are written. */
static unsigned char *write_behind(const struct step *step, struct registers *registers,
                                   const struct buffer *buffer, unsigned char *key)
{
    switch (step->passing) {
    case PASS_VALUE:
    case PASS_HANDLE:
        return write_value_strings(step, registers, key);
    case PASS_STRING:
        return write_string(buffer, key);
    case PASS_TEXT:
    case PASS_GIFT:
        *key = buffer->data != NULL;
        return key + 1;
    case PASS_ARRAY:
        break;
    }
    return write_array(step, buffer, key);
}

static void write_simple(const struct plan *plan, const struct registers *registers,
                         unsigned char mode, unsigned char *key)
{
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct move *move = &plan->moves[i];
        const unsigned char *bytes = (const unsigned char *)registers + move->at;
        if (move->size == 8) /* constant sizes become single moves */
            memcpy(key, bytes, 8);
        else if (move->size == 4)
            memcpy(key, bytes, 4);
        else
            memcpy(key, bytes, move->size);
        key += move->size;
    }
    if (plan->floating) *key = mode;
}

void key_write(const struct plan *plan, struct registers *registers, const struct buffer *buffers,
               unsigned char mode, unsigned char *key)
{
    if (plan->simple) {
        write_simple(plan, registers, mode, key);
        return;
    }
    for (uint32_t i = 0; i < plan->argument_count; i++)
        if (is_value(&plan->steps[i])) key = write_value(&plan->steps[i], registers, key);
    for (uint32_t i = 0; plan->pointer_count && i < plan->argument_count; i++)
        key = write_behind(&plan->steps[i], registers, &buffers[i], key);
    if (plan->floating) *key = mode;
}
