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

/* Of the spans that do not warm up. What disturbs one only makes it longer, so the best count; more
 * than one, as each has its own share of misses. */
static int64_t of_best(const int64_t *ticks)
{
    int64_t best[TRIAL_BEST], sum = 0;
    for (uint32_t i = 0; i < TRIAL_BEST; i++)
        best[i] = INT64_MAX;
    for (uint32_t i = TRIAL_WARM; i < TRIAL_SPANS; i++) {
        int64_t next = ticks[i];
        for (uint32_t k = 0; k < TRIAL_BEST; k++) {
            int64_t least = next < best[k] ? next : best[k];
            next = next < best[k] ? best[k] : next;
            best[k] = least;
        }
    }
    for (uint32_t i = 0; i < TRIAL_BEST; i++)
        sum += best[i];
    return sum / TRIAL_BEST;
}

int64_t trial_without(const struct trial *trial)
{
    return of_best(trial->ticks[0]);
}

int64_t trial_with(const struct trial *trial)
{
    return of_best(trial->ticks[1]);
}
