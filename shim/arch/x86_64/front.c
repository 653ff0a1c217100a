#include "arch/arch.h"

#include "paths.h"

#include <cpuid.h>

extern const char arch_front_paths[] __attribute__((visibility("hidden")));
extern const uint32_t arch_front_offsets[] __attribute__((visibility("hidden")));

/* CRC32 came with SSE 4.2, ROUNDPS with 4.1. The system must save the registers that EVEX reaches:
 * bits 1, 2 and 5 to 7 of XCR0 (Intel SDM volume 1, 15.2). */
static bool has_sse42(void)
{
    unsigned a, b, c, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2);
}

static bool has_avx512(void)
{
    unsigned a, b, c, d, low, high;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return false;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    if ((low & 0xe6) != 0xe6) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX512F);
}

void *arch_front_path(const struct arch_path *path)
{
    if (!has_sse42()) return NULL;
    int mode = !path->floating ? PATH_MODE_NONE : has_avx512() ? PATH_MODE_SAE : PATH_MODE_MXCSR;
    int number = grid_number(path);
    uint32_t offset = number < 0 ? 0 : arch_front_offsets[mode * PATH_COUNT + number];
    return offset ? (void *)(arch_front_paths + offset) : NULL;
}

/* No fewer bits than 32: compilers count on being given these, so the original may look at them. */
uint64_t arch_front_mask(uint32_t size)
{
    return size > 4 ? UINT64_MAX : UINT32_MAX;
}

__attribute__((target("sse4.2"))) uint32_t arch_front_crc(const uint64_t *words, uint32_t count,
                                                          uint32_t narrow)
{
    uint64_t crc = 0;
    for (uint32_t i = 0; i < narrow; i++)
        crc = __builtin_ia32_crc32si((uint32_t)crc, (uint32_t)words[i]);
    for (uint32_t i = narrow; i < count; i++)
        crc = __builtin_ia32_crc32di(crc, words[i]);
    return (uint32_t)crc;
}
