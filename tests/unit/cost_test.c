/* The cost rule on simulated streams of calls: what it decides, and what that costs. The simulation
 * keeps the time that each call takes and what the original alone would have taken. */
#include "check.h"
#include "cost/cost.h"

#define ENTRY 14 /* ticks: some 5 ns at 3 GHz */

static const struct cost_machine machine = {
    .entry = ENTRY * TIMING_FINE, .front_hit = ENTRY / 2 * TIMING_FINE, .clock = 20 * TIMING_FINE};

/* What calls of a slot take, in ticks. */
struct world {
    uint64_t original, hit, miss;    /* a miss: beyond the original */
    unsigned front_share, hit_share; /* of 1000 calls */
};

struct slot {
    struct cost cost;
    uint64_t now, plain; /* time so far; had there been no cache */
    uint64_t calls, probes, longest_wait, released_at;
    bool flat;
};

static uint64_t random_state = 7;

static unsigned thousandth(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % 1000;
}

static void begin(struct slot *slot, bool can_be_alone)
{
    *slot = (struct slot){.now = 1000000};
    cost_begin(&slot->cost, true, MODE_PROBING);
    slot->cost.can_be_alone = can_be_alone;
}

static void decide(struct slot *slot)
{
    if (!cost_is_due(&slot->cost)) return;
    enum mode before = cost_mode(&slot->cost);
    enum mode after = cost_decide(&slot->cost, &machine, slot->flat, slot->now);
    if (after == before) return;
    if (after == MODE_RELEASED) slot->released_at = slot->calls;
    if (after == MODE_BYPASSED && slot->cost.probe_at - slot->now > slot->longest_wait)
        slot->longest_wait = slot->cost.probe_at - slot->now;
}

static void cached_call(struct slot *slot, const struct world *world)
{
    unsigned share = thousandth();
    uint64_t clock = 20;
    if (share < world->front_share) {
        slot->cost.front_hits++;
        slot->now += slot->flat ? ENTRY + 30 : ENTRY / 2;
        timing_add(&slot->cost.flat, 30 + clock);
        return;
    }
    if (share < world->front_share + world->hit_share && cost_mode(&slot->cost) != MODE_ALONE) {
        slot->cost.hits++;
        slot->now += world->hit + ENTRY;
        timing_add(&slot->cost.hit, world->hit + clock);
    } else {
        uint64_t miss = cost_mode(&slot->cost) == MODE_ALONE ? world->miss / 2 : world->miss;
        slot->cost.misses++;
        slot->now += world->original + miss + ENTRY;
        timing_add(&slot->cost.original, world->original + clock + ENTRY);
        timing_add(&slot->cost.miss, world->original + miss + clock);
    }
    decide(slot);
}

static void call(struct slot *slot, const struct world *world)
{
    slot->calls++;
    slot->plain += world->original;
    if (cost_mode(&slot->cost) == MODE_RELEASED) {
        slot->now += world->original;
        return;
    }
    if (cost_mode(&slot->cost) == MODE_BYPASSED) {
        if (slot->calls % 1024 || !cost_probe(&slot->cost, &machine, 1024, slot->now)) {
            slot->now += world->original + 2;
            return;
        }
        slot->probes++;
    }
    cached_call(slot, world);
}

static void calls(struct slot *slot, const struct world *world, unsigned long count)
{
    for (unsigned long i = 0; i < count; i++)
        call(slot, world);
}

static uint64_t spent(const struct slot *slot)
{
    return slot->now - 1000000;
}

static const struct world pays = {3000, 100, 300, 0, 900}, cheap = {20, 100, 300, 0, 500},
                          unique = {6000, 100, 900, 0, 0}, fronts = {60, 100, 300, 900, 0};

