/* Sampled durations, summed up so that a few cold ones don't decide.
 *
 * The first calls of a function pay for lazy binding, page faults and caches; a mean would carry
 * them for ever. So samples go into a histogram of quarter octaves, and the mean is taken without
 * the slowest tenth. 96 buckets reach to 2^24 ticks (some 8 ms); longer ones are counted by their
 * sum, each as five minutes at most, and those of a clock that was set back not at all. No lock:
 * guarded by whoever owns it. */
#ifndef MEMO_TIMING_H
#define MEMO_TIMING_H

#include <stdint.h>

#define TIMING_BUCKETS 96

struct timing {
    uint16_t buckets[TIMING_BUCKETS]; /* [i]: samples of about bucket_ticks(i) */
    uint32_t long_samples;
    uint64_t long_ticks;
};

#define TIMING_LONGEST ((uint64_t)1 << 40)

/* Forgets half of all samples. */
void timing_halve(struct timing *timing);

static inline void timing_add(struct timing *timing, uint64_t ticks)
{
    if (ticks >= (uint64_t)1 << (TIMING_BUCKETS / 4)) {
        if (ticks >> 63) return;
        if (ticks > TIMING_LONGEST) ticks = TIMING_LONGEST;
        timing->long_samples++;
        timing->long_ticks += ticks;
        return;
    }
    unsigned bucket = (unsigned)ticks; /* below 4 each its own: a coarse clock's are of these */
    if (ticks >= 4) {
        unsigned log = 63 - (unsigned)__builtin_clzll(ticks);
        bucket = 4 * log + (ticks >> (log - 2) & 3);
    }
    if (++timing->buckets[bucket] == UINT16_MAX) timing_halve(timing);
}

#define TIMING_FINE 256 /* fine ticks of a tick: means are finer than the clock */

/* Mean of the faster nine tenths, less `overhead`, not below 0; both in fine ticks. 0 without
 * samples. */
int64_t timing_mean(const struct timing *timing, int64_t overhead);

/* Forgets half of it, once there are many samples: what is measured may change. */
void timing_fade(struct timing *timing);

uint64_t timing_count(const struct timing *timing);

#endif
