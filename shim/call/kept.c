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