static void streams(void)
{
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &pays, 1000);
    CHECK(cost_mode(&slot.cost) == MODE_CACHING);
    calls(&slot, &pays, 100000);
    CHECK(cost_mode(&slot.cost) == MODE_CACHING && spent(&slot) < slot.plain / 3);

    begin(&slot, true);
    calls(&slot, &cheap, 100000);
    CHECK(cost_mode(&slot.cost) == MODE_RELEASED);
    CHECK(slot.released_at && spent(&slot) - slot.plain < 300000 * ENTRY);

    begin(&slot, true);
    calls(&slot, &unique, 1000000);
    CHECK(cost_mode(&slot.cost) == MODE_BYPASSED || slot.probes > 1);
    CHECK(slot.longest_wait <= 12800000 * ENTRY);
    CHECK(spent(&slot) - slot.plain < slot.plain / 50);

    begin(&slot, true);
    calls(&slot, &fronts, 100000);
    CHECK(spent(&slot) < slot.plain * 4 / 5);
    CHECK(cost_mode(&slot.cost) == MODE_CACHING || cost_mode(&slot.cost) == MODE_ALONE);
}

/* The table loses what the front gains. */
static void alone(void)
{
    static const struct world world = {48, 200, 900, 965, 0};
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &world, 200000);
    CHECK(cost_mode(&slot.cost) == MODE_ALONE);
    CHECK(spent(&slot) < slot.plain);
    begin(&slot, false);
    calls(&slot, &world, 200000);
    CHECK(cost_mode(&slot.cost) >= MODE_BYPASSED);
}

/* What has paid is not released; it is seen again when it pays again. */
static void phases(void)
{
    struct slot slot;
    begin(&slot, true);
    calls(&slot, &pays, 20000);
    for (int phase = 0; phase < 5; phase++) {
        calls(&slot, &unique, 200000);
        CHECK(cost_mode(&slot.cost) == MODE_BYPASSED || cost_mode(&slot.cost) == MODE_PROBING);
        uint64_t before = slot.now;
        calls(&slot, &pays, 300000);
        CHECK(cost_mode(&slot.cost) == MODE_CACHING);
        CHECK(slot.now - before < 300000 * pays.original);
    }
    calls(&slot, &cheap, 200000);
    CHECK(cost_mode(&slot.cost) != MODE_CACHING && cost_mode(&slot.cost) != MODE_RELEASED);
}

/* Whatever it is that does not pay: all losses are a hundredth of the time, and the first probe. */
static void losses_are_bounded(void)
{
    static const struct world worlds[] = {{400, 100, 300, 0, 0},
                                          {1000, 100, 900, 0, 100},
                                          {6000, 100, 900, 0, 0},
                                          {900, 800, 700, 0, 500}};
    for (unsigned i = 0; i < 4; i++) {
        struct slot slot;
        begin(&slot, i % 2);
        calls(&slot, &worlds[i], 1000000);
        uint64_t bypass = 2 * slot.calls;
        CHECK(slot.probes > 1 || cost_mode(&slot.cost) == MODE_RELEASED);
        CHECK(spent(&slot) < slot.plain + slot.plain / 100 + bypass + 3000000);
    }
}

/* Calls under way when the slot was let go change nothing about it. */
static void latecomers(void)
{
    struct slot slot;
    begin(&slot, false);
    calls(&slot, &unique, 100000);
    while (cost_mode(&slot.cost) != MODE_BYPASSED)
        call(&slot, &unique);
    slot.cost.misses = slot.cost.hits = 5000;
    CHECK(!cost_is_due(&slot.cost));
    slot.cost.debt = 0;
    CHECK(cost_probe(&slot.cost, &machine, 1024, slot.cost.probe_at) && !cost_is_due(&slot.cost));
    CHECK(cost_mode(&slot.cost) == MODE_PROBING &&
          !cost_probe(&slot.cost, &machine, 1024, UINT64_MAX));

    begin(&slot, false);
    calls(&slot, &cheap, 100000);
    slot.cost.misses = 5000;
    CHECK(cost_mode(&slot.cost) == MODE_RELEASED && !cost_is_due(&slot.cost));
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
