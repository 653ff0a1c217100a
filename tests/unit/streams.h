/* Simulated streams of calls for the cost rule: what it decides, and what that costs. Kept are the
 * time that all calls take and what the originals alone would have taken. Trials are made as
 * call/trial.c makes them, by a single thread. */
#ifndef MEMO_STREAMS_H
#define MEMO_STREAMS_H

#include "cost/cost.h"

#include "check.h"

#define ENTRY  14 /* ticks: some 5 ns at 3 GHz */
#define CLOCK  20
#define BEGAN  1000000
#define BYPASS 2 /* what a bypassed call takes */

static const struct cost_machine machine = {.entry = ENTRY * TIMING_FINE,
                                            .front_hit = ENTRY / 2 * TIMING_FINE,
                                            .clock = CLOCK * TIMING_FINE};

/* What calls of a slot take, in ticks. */
struct world {
    uint64_t original, hit, miss;    /* a miss: beyond the original */
    unsigned front_share, hit_share; /* of 1000 calls */
    uint64_t alone;                  /* a miss of the front alone; else half of `miss` */
    uint64_t sampled, sampled_miss;  /* in percent: what samples say, if not 100 */
    uint64_t caller;                 /* what the program does between two calls */
    uint64_t returns;                /* the table hits only what was missed so many times ago */
};

struct slot {
    struct cost cost;
    uint64_t now, plain; /* time so far; had there been no cache */
    uint64_t calls, jumps, probes, longest_wait, released_at;
    uint64_t stored; /* by misses, since the table was cleared */
    bool flat;
    uint64_t tries[8]; /* what was stored when the front was alone again: the last ones */
    unsigned entered[MODE_RELEASED + 1]; /* how often; without what a trial does */
    unsigned trials;
    uint64_t span_start, span_calls;
    uint32_t disturbed; /* spans of a trial that are interrupted, a bit for each */
    bool abandons;      /* no trial has more spans than this */
    uint32_t abandons_at;
};

static uint64_t random_state = 7;

static inline unsigned thousandth(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(random_state >> 33) % 1000;
}

static inline void begin(struct slot *slot, bool can_be_alone)
{
    *slot = (struct slot){.now = BEGAN};
    cost_begin(&slot->cost, true, MODE_PROBING);
    slot->cost.can_be_alone = can_be_alone;
}

static inline void begin_tried(struct slot *slot, bool can_be_alone)
{
    begin(slot, can_be_alone);
    slot->cost.can_be_tried = true;
}

static inline enum mode mode_of(const struct slot *slot)
{
    return cost_mode(&slot->cost);
}

static inline void note(struct slot *slot, enum mode before)
{
    enum mode after = mode_of(slot);
    if (after == before) return;
    if (after == MODE_ALONE) {
        slot->tries[slot->entered[after] % 8] = slot->stored;
        slot->stored = 0;
    }
    slot->entered[after]++;
    if (after == MODE_RELEASED) slot->released_at = slot->calls;
    if (after == MODE_BYPASSED && slot->cost.probe_at > slot->now + slot->longest_wait)
        slot->longest_wait = slot->cost.probe_at - slot->now;
}

static inline void begin_span(struct slot *slot)
{
    slot->span_calls = 0;
    slot->span_start = slot->now;
    if (slot->abandons && slot->cost.trial.spans == slot->abandons_at) {
        cost_end_trial(&slot->cost, &machine, slot->now);
        note(slot, MODE_PROBING);
    }
}

static inline void decide(struct slot *slot)
{
    if (!cost_is_due(&slot->cost)) return;
    enum mode before = mode_of(slot);
    cost_decide(&slot->cost, &machine, slot->flat, slot->now);
    if (cost_is_on_trial(&slot->cost)) {
        slot->trials++;
        begin_span(slot);
    } else {
        note(slot, before);
    }
}

/* Whatever interrupts a span would have come without us, too. */
static inline void end_span(struct slot *slot)
{
    if (slot->disturbed >> slot->cost.trial.spans & 1) {
        slot->now += 10000000;
        slot->plain += 10000000;
    }
    cost_end_span(&slot->cost, &machine, slot->flat, slot->now - slot->span_start, slot->span_calls,
                  slot->now);
    if (cost_is_on_trial(&slot->cost))
        begin_span(slot);
    else
        note(slot, MODE_PROBING);
}

static inline uint64_t percent(uint64_t ticks, uint64_t share)
{
    return share ? ticks * share / 100 : ticks;
}

static inline void miss(struct slot *slot, const struct world *world)
{
    bool alone = mode_of(slot) == MODE_ALONE;
    uint64_t more = !alone ? world->miss : world->alone ? world->alone : world->miss / 2;
    uint64_t original = percent(world->original, world->sampled);
    slot->cost.misses++;
    slot->now += world->original + more + ENTRY;
    if (!alone) slot->stored++;
    timing_add(&slot->cost.original, original + CLOCK + ENTRY);
    timing_add(&slot->cost.miss, original + percent(more, world->sampled_miss) + CLOCK);
}

/* Whether it was seen outside the front. */
static inline bool cached_call(struct slot *slot, const struct world *world)
{
    unsigned share = thousandth();
    if (share < world->front_share) {
        slot->cost.front_hits++;
        slot->now += slot->flat ? ENTRY + 30 : ENTRY / 2;
        timing_add(&slot->cost.flat, 30 + CLOCK);
        return false;
    }
    if (share < world->front_share + world->hit_share && mode_of(slot) != MODE_ALONE &&
        slot->stored >= world->returns) {
        slot->cost.hits++;
        slot->now += world->hit + ENTRY;
        timing_add(&slot->cost.hit, world->hit + CLOCK);
    } else {
        miss(slot, world);
    }
    return true;
}

static inline void bypassed(struct slot *slot, const struct world *world)
{
    slot->jumps++;
    slot->now += world->original + BYPASS;
}

static inline void call_on_trial(struct slot *slot, const struct world *world)
{
    bool with = trial_is_with(&slot->cost.trial), seen = true;
    if (with)
        seen = cached_call(slot, world);
    else
        bypassed(slot, world);
    if (++slot->span_calls >= slot->cost.trial.calls && seen) end_span(slot);
}

static inline void call(struct slot *slot, const struct world *world)
{
    slot->calls++;
    slot->plain += world->original + world->caller;
    slot->now += world->caller;
    if (mode_of(slot) == MODE_RELEASED) {
        slot->now += world->original;
        return;
    }
    if (cost_is_on_trial(&slot->cost)) {
        call_on_trial(slot, world);
        return;
    }
    if (mode_of(slot) == MODE_BYPASSED) {
        if (slot->calls % 1024 || !cost_probe(&slot->cost, &machine, 1024, slot->now)) {
            bypassed(slot, world);
            return;
        }
        slot->probes++;
        slot->entered[MODE_PROBING]++;
    }
    if (cached_call(slot, world)) decide(slot);
}

static inline void calls(struct slot *slot, const struct world *world, unsigned long count)
{
    for (unsigned long i = 0; i < count; i++)
        call(slot, world);
}

static inline uint64_t spent(const struct slot *slot)
{
    return slot->now - BEGAN;
}

/* What was lost (or gained, below 0) of what all calls would have taken, in thousandths; but for
 * the jump that bypassed calls take. */
static inline int64_t lost(const struct slot *slot)
{
    int64_t more = (int64_t)(spent(slot) - slot->plain - BYPASS * slot->jumps);
    return more * 1000 / (int64_t)slot->plain;
}

#endif
