/* The table's share of time beside the front alone, on simulated streams of calls. */
#include "streams.h"

/* Keys of which half come back to the front, and others once 50000 have passed. */
static const struct world returning = {.original = 2000,
                                       .hit = 100,
                                       .miss = 600,
                                       .alone = 450,
                                       .front_share = 500,
                                       .hit_share = 450,
                                       .returns = 50000};

/* Before they do, what the table loses is more than what the front gains. */
static const struct world returning_dear = {.original = 700,
                                            .hit = 100,
                                            .miss = 3000,
                                            .alone = 2250,
                                            .front_share = 850,
                                            .hit_share = 140,
                                            .returns = 50000};

/* What `calls` would take with the front alone, to the thousandth. */
static uint64_t alone_takes(const struct slot *slot, const struct world *world)
{
    uint64_t hit = ENTRY / 2, miss = world->original + world->alone + ENTRY;
    uint64_t thousand = world->front_share * hit + (1000 - world->front_share) * miss;
    return slot->calls / 1000 * thousand;
}

static void finds(const struct world *world, bool tried, unsigned long most)
{
    struct slot slot;
    begin(&slot, true);
    slot.cost.can_be_tried = tried;
    while (slot.stored < world->returns && slot.calls < most)
        calls(&slot, world, 1000);
    CHECK(slot.calls < most);
    CHECK(mode_of(&slot) == MODE_CACHING && slot.entered[MODE_ALONE] > 1);
    for (unsigned i = 1; i < slot.entered[MODE_ALONE] && i < 8; i++)
        CHECK(slot.tries[i] > slot.tries[i - 1]);
    CHECK(spent(&slot) < alone_takes(&slot, world) * 105 / 100);
    uint64_t before = slot.now, stored = slot.stored;
    calls(&slot, world, 1000000);
    CHECK(mode_of(&slot) == MODE_CACHING && slot.stored > stored);
    CHECK(slot.now - before < 1000000 * world->original / 3);
    CHECK(slot.trials == tried && !slot.entered[MODE_PROBING]);
}

static void never_returning(void)
{
    static const struct world worlds[] = {
        {.original = 2000, .miss = 600, .alone = 450, .front_share = 500},
        {.original = 700, .miss = 3000, .alone = 2250, .front_share = 850},
        {.original = 100, .miss = 600, .alone = 450, .front_share = 900},
        {.original = 48, .miss = 1200, .alone = 900, .front_share = 965}};
    for (unsigned i = 0; i < 4; i++) {
        struct slot slot;
        begin_tried(&slot, true);
        calls(&slot, &worlds[i], 4000000);
        CHECK(spent(&slot) < alone_takes(&slot, &worlds[i]) * 104 / 100);
        CHECK(mode_of(&slot) == MODE_ALONE || mode_of(&slot) == MODE_CACHING);
        /* The front that paid is returned to, and not tried again. */
        CHECK(slot.entered[MODE_ALONE] > 1 && !slot.entered[MODE_PROBING]);
        CHECK(slot.trials == (i > 0) && !slot.entered[MODE_BYPASSED]);
    }
}

/* Nothing hits the front any more, with and without the table. */
static void stops(void)
{
    static const struct world pays = {.original = 60,
                                      .miss = 500,
                                      .alone = 375,
                                      .front_share = 930},
                              ends = {.original = 60, .miss = 500, .alone = 375};
    struct slot slot;
    begin_tried(&slot, true);
    calls(&slot, &pays, 100000);
    CHECK(mode_of(&slot) == MODE_ALONE && slot.cost.alone_pays);
    uint64_t before = slot.now - slot.plain;
    while (mode_of(&slot) == MODE_ALONE && slot.calls < 200000)
        call(&slot, &ends);
    CHECK(mode_of(&slot) == MODE_PROBING && !slot.cost.alone_pays && slot.cost.unseen == 0);
    calls(&slot, &ends, 1000000);
    CHECK(mode_of(&slot) == MODE_BYPASSED || mode_of(&slot) == MODE_PROBING);
    int64_t more = (int64_t)(slot.now - slot.plain - before - BYPASS * slot.jumps);
    CHECK(more < 1000000 * 60 / 50 + 200000 * ENTRY);
    calls(&slot, &pays, 6000000); /* more than 128 times what was lost */
    CHECK(mode_of(&slot) == MODE_ALONE || mode_of(&slot) == MODE_CACHING);
}

int main(void)
{
    finds(&returning, false, 6000000);
    finds(&returning_dear, true, 24000000);
    never_returning();
    stops();
    return check_done("cost_table");
}
