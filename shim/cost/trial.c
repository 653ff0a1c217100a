#include "cost/trial.h"

#include "cost/timing.h"

#define MIDDLE ((TRIAL_SPANS - TRIAL_WARM) / 2)

void trial_begin(struct trial *trial)
{
    *trial = (struct trial){.running = true};
}

/* Of a span that took years, what counts is that it is the longest. */
void trial_add(struct trial *trial, uint64_t ticks, uint64_t calls)
{
    if (ticks > TIMING_LONGEST) ticks = TIMING_LONGEST;
    trial->ticks[trial->spans % 2][trial->spans / 2] =
        (int64_t)(ticks * TIMING_FINE / (calls ? calls : 1));
    trial->spans++;
}

/* Without those that warm up. By counting: for seven that is as good as anything. */
static int64_t median(const int64_t *ticks)
{
    for (uint32_t i = TRIAL_WARM; i < TRIAL_SPANS; i++) {
        uint32_t below = 0, same = 0;
        for (uint32_t k = TRIAL_WARM; k < TRIAL_SPANS; k++) {
            below += ticks[k] < ticks[i];
            same += ticks[k] == ticks[i];
        }
        if (below <= MIDDLE && below + same > MIDDLE) return ticks[i];
    }
    return ticks[TRIAL_WARM];
}

int64_t trial_without(const struct trial *trial)
{
    return median(trial->ticks[0]);
}

int64_t trial_with(const struct trial *trial)
{
    return median(trial->ticks[1]);
}
