#include "cost/timing.h"

#define MANY 1024

/* The middle of a bucket. */
static uint64_t bucket_ticks(unsigned bucket)
{
    unsigned log = bucket / 4;
    if (bucket < 4) return bucket;
    return ((uint64_t)(8 + 2 * (bucket % 4) + 1) << log) >> 3;
}

uint64_t timing_count(const struct timing *timing)
{
    uint64_t samples = timing->long_samples;
    for (unsigned i = 0; i < TIMING_BUCKETS; i++)
        samples += timing->buckets[i];
    return samples;
}

void timing_fade(struct timing *timing)
{
    if (timing_count(timing) >= MANY) timing_halve(timing);
}

void timing_halve(struct timing *timing)
{
    for (unsigned i = 0; i < TIMING_BUCKETS; i++)
        timing->buckets[i] /= 2;
    timing->long_ticks /= 2;
    timing->long_samples /= 2;
}

int64_t timing_mean(const struct timing *timing, int64_t overhead)
{
    uint64_t samples = timing_count(timing), ticks = 0, taken = 0;
    uint64_t wanted = samples - samples / 10;
    for (unsigned i = 0; i < TIMING_BUCKETS && taken < wanted; i++) {
        uint64_t count = timing->buckets[i];
        if (count > wanted - taken) count = wanted - taken;
        ticks += count * bucket_ticks(i);
        taken += count;
    }
    if (taken < wanted) ticks += timing->long_ticks / timing->long_samples * (wanted - taken);
    if (!wanted) return 0;
    int64_t mean = (int64_t)((unsigned __int128)ticks * TIMING_FINE / wanted);
    return mean > overhead ? mean - overhead : 0;
}
