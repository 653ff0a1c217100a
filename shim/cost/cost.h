/* The cost rule: does a slot's cache pay, and what to do about it. DESIGN section 8.
 *
 * All times are means of samples, in fine ticks (timing.h): what the original takes, what a hit of
 * the table takes, and what a miss takes beyond the original. Every so many calls the window's
 * balance is drawn up:
 *
 *   front hits * (original - front hit) + table hits * (original - table hit) - misses * miss
 *
 * PROBING until it is positive (CACHING), or a budget of lost time is spent (BYPASSED); but where
 * samples leave it open, as they do for brief originals, a trial decides (trial.h). CACHING has a
 * credit that gains fill and losses drain, so that a cold start or a new working set is lived
 * through.
 *
 * ALONE is the front without the table, where that gains more: with many arguments that never come
 * back. Whether they do only a table can tell, and a larger one the better. So the table is given
 * 1/32 of the time that the calls take, then the front is alone until it was 1/128.
 *
 * BYPASSED, the slot is probed again when its losses so far, less its gains, are less than 1/128 of
 * what its calls would have taken without us, which then pays for no other loss. A slot that has
 * never paid and whose original is so cheap that even the stub's jump is felt is RELEASED: its
 * references are given back for good.
 *
 * Nothing here knows the process; guarded by the slot's lock, but for `mode`. */
#ifndef MEMO_COST_H
#define MEMO_COST_H

#include "cost/timing.h"
#include "cost/trial.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum mode { MODE_PROBING, MODE_CACHING, MODE_ALONE, MODE_BYPASSED, MODE_RELEASED };

/* What the way to a slot takes on this machine, in fine ticks. */
struct cost_machine {
    int64_t entry;     /* in and out of arch_enter */
    int64_t front_hit; /* of a typed front */
    int64_t clock;     /* that reading it twice adds to a sample */
};

struct cost {
    _Atomic(enum mode) mode;
    bool adaptive;
    bool can_be_alone;                       /* ALONE is possible */
    bool can_be_tried;                       /* a trial is possible */
    bool has_paid;                           /* it was CACHING or ALONE with a gain */
    struct timing original, hit, flat, miss; /* whole calls, but for the original */
    uint64_t front_hits, hits, misses;       /* of this window */
    int64_t balance;                         /* of this probe, or the credit */
    bool alone_pays;                         /* ALONE has gained, and was not left for a loss */
    int64_t unseen;            /* of trial_mode: what the trial found beyond samples, per call */
    int64_t table_loss, taken; /* what the table lost beside the front; what all took */
    int64_t debt;              /* losses less gains, not yet paid off by `spent` */
    int64_t share;             /* of hits among the calls of late, of 256 */
    uint64_t probe_hits, probe_calls; /* of this probe */
    uint32_t windows;                 /* of this mode */
    int64_t spent;                    /* what calls would take without us, less what paid debts */
    uint64_t probe_at;                /* in ticks: not before, where BYPASSED */
    struct trial trial;
    enum mode trial_mode; /* of its spans with the cache */
    bool sampled_gain;    /* before it */
};

struct cost_rates {
    int64_t original, front_hit, hit, miss; /* fine ticks; of a miss what it takes beyond */
};

/* `adaptive`: the rule decides, beginning with `mode`; else it is that mode for good. */
void cost_begin(struct cost *cost, bool adaptive, enum mode mode);

static inline enum mode cost_mode(const struct cost *cost)
{
    return atomic_load_explicit(&cost->mode, memory_order_relaxed);
}

/* True when the window has enough calls for cost_decide(). */
bool cost_is_due(const struct cost *cost);

/* `flat`: the front is searched behind arch_enter. */
struct cost_rates cost_rates(const struct cost *cost, const struct cost_machine *machine,
                             bool flat);

/* Draws up the balance, begins a new window, and returns the mode from now on, which it has set. */
enum mode cost_decide(struct cost *cost, const struct cost_machine *machine, bool flat,
                      uint64_t now);

/* While a trial runs: BYPASSED and the trial's other mode by turns, and nothing else is decided.
 * Ends a span; the last one decides. */
static inline bool cost_is_on_trial(const struct cost *cost)
{
    return cost->trial.running;
}
enum mode cost_end_span(struct cost *cost, const struct cost_machine *machine, bool flat,
                        uint64_t ticks, uint64_t calls, uint64_t now);

/* The trial can't be made, or ended: what the samples say holds. */
enum mode cost_end_trial(struct cost *cost, const struct cost_machine *machine, uint64_t now);

/* BYPASSED, and about so many calls have passed: begins a new probe when it is time. */
bool cost_probe(struct cost *cost, const struct cost_machine *machine, uint64_t passed,
                uint64_t now);

#endif
