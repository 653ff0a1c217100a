/* The cost rule where samples mislead, on simulated streams of calls: trials find what is so. */
#include "streams.h"

/* Of an original of 60 ticks and 10 % misses, samples promise half of the time; a fifth is lost. */
static const struct world brief_loss = {.original = 60,
                                        .miss = 600,
                                        .alone = 600,
                                        .front_share = 900,
                                        .sampled = 150,
                                        .sampled_miss = 50};

/* Too dear to be released: probed again and again. */
static const struct world loss = {.original = 900,
                                  .miss = 1100,
                                  .alone = 1050,
                                  .front_share = 500,
                                  .sampled = 150,
                                  .sampled_miss = 50};

/* Samples promise nothing; some 18 % are gained. */
static const struct world brief_gain = {
    .original = 60, .miss = 373, .alone = 373, .front_share = 900, .sampled = 50};

static void promised_losses(void)
{
    struct slot slot;
    for (int round = 0; round < 8; round++) {
        begin_tried(&slot, round % 2);
        calls(&slot, &brief_loss, 200000);
        CHECK(mode_of(&slot) == MODE_RELEASED && slot.trials == 1);
        CHECK(lost(&slot) <= 20);
        begin_tried(&slot, round % 2);
        calls(&slot, &loss, 500000);
        CHECK(lost(&slot) <= 20 && !slot.entered[MODE_CACHING] && !slot.entered[MODE_ALONE]);
        CHECK(slot.trials > 1 && slot.trials < 50);
    }
    begin(&slot, false); /* without trials samples decide, for ever */
    calls(&slot, &loss, 200000);
    CHECK(mode_of(&slot) == MODE_CACHING && lost(&slot) > 100);
}

static void hidden_gains(void)
{
    struct world dear_misses = brief_gain;
    struct slot slot;
    dear_misses.miss = 340;
    dear_misses.sampled_miss = 140;
    for (int round = 0; round < 8; round++) {
        begin_tried(&slot, round % 2);
        calls(&slot, &brief_gain, 500000);
        CHECK(mode_of(&slot) == (round % 2 ? MODE_ALONE : MODE_CACHING) && slot.trials == 1);
        CHECK(lost(&slot) < -120 && slot.cost.unseen > 0);
        begin_tried(&slot, false);
        calls(&slot, &dear_misses, 500000);
        CHECK(mode_of(&slot) == MODE_CACHING && lost(&slot) < -120);
    }
    begin(&slot, false);
    calls(&slot, &brief_gain, 200000);
    CHECK(mode_of(&slot) == MODE_RELEASED);
}

/* What a trial of one stream comes to: gains are to be gains, though spans have few misses or many.
 */
static unsigned accepted(uint64_t ticks, unsigned trials)
{
    struct world world = brief_loss;
    unsigned count = 0;
    world.miss = ticks;
    for (unsigned i = 0; i < trials; i++) {
        struct slot slot;
        begin_tried(&slot, false);
        while (!slot.trials && slot.calls < 100000)
            call(&slot, &world);
        CHECK(slot.trials == 1);
        while (cost_is_on_trial(&slot.cost))
            call(&slot, &world);
        count += mode_of(&slot) == MODE_CACHING;
    }
    return count;
}

static void chance(void)
{
    CHECK(accepted(400, 50) >= 48); /* 11 % are gained */
    CHECK(accepted(463, 50) <= 40); /* none */
    CHECK(accepted(520, 50) <= 5);  /* 10 % are lost */
    CHECK(accepted(560, 50) <= 1);
}

/* With and without interruptions the same stream is judged alike: of seven spans the fourth counts,
 * and when three are interrupted that is the last of the others, which differ by their misses. */
