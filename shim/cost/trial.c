#include "cost/trial.h"

#include "cost/timing.h"

void trial_begin(struct trial *trial, int64_t calls)
{
    if (calls < TRIAL_LEAST) calls = TRIAL_LEAST;
    if (calls > TRIAL_MOST) calls = TRIAL_MOST;
    *trial = (struct trial){.running = true, .calls = (uint32_t)calls};
}

/* Of a span that took years, what counts is that it is the longest. */
void trial_add(struct trial *trial, uint64_t ticks, uint64_t calls)
{
    if (ticks > TIMING_LONGEST) ticks = TIMING_LONGEST;
    trial->ticks[trial->spans % 2][trial->spans / 2] =
        (int64_t)(ticks * TIMING_FINE / (calls ? calls : 1));
    trial->spans++;
}

/* About the middle of the spans that do not warm up, so that neither what disturbs some, nor those
 * that happen to have few misses decide. Disturbed ones are longer: so the fifth of eleven. */
static int64_t middle(const int64_t *ticks)
{
    int64_t sorted[TRIAL_SPANS];
    uint32_t count = 0;
    for (uint32_t i = TRIAL_WARM; i < TRIAL_SPANS; i++) {
        uint32_t at = count++;
        for (; at && sorted[at - 1] > ticks[i]; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = ticks[i];
    }
    return sorted[2 * (count - 1) / 5];
}

int64_t trial_without(const struct trial *trial)
{
    return middle(trial->ticks[0]);
}

int64_t trial_with(const struct trial *trial)
{
    return middle(trial->ticks[1]);
}
