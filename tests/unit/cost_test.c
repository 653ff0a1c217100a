/* The cost rule on simulated streams of calls, as samples have it: nothing here is tried. */
#include "streams.h"

static const struct world pays = {.original = 3000, .hit = 100, .miss = 300, .hit_share = 900},
                          cheap = {.original = 20, .hit = 100, .miss = 300, .hit_share = 500},
                          unique = {.original = 6000, .hit = 100, .miss = 900},
                          fronts = {.original = 60, .hit = 100, .miss = 300, .front_share = 900};

static void streams(void)
{
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &pays, 1000);
    CHECK(mode_of(&slot) == MODE_CACHING);
    calls(&slot, &pays, 100000);
    CHECK(mode_of(&slot) == MODE_CACHING && spent(&slot) < slot.plain / 3);

    begin(&slot, true);
    calls(&slot, &cheap, 100000);
    CHECK(mode_of(&slot) == MODE_RELEASED);
    CHECK(slot.released_at && spent(&slot) - slot.plain < 300000 * ENTRY);

    begin(&slot, true);
    calls(&slot, &unique, 1000000);
    CHECK(mode_of(&slot) == MODE_BYPASSED || slot.probes > 1);
    CHECK(slot.longest_wait <= 12800000 * ENTRY);
    CHECK(spent(&slot) - slot.plain < slot.plain / 50);

    begin(&slot, true);
    calls(&slot, &fronts, 100000);
    CHECK(spent(&slot) < slot.plain * 4 / 5);
    CHECK(mode_of(&slot) == MODE_CACHING || mode_of(&slot) == MODE_ALONE);
}

/* The table loses what the front gains: clearly, as a trial is not possible. */
static void alone(void)
{
    struct world world = {.original = 48, .hit = 200, .miss = 1200, .front_share = 965};
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &world, 200000);
    CHECK(mode_of(&slot) == MODE_ALONE);
    CHECK(spent(&slot) < slot.plain);
    begin(&slot, false);
    world.miss = 1600;
    calls(&slot, &world, 200000);
    CHECK(mode_of(&slot) >= MODE_BYPASSED);
}

/* What has paid is not released; it is seen again when it pays again. */
static void phases(void)
{
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &pays, 20000);
    for (int phase = 0; phase < 5; phase++) {
        calls(&slot, &unique, 200000);
        CHECK(mode_of(&slot) == MODE_BYPASSED || mode_of(&slot) == MODE_PROBING);
        uint64_t before = slot.now;
        calls(&slot, &pays, 300000);
        CHECK(mode_of(&slot) == MODE_CACHING);
        CHECK(slot.now - before < 300000 * pays.original);
    }
    calls(&slot, &cheap, 200000);
    CHECK(mode_of(&slot) != MODE_CACHING && mode_of(&slot) != MODE_RELEASED);
}

/* Whatever it is that does not pay: all losses are a hundredth of the time, and the first probe. */
static void losses_are_bounded(void)
{
    static const struct world worlds[] = {
        {.original = 400, .hit = 100, .miss = 300},
        {.original = 1000, .hit = 100, .miss = 900, .hit_share = 100},
        {.original = 6000, .hit = 100, .miss = 900},
        {.original = 900, .hit = 800, .miss = 700, .hit_share = 500},
        {.original = 2000, .hit = 100, .miss = 2400, .alone = 1600, .front_share = 500}};
    for (unsigned i = 0; i < 5; i++) {
        struct slot slot;
        begin(&slot, i % 2);
        calls(&slot, &worlds[i], 1000000);
        uint64_t first = spent(&slot), plain = slot.plain, jumps = BYPASS * slot.jumps;
        CHECK(slot.probes > 1 || mode_of(&slot) == MODE_RELEASED);
        CHECK(first < plain + plain / 100 + jumps + 3000000);
        calls(&slot, &worlds[i], 3000000); /* however long it goes on */
        first += slot.plain - plain;
        CHECK(spent(&slot) < first + (slot.plain - plain) / 100 + BYPASS * slot.jumps - jumps);
    }
}

