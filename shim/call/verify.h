/* Trust, but look: a share of the hits calls the original as well and compares everything. The
 * first difference is told in one line, the slot is cleared and bypassed for the rest of the run,
 * and the program gets what the original gave. */
#ifndef MEMO_VERIFY_H
#define MEMO_VERIFY_H

#include "call/call.h"

/* Every hit of every slot is verified. From the constructor. */
void verify_all(void);

/* Whether any hit of this slot is verified. */
bool verify_is_on(const struct memo *memo);

/* Is it this hit's turn? Lock held. */
bool verify_due(struct memo *memo);

/* Copies the entry to call->expected. Lock held. False: no memory; the hit is served as any. */
bool verify_expect(struct call *call, const struct table_entry *entry);

void verify_compare(struct call *call, const struct outcome *outcome);

void verify_forget(struct call *call);

#endif
