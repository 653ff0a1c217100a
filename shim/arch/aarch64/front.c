#include "arch/arch.h"

#include "paths.h"

#include <sys/auxv.h>

#ifndef HWCAP2_MTE /* Linux 5.10 */
#define HWCAP2_MTE (1 << 18)
#endif

extern const char arch_front_paths[] __attribute__((visibility("hidden")));
extern const uint32_t arch_front_offsets[] __attribute__((visibility("hidden")));

/* A text's path reads beyond its end: where memory may be tagged (MTE) that can be another's. */
static bool has_path(const struct arch_path *path)
{
    if (path->text && (getauxval(AT_HWCAP2) & HWCAP2_MTE)) return false;
    return getauxval(AT_HWCAP) & HWCAP_CRC32;
}

void *arch_front_path(const struct arch_path *path)
{
    int mode = path->floating ? PATH_MODE_FPCR : PATH_MODE_NONE;
    int number = has_path(path) ? grid_number(path) : -1;
    uint32_t offset = number < 0 ? 0 : arch_front_offsets[mode * PATH_COUNT + number];
    return offset ? (void *)(arch_front_paths + offset) : NULL;
}

/* No more than count: callers widen nothing. */
uint64_t arch_front_mask(uint32_t size)
{
    return size < 8 ? ((uint64_t)1 << 8 * size) - 1 : UINT64_MAX;
}

/* The two compilers name the built-in functions, and the target that has them, differently. */
static uint32_t crc32cx(uint32_t hash, uint64_t word)
{
    __asm__(".arch_extension crc\n\tcrc32cx %w0, %w0, %1" : "+r"(hash) : "r"(word));
    return hash;
}

static uint32_t crc32cw(uint32_t hash, uint64_t word)
{
    __asm__(".arch_extension crc\n\tcrc32cw %w0, %w0, %w1" : "+r"(hash) : "r"(word));
    return hash;
}

uint32_t arch_front_crc(const uint64_t *words, uint32_t count, uint32_t narrow)
{
    uint32_t crc = 0;
    for (uint32_t i = 0; i < narrow; i++)
        crc = crc32cw(crc, words[i]);
    for (uint32_t i = narrow; i < count; i++)
        crc = crc32cx(crc, words[i]);
    return crc;
}
