/* What places a key in a front, as the paths of paths.S compute it. */
#include "arch/arch.h"

#include "arch/grid.h"

#define HASH(narrow)                                                                               \
    static uint32_t hash_##narrow(const uint64_t *words, uint32_t count)                           \
    {                                                                                              \
        return arch_front_crc(words, count, narrow);                                               \
    }
HASH(0)
HASH(1)
HASH(2)
HASH(3)
HASH(4)

static uint32_t hash_text(const uint64_t *words, uint32_t count)
{
    (void)count;
    uint64_t folded[] = {words[0] ^ words[3] ^ (words[4] << 32 | words[4] >> 32),
                         words[1] ^ words[2] ^ (words[5] << 32 | words[5] >> 32)};
    return arch_front_crc(folded, 2, 0);
}

arch_hash *arch_front_hash(const struct arch_path *path)
{
    static arch_hash *const hashes[] = {hash_0, hash_1, hash_2, hash_3, hash_4};
    return path->text ? hash_text : hashes[grid_narrow(path)];
}