/* Calls under way when the slot was let go change nothing about it. */
static void latecomers(void)
{
    struct slot slot;
    begin(&slot, false);
    calls(&slot, &unique, 100000);
    while (mode_of(&slot) != MODE_BYPASSED)
        call(&slot, &unique);
    slot.cost.misses = slot.cost.hits = 5000;
    CHECK(!cost_is_due(&slot.cost));
    slot.cost.debt = 0;
    CHECK(cost_probe(&slot.cost, &machine, 1024, slot.cost.probe_at) && !cost_is_due(&slot.cost));
    CHECK(mode_of(&slot) == MODE_PROBING && !cost_probe(&slot.cost, &machine, 1024, UINT64_MAX));

    begin(&slot, false);
    calls(&slot, &cheap, 100000);
    slot.cost.misses = 5000;
    CHECK(mode_of(&slot) == MODE_RELEASED && !cost_is_due(&slot.cost));
    CHECK(!cost_probe(&slot.cost, &machine, 1024, UINT64_MAX));
}

static void fixed_modes(void)
{
    struct cost cost;
    cost_begin(&cost, false, MODE_CACHING);
    cost.hits = 1000000;
    CHECK(!cost_is_due(&cost) && cost_mode(&cost) == MODE_CACHING);
    CHECK(!cost_probe(&cost, &machine, 1024, UINT64_MAX));
}

/* An original of seconds and front hits by the milliard are a gain, and no overflow. */
static void large_numbers(void)
{
    static const uint64_t originals[] = {30000000, (uint64_t)1 << 33, (uint64_t)1 << 40, INT64_MAX};
    for (unsigned i = 0; i < 4; i++) {
        struct cost cost;
        cost_begin(&cost, true, MODE_PROBING);
        cost.can_be_alone = true;
        for (int round = 0; round < 10; round++) {
            for (int sample = 0; sample < 64; sample++) {
                timing_add(&cost.original, originals[i]);
                timing_add(&cost.miss, originals[i] + 1000);
                timing_add(&cost.hit, 100);
            }
            cost.front_hits = round % 2 ? (uint64_t)1 << 40 : UINT64_MAX / 4;
            cost.hits = cost.misses = 512;
            CHECK(cost_is_due(&cost));
            CHECK(cost_decide(&cost, &machine, false, 1000) == MODE_CACHING);
        }
        cost.front_hits = 0; /* and a loss as large is one */
        for (int round = 0; round < 200 && cost_mode(&cost) != MODE_BYPASSED; round++) {
            for (int sample = 0; sample < 64; sample++)
                timing_add(&cost.miss, INT64_MAX);
            cost.misses = (uint64_t)1 << 50;
            cost_decide(&cost, &machine, false, 1000);
        }
        CHECK(originals[i] >= TIMING_LONGEST || cost_mode(&cost) == MODE_BYPASSED);
        CHECK(cost.debt >= 0 && cost.probe_at <= 1000 + (uint64_t)12800000 * ENTRY);
    }
}

/* A machine whose clock stands still: nothing can be measured, so nothing is gained. */
static void no_clock(void)
{
    static const struct cost_machine still = {.entry = 1, .front_hit = 0, .clock = 0};
    struct cost cost;
    cost_begin(&cost, true, MODE_PROBING);
    for (int round = 0; round < 100 && cost_mode(&cost) == MODE_PROBING; round++) {
        for (int sample = 0; sample < 8; sample++) {
            timing_add(&cost.original, 0);
            timing_add(&cost.miss, 0);
            timing_add(&cost.hit, 0);
        }
        cost.hits = cost.misses = 40;
        cost_decide(&cost, &still, false, 0);
    }
    CHECK(cost_mode(&cost) == MODE_RELEASED);
}

int main(void)
{
    streams();
    alone();
    phases();
    losses_are_bounded();
    latecomers();
    fixed_modes();
    large_numbers();
    no_clock();
    return check_done("cost");
}
