#include "aarch64/machine.h"

uint64_t spread_count;

/* Volatile: what the compiler stores is stored in the caller's copy, as it may be. */
void spread(struct wide wide, unsigned char out[64])
{
    volatile uint64_t *state = wide.n;
    spread_count++;
    for (int i = 0; i < 64; i++) {
        state[i % 5] = state[i % 5] * 6364136223846793005u + 1442695040888963407u;
        out[i] = (unsigned char)(state[i % 5] >> 56);
    }
}
