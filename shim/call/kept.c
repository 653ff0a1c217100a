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
