/* The fronts of all slots and threads: which slots have one, what goes in, when it is dropped.
 *
 * A slot's front is TYPED where the stub itself answers (arch/<cpu>/paths.S): all arguments are in
 * registers and nothing but them decides. It is FLAT, searched by memo.c on the way to the table,
 * for any other signature, whose small keys and values it holds as the table has them. Which thread
 * has which is shares.h's. */
#ifndef MEMO_FRONTS_H
#define MEMO_FRONTS_H

#include "cache/front.h"
#include "call/call.h"
#include "call/shares.h"

/* Decides what front `memo` has; its plan and options are set, it is not published yet. */
void fronts_choose(struct memo *memo);

/* What the stub of `memo` jumps to while its front serves. */
void *fronts_entry(const struct memo *memo);

/* FLAT: answers from the front, or not. The value is in the caller's hands then. */
bool fronts_serve(struct call *call);

/* Inside the guard and with the lock of `memo` held: */

/* Before uses of the table: they come after this thread's hits so far. */
void fronts_stamp(struct memo *memo);

/* A hit of the table, by `entry`: the next one may be the front's. */
void fronts_keep(const struct call *call, struct table_entry *entry);

/* Inside the guard alone: */

/* The slot's front works without the table; the call is a miss that can be stored. */
void fronts_keep_alone(const struct call *call, const struct effects *effects);

#endif
