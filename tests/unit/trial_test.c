/* A trial's spans: their order, which of them count, and what numbers it can bear. */
#include "check.h"
#include "cost/timing.h"
#include "cost/trial.h"

#define CALLS 256

/* A trial whose spans take so many ticks: without, with, without ... */
static struct trial run(const uint64_t *ticks)
{
    struct trial trial;
    trial_begin(&trial, CALLS);
    for (uint32_t i = 0; i < 2 * TRIAL_SPANS; i++)
        trial_add(&trial, ticks[i], CALLS);
    return trial;
}

static void order(void)
{
    struct trial trial;
    trial_begin(&trial, 300);
    CHECK(trial.running && trial.calls == 300 && !trial_is_with(&trial));
    for (uint32_t i = 0; i < 2 * TRIAL_SPANS; i++) {
        CHECK(!trial_is_over(&trial) && trial_is_with(&trial) == (i % 2 == 1));
        trial_add(&trial, i % 2 ? 3000 : 6000, 300);
    }
    CHECK(trial_is_over(&trial));
    CHECK(trial_without(&trial) == 20 * TIMING_FINE && trial_with(&trial) == 10 * TIMING_FINE);
    trial_begin(&trial, 500); /* nothing is left of the last one */
    CHECK(trial.running && trial.spans == 0 && trial_without(&trial) == 0);
}

static void bounds(void)
{
    static const int64_t calls[][2] = {{INT64_MIN, TRIAL_LEAST},
                                       {-1, TRIAL_LEAST},
                                       {0, TRIAL_LEAST},
                                       {TRIAL_LEAST, TRIAL_LEAST},
                                       {TRIAL_LEAST + 1, TRIAL_LEAST + 1},
                                       {TRIAL_MOST, TRIAL_MOST},
                                       {TRIAL_MOST + 1, TRIAL_MOST},
                                       {INT64_MAX, TRIAL_MOST}};
    for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct trial trial;
        trial_begin(&trial, calls[i][0]);
        CHECK(trial.calls == calls[i][1]);
    }
}

/* Of eleven, the fifth: in whatever order they come. */
static void middle(void)
{
    uint64_t ticks[2 * TRIAL_SPANS];
    for (uint32_t turn = 0; turn < TRIAL_SPANS - TRIAL_WARM; turn++) {
        for (uint32_t i = 0; i < TRIAL_SPANS; i++) {
            uint32_t rank = (3 * i + turn) % (TRIAL_SPANS - TRIAL_WARM);
            ticks[2 * i] = CALLS * (100 + rank);
            ticks[2 * i + 1] = CALLS * (200 - rank);
        }
        struct trial trial = run(ticks);
        CHECK(trial_without(&trial) == 104 * TIMING_FINE &&
              trial_with(&trial) == 194 * TIMING_FINE);
    }
}

/* Neither the first span of each kind nor four others of it decide, be they long or short. */
static void disturbed(void)
{
    static const uint64_t others[] = {0, 1, (uint64_t)1 << 35, UINT64_MAX};
    for (unsigned k = 0; k < 4; k++)
        for (uint32_t first = TRIAL_WARM; first + 4 <= TRIAL_SPANS; first++) {
            uint64_t ticks[2 * TRIAL_SPANS];
            for (uint32_t i = 0; i < 2 * TRIAL_SPANS; i++) {
                bool disturbs = i / 2 < TRIAL_WARM || (i / 2 >= first && i / 2 < first + 4);
                ticks[i] = disturbs ? others[k] : i % 2 ? CALLS * 40 : CALLS * 50;
            }
            struct trial trial = run(ticks);
            CHECK(trial_without(&trial) == 50 * TIMING_FINE);
            CHECK(trial_with(&trial) == 40 * TIMING_FINE);
        }
}

static void extremes(void)
{
    static const uint64_t ticks[] = {INT64_MAX, (uint64_t)1 << 63, UINT64_MAX, TIMING_LONGEST};
    static const uint64_t calls[] = {0, 1, CALLS, UINT64_MAX};
    for (unsigned i = 0; i < 4; i++)
        for (unsigned k = 0; k < 4; k++) {
            struct trial trial;
            trial_begin(&trial, 0);
            while (!trial_is_over(&trial))
                trial_add(&trial, ticks[i], calls[k]);
            uint64_t want = TIMING_LONGEST * TIMING_FINE / (calls[k] ? calls[k] : 1);
            CHECK(trial_without(&trial) == (int64_t)want && trial_with(&trial) == (int64_t)want);
        }
}

int main(void)
{
    order();
    bounds();
    middle();
    disturbed();
    extremes();
    return check_done("trial");
}
