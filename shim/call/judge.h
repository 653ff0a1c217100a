/* The cost rule at work: what calls took is counted and, when it is time, acted upon.
 *
 * Inside the guard, lock of the memo held, but where told. */
#ifndef MEMO_JUDGE_H
#define MEMO_JUDGE_H

#include "call/call.h"

/* A hit of the table; a miss whose original was called. */
void judge_hit(struct call *call);
void judge_miss(struct call *call, const struct outcome *outcome);

/* ALONE: a miss of the front, which nobody else knows of. Lock not held. */
void judge_alone(struct call *call, const struct outcome *outcome);

/* A hit of a flat front, timed. Lock not held. */
void judge_front_hit(struct call *call);

/* Lock not held. Whether a call of a slot that was let go is to be looked at after all: a new probe
 * begins with it. */
bool judge_probes(struct memo *memo);

/* What the way to a slot takes here; measured at the first call, some 5 us. */
const struct cost_machine *judge_machine(void);

#endif
