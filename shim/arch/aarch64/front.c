#include "arch/arch.h"

/* No typed paths yet: the flat front serves every signature (call/fronts.h). */
void *arch_front_path(const struct arch_path *path)
{
    (void)path;
    return NULL;
}

uint32_t arch_front_hash(const uint64_t *words, uint32_t count)
{
    (void)words;
    return count;
}

uint32_t arch_front_text_hash(const uint64_t *words, uint32_t count)
{
    return arch_front_hash(words, count);
}