static void disturbed(void)
{
    struct world gain = brief_gain;
    static const uint32_t spans[] = {0x1, 0x2, 0x3, 0xfc, 0x5401 << 1, 0xc30c, 0x01ab};
    gain.miss = 250;
    for (unsigned i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct slot calm, noisy;
        const struct world *world = i % 2 ? &gain : &brief_loss;
        uint64_t seed = random_state;
        begin_tried(&calm, false);
        calls(&calm, world, 60000);
        random_state = seed;
        begin_tried(&noisy, false);
        noisy.disturbed = spans[i];
        calls(&noisy, world, 60000);
        CHECK(calm.trials == 1 && noisy.trials == 1 && noisy.now > calm.now);
        CHECK(mode_of(&calm) == (i % 2 ? MODE_CACHING : MODE_RELEASED));
        CHECK(mode_of(&noisy) == mode_of(&calm));
        int64_t apart = noisy.cost.unseen - calm.cost.unseen;
        CHECK(apart < 12 * TIMING_FINE && apart > -12 * TIMING_FINE);
    }
}

/* Samples hold, whatever was found by then. */
static void unending(void)
{
    for (uint32_t spans = 0; spans < 2 * TRIAL_SPANS; spans += 3) {
        struct slot slot;
        begin_tried(&slot, false);
        slot.abandons = true;
        slot.abandons_at = spans;
        calls(&slot, &brief_loss, 100000);
        CHECK(mode_of(&slot) == MODE_CACHING && slot.trials == 1 && slot.cost.unseen == 0);
        begin_tried(&slot, false);
        slot.abandons = true;
        slot.abandons_at = spans;
        calls(&slot, &brief_gain, 100000);
        CHECK(mode_of(&slot) == MODE_RELEASED && slot.trials == 1);
    }
}

/* Of calls that are a small part of what is timed nothing can be told: samples hold. */
static void slow_callers(void)
{
    struct world promised = brief_loss, hidden = brief_gain;
    struct slot slot;
    promised.caller = hidden.caller = 1000;
    begin_tried(&slot, false);
    calls(&slot, &promised, 100000);
    CHECK(mode_of(&slot) == MODE_CACHING && slot.trials == 1 && slot.cost.unseen == 0);
    begin_tried(&slot, false);
    calls(&slot, &hidden, 100000);
    CHECK(mode_of(&slot) == MODE_RELEASED && slot.trials == 1);
    promised.caller = hidden.caller = 60; /* as long as the original: trials hold */
    begin_tried(&slot, false);
    calls(&slot, &promised, 100000);
    CHECK(mode_of(&slot) == MODE_RELEASED);
    begin_tried(&slot, false);
    calls(&slot, &hidden, 100000);
    CHECK(mode_of(&slot) == MODE_CACHING);
}

/* What a trial found holds for what it tried, and until the next. */
static void again(void)
{
    struct world worse = brief_gain;
    struct slot slot;
    worse.miss = 540;
    begin_tried(&slot, false);
    calls(&slot, &brief_gain, 200000);
    int64_t first = slot.cost.unseen;
    CHECK(mode_of(&slot) == MODE_CACHING && first > 0);
    for (int round = 0; round < 3; round++) {
        uint64_t before = slot.now - slot.plain;
        calls(&slot, &worse, 1000000);
        CHECK(mode_of(&slot) == MODE_BYPASSED || mode_of(&slot) == MODE_PROBING);
        CHECK(slot.cost.unseen == 0);
        CHECK((int64_t)(slot.now - slot.plain - before) < 1000000 * 60 / 12);
        for (int tries = 0; tries < 120 && mode_of(&slot) != MODE_CACHING; tries++)
            calls(&slot, &brief_gain, 100000);
        CHECK(mode_of(&slot) == MODE_CACHING);
        CHECK(slot.cost.unseen > first / 2 && slot.cost.unseen < first * 4);
    }
    CHECK(slot.trials > 3);
}

int main(void)
{
    promised_losses();
    hidden_gains();
    chance();
    disturbed();
    unending();
    slow_callers();
    again();
    return check_done("cost_trial");
}
