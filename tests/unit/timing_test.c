/* Means of samples: exact enough, without the slowest tenth, whatever the ticks. */
#include "check.h"
#include "cost/timing.h"

#include <stdbool.h>

static bool near(int64_t got, uint64_t ticks)
{
    int64_t want = (int64_t)(ticks * TIMING_FINE);
    return got >= want - want / 8 && got <= want + want / 8;
}

static void single(void)
{
    for (uint64_t ticks = 8; ticks < TIMING_LONGEST; ticks += ticks / 3 + 1) {
        struct timing timing = {.long_ticks = 0};
        for (int i = 0; i < 20; i++)
            timing_add(&timing, ticks);
        CHECK(timing_count(&timing) == 20);
        CHECK(near(timing_mean(&timing, 0), ticks));
        CHECK(timing_mean(&timing, INT64_MAX) == 0);
    }
}

static void small(void)
{
    struct timing timing = {.long_ticks = 0};
    CHECK(timing_mean(&timing, 0) == 0 && timing_count(&timing) == 0);
    for (uint64_t ticks = 0; ticks < 8; ticks++)
        timing_add(&timing, ticks);
    CHECK(timing_mean(&timing, 0) == 28 * TIMING_FINE / 8);
    timing = (struct timing){.long_ticks = 0}; /* a coarse clock: mostly nothing passes */
    for (int i = 0; i < 90; i++)
        timing_add(&timing, i % 3 == 0);
    int64_t mean = timing_mean(&timing, 0);
    CHECK(mean > TIMING_FINE / 5 && mean <= TIMING_FINE / 3);
}

static void outliers(void)
{
    struct timing timing = {.long_ticks = 0};
    for (int i = 0; i < 95; i++)
        timing_add(&timing, 100);
    for (int i = 0; i < 5; i++)
        timing_add(&timing, 100000000);
    CHECK(near(timing_mean(&timing, 0), 100));
}

static void extremes(void)
{
    struct timing timing = {.long_ticks = 0};
    timing_add(&timing, UINT64_MAX); /* the clock was set back */
    timing_add(&timing, (uint64_t)-1000);
    CHECK(timing_count(&timing) == 0 && timing_mean(&timing, 0) == 0);
    for (int i = 0; i < 2000; i++)
        timing_add(&timing, INT64_MAX);
    CHECK(timing_mean(&timing, 0) == (int64_t)(TIMING_LONGEST * TIMING_FINE));
    timing_add(&timing, ((uint64_t)1 << 24) - 1); /* the last bucket */
    timing_add(&timing, (uint64_t)1 << 24);
    CHECK(timing_count(&timing) == 2002);
}

static void fades(void)
{
    struct timing timing = {.long_ticks = 0};
    for (int i = 0; i < 5000; i++)
        timing_add(&timing, 1000);
    for (int round = 0; round < 20; round++) {
        timing_fade(&timing);
        for (int i = 0; i < 100; i++)
            timing_add(&timing, i % 2 ? 10 : 50000000);
        CHECK(timing_mean(&timing, 0) >= 0);
    }
    CHECK(timing_count(&timing) < 1200);
    for (int i = 0; i < 20000; i++) {
        timing_add(&timing, 10);
        if (i % 500 == 0) timing_fade(&timing);
    }
    CHECK(near(timing_mean(&timing, 0), 10));
}

/* A bucket that is full halves all of them, and what is longer: shares stay. */
static void halves(void)
{
    struct timing timing = {.long_ticks = 0};
    for (int i = 0; i < 1000; i++) {
        timing_add(&timing, 100);
        timing_add(&timing, (uint64_t)1 << 30);
    }
    for (int i = 0; i < UINT16_MAX - 1; i++)
        timing_add(&timing, 3);
    CHECK(timing_count(&timing) == UINT16_MAX - 1 + 2000);
    timing_add(&timing, 3);
    CHECK(timing_count(&timing) == UINT16_MAX / 2 + 1000);
    CHECK(timing.long_samples == 500 && timing.long_ticks == (uint64_t)500 << 30);
    CHECK(timing_mean(&timing, 0) == 3 * TIMING_FINE);
    for (int i = 0; i < 1000000; i++)
        timing_add(&timing, i % 4 ? 1000 : 10);
    CHECK(timing_count(&timing) >= UINT16_MAX / 2 && timing_count(&timing) < 2 * UINT16_MAX);
    int64_t mean = timing_mean(&timing, 0);
    CHECK(mean > 650 * TIMING_FINE && mean < 800 * TIMING_FINE);
}

int main(void)
{
    single();
    small();
    outliers();
    extremes();
    fades();
    halves();
    return check_done("timing");
}
