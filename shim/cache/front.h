/* The front: one thread's small private cache of one slot, before the table. Bytes to bytes.
 *
 * A line holds a key, its value and when it was last used; a hit changes nothing else, takes no
 * lock and may be made by hand-written code (arch/<cpu>/paths.S), which knows this layout by
 * front_offsets.h. The front grows while lines that were used again push each other out.
 *
 * A key's set is the FRONT_WAYS lines from the one on that its hash leads to, so sets overlap, and
 * behind the last line that a hash leads to are FRONT_WAYS - 1 more. Half full, such a front has no
 * room for 2 keys of 100 and shows 4 of 5 at the first look; sets of two that don't overlap have
 * none for 10.
 *
 * The order of uses. DESIGN 2 has a log of hits, replayed into the table's order; a full log costs
 * a lock and a walk every so many hits. Only the last use of a line since the last replay decides
 * the order, so a hit stamps its line with the front's clock, and the first one since the last
 * replay also notes the line as touched. A replay sorts the touched by their stamps. No log can be
 * full, and a front that only hits never leaves its few instructions. A replay is due when a line
 * whose stamp the table lacks is pushed out, or when such an entry is about to be evicted.
 *
 * Stamps are even for hits and odd for fills, of which the table knows.
 *
 * Used by its own thread alone. A signal handler may come between any two instructions, and call a
 * function that hits or fills this front:
 * - front_fill() and the like close the front (its epoch is nobody's) while they change it, so that
 *   a hit in a handler fails.
 * - A hit that was interrupted finds the clock advanced, and fails.
 * - Outgrown lines stay readable until front_release().
 * Everything but a hit is made inside the guard (thread.h), so never twice at a time. */
#ifndef MEMO_FRONT_H
#define MEMO_FRONT_H

#include "cache/front_offsets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRONT_CLOSED 0 /* an epoch that no slot has */

/* FLAT keys: a word with their size, then their bytes, zero behind them up to a whole word. */
#define FRONT_FLAT_KEY   64
#define FRONT_FLAT_VALUE 40
#define FRONT_FLAT_WORDS (1 + FRONT_FLAT_KEY / 8)

struct front {
    unsigned char *lines; /* NULL: not made yet */
    uint64_t clock;       /* 2, and two more for each hit and each fill */
    uint64_t epoch;       /* of the slot, when what the lines hold was right */
    uint64_t replayed;    /* the clock at the last replay */
    uint32_t *touched;    /* offsets of lines whose stamp is not below that */
    uint32_t touched_count, touched_limit;
    uint32_t sets;     /* mask: bytes from `lines` to the first line of a set */
    uint32_t misses;   /* the caller's: not yet told elsewhere */
    uint32_t placed;   /* the caller's: what it has to know of the last replay */
    int32_t countdown; /* calls without the cache until one is looked at: see arch_count */
};

typedef uint32_t front_hash(const uint64_t *words, uint32_t count);

/* What is the same for all fronts of a slot. */
struct front_layout {
    uint32_t key_words;   /* in a line; FRONT_FLAT_WORDS: flat keys */
    uint32_t value_words; /* in a line */
    uint32_t line_size;
    front_hash *hash;            /* NULL: flat */
    uint64_t masks[FRONT_WORDS]; /* bytes that count, of each word of a typed key */
};

struct front_line {
    uint64_t seen;       /* clock at the last use; 0: holds nothing, and a key of no set it is in */
    uint32_t errno_mask; /* serves callers whose errno has none of these bits */
    uint32_t hash;       /* of the key in the table */
    uint64_t words[];    /* key, value */
};

