#include "call/gift.h"

#include "call/characters.h"
#include "call/kept.h"

#include <stdlib.h>

static bool is_gift(const struct step *step, const struct buffer *buffer)
{
    return step->passing == PASS_GIFT && buffer->data;
}

static void *pointer_at(const struct buffer *buffer)
{
    void *pointer;
    memcpy(&pointer, buffer->data, sizeof(pointer));
    return pointer;
}

/* With its NUL; 0 for a null pointer. */
static size_t size_of(const struct step *step, const struct buffer *buffer)
{
    const void *text = pointer_at(buffer);
    return text ? characters_size(text, step->unit, PLAN_VALUE_LIMIT) + step->unit : 0;
}

size_t gifts_size(const struct plan *plan, const struct buffer *buffers)
{
    size_t size = 0;
    for (uint32_t i = 0; plan->has_gifts && i < plan->step_count; i++) {
        if (!is_gift(&plan->steps[i], &buffers[i])) continue;
        size += sizeof(uint32_t) + size_of(&plan->steps[i], &buffers[i]);
        if (size > PLAN_VALUE_LIMIT) return SIZE_MAX;
    }
    return size;
}

unsigned char *gifts_write(const struct plan *plan, const struct buffer *buffers,
                           unsigned char *value)
{
    for (uint32_t i = 0; plan->has_gifts && i < plan->step_count; i++) {
        if (!is_gift(&plan->steps[i], &buffers[i])) continue;
        size_t size = size_of(&plan->steps[i], &buffers[i]);
        uint32_t length = size ? (uint32_t)size : KEPT_NULL;
        memcpy(value, &length, sizeof(length));
        value += sizeof(length);
        if (size) memcpy(value, pointer_at(&buffers[i]), size);
        value += size;
    }
    return value;
}

/* Those of the first `count` steps. */
static void take_back(const struct plan *plan, const struct buffer *buffers, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_gift(&plan->steps[i], &buffers[i])) free(pointer_at(&buffers[i]));
}

const unsigned char *gifts_give(const struct plan *plan, const struct buffer *buffers,
                                const unsigned char *value)
{
    for (uint32_t i = 0; plan->has_gifts && i < plan->step_count; i++) {
        if (!is_gift(&plan->steps[i], &buffers[i])) continue;
        uint32_t length;
        void *text = NULL;
        memcpy(&length, value, sizeof(length));
        value += sizeof(length);
        if (length != KEPT_NULL) {
            text = malloc(length);
            if (!text) {
                take_back(plan, buffers, i);
                return NULL;
            }
            memcpy(text, value, length);
            value += length;
        }
        memcpy(buffers[i].data, &text, sizeof(text));
    }
    return value;
}

void gifts_take_back(const struct plan *plan, const struct buffer *buffers)
{
    if (plan->has_gifts) take_back(plan, buffers, plan->step_count);
}