_Static_assert(offsetof(struct front, epoch) == FRONT_EPOCH, "front_offsets.h");
_Static_assert(offsetof(struct front, clock) == FRONT_CLOCK, "front_offsets.h");
_Static_assert(offsetof(struct front, replayed) == FRONT_REPLAYED, "front_offsets.h");
_Static_assert(offsetof(struct front, touched) == FRONT_TOUCHED, "front_offsets.h");
_Static_assert(offsetof(struct front, touched_count) == FRONT_TOUCHED_COUNT, "front_offsets.h");
_Static_assert(offsetof(struct front, touched_limit) == FRONT_TOUCHED_LIMIT, "front_offsets.h");
_Static_assert(offsetof(struct front, sets) == FRONT_SETS, "front_offsets.h");
_Static_assert(offsetof(struct front, countdown) == FRONT_COUNTDOWN, "front_offsets.h");
_Static_assert(sizeof(struct front) == FRONT_SIZE, "front_offsets.h");
_Static_assert(offsetof(struct front_line, errno_mask) == LINE_ERRNO, "front_offsets.h");
_Static_assert(offsetof(struct front_line, hash) == LINE_HASH, "front_offsets.h");
_Static_assert(offsetof(struct front_line, words) == LINE_KEY, "front_offsets.h");

void front_layout_flat(struct front_layout *layout);

/* For up to FRONT_WORDS words of key, each with its mask, and `values` of value; for a text,
 * without masks, and one word of value. */
void front_layout_typed(struct front_layout *layout, uint32_t words, uint32_t values,
                        const uint64_t *masks, front_hash *hash);

static inline bool front_is_flat(const struct front_layout *layout)
{
    return layout->hash == NULL;
}

/* Memory for the first lines. False: none to be had. */
bool front_make(struct front *front, const struct front_layout *layout);

/* All memory back; the hits are forgotten. */
void front_release(struct front *front);

/* `hash` places the key: layout->hash of a typed one, the table's own of a flat one. */
struct front_line *front_find(const struct front *front, const struct front_layout *layout,
                              const uint64_t *key, uint32_t hash);

/* A hit made in C: the line's use is noted. */
void front_touch(struct front *front, struct front_line *line);

/* Most keys of most programs never come back: so with a table, only what that had is put in.
 * Without, a first use seldom pushes out what was used twice, and is the first to go. Its line may
 * take the place of a pending one. */
enum front_use { FRONT_FIRST, FRONT_AGAIN };

/* Whether a line is to be put in for a key. Not where more keys go round than lines hold: each
 * would push out another before its next use; most that is there stays then, and is hit. Nor yet in
 * place of a pending line, which would call for a replay, until so many were refused that it is
 * worth one: AFTER_REPLAY. */
enum front_room { FRONT_NO_ROOM, FRONT_ROOM, FRONT_ROOM_AFTER_REPLAY };

enum front_room front_room(struct front *front, const struct front_layout *layout,
                           const uint64_t *key, uint32_t hash, enum front_use use);

/* Puts a line in for which there is room, in place of the same key or of the least recently used
 * one of its set. It is not pending: the table has that use. `line` has key_words + value_words
 * words. */
void front_fill(struct front *front, const struct front_layout *layout,
                const struct front_line *line, uint32_t hash, enum front_use use);

/* Takes a line that front_find() gave out. */
void front_erase(struct front *front, const struct front_layout *layout, struct front_line *line);

/* Takes everything out; what is put in from now on is of `epoch`. */
void front_empty(struct front *front, const struct front_layout *layout, uint64_t epoch);

/* True while the last use of `line` is a hit that was not replayed. */
static inline bool front_is_pending(const struct front *front, const struct front_line *line)
{
    return line->seen >= front->replayed && line->seen % 2 == 0;
}

/* Calls `visit` for the lines whose last use is pending, the most recent one first; for one that
 * was erased and filled anew perhaps twice in a row. NULL: the order does not matter to anyone.
 * Nothing is pending afterwards. */
void front_replay(struct front *front, const struct front_layout *layout,
                  void (*visit)(void *data, const struct front_line *line), void *data);

/* Hits since front_make(), or since front_count_from_zero(). Another thread's may be read too. */
uint64_t front_hits(const struct front *front);

/* Those since the last time this was asked. Its own thread only. */
uint64_t front_take_hits(struct front *front);
void front_count_from_zero(struct front *front);

#endif
