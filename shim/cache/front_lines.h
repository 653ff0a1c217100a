/* What the files of the front share: where its lines are, and what is kept beside them. Contract in
 * cache/front.h; for front*.c alone. */
#ifndef MEMO_FRONT_LINES_H
#define MEMO_FRONT_LINES_H

#include "cache/front.h"

#include <stdatomic.h>

#define FRONT_FIRST_BYTES 2048    /* of lines; the whole is a small block of the arena */
#define FRONT_LAST_BYTES  1048576 /* what a second-level cache holds */
#define FRONT_REST_FIRST  8       /* times as many lines as there are are not put in */

/* Before the lines, up to them. */
struct head {
    uint64_t fills;             /* of half the clock, what is not hits */
    struct head *outgrown;      /* of the lines before; they stay readable */
    void *block;                /* what all this is in */
    size_t size;                /* of it */
    uint32_t conflicts;         /* requests for room, of late, that would push out a used line */
    uint32_t asked;             /* all of them */
    uint64_t since;             /* the clock when their count began */
    uint32_t line_count;        /* that a hash leads to */
    uint32_t period_fills;      /* once it can't grow: fills of this period, as long as lines */
    uint64_t period_hits;       /* all hits when it began */
    uint32_t refused;           /* in place of pending lines */
    uint32_t remembered;        /* keys, by came_before() */
    uint64_t taken;             /* hits that were asked for */
    uint32_t rest, rest_length; /* lines not to be put in; and the next time */
    uint64_t masks[FRONT_WORDS];
};

_Static_assert(sizeof(struct head) - offsetof(struct head, masks) == -FRONT_MASKS,
               "masks at lines");

static inline struct head *head_of(const struct front *front)
{
    return (struct head *)(front->lines - sizeof(struct head));
}

static inline struct front_line *line_at(unsigned char *lines, size_t offset)
{
    return (struct front_line *)(lines + offset);
}

/* Behind the last line. */
static inline size_t lines_end(const struct front *front)
{
    return (size_t)((unsigned char *)front->touched - front->lines);
}

static inline bool same_key(const struct front_layout *layout, const uint64_t *left,
                            const uint64_t *right)
{
    if (left[0] != right[0]) return false;
    uint32_t words = front_is_flat(layout) ? 1 + ((uint32_t)left[0] + 7) / 8 : layout->key_words;
    for (uint32_t i = 1; i < words; i++)
        if (left[i] != right[i]) return false;
    return true;
}

/* Behind what is noted as touched, as much room again: to sort it in, or for came_before(). */
static inline uint32_t *spare_of(const struct front *front)
{
    return front->touched + front->touched_limit;
}

/* Until open_front() nothing of this front is served. */
static inline uint64_t shut_front(struct front *front)
{
    uint64_t epoch = front->epoch;
    front->epoch = FRONT_CLOSED;
    atomic_signal_fence(memory_order_seq_cst);
    return epoch;
}

/* The same, nor was by a hit that this has interrupted. */
static inline uint64_t close_front(struct front *front)
{
    uint64_t epoch = shut_front(front);
    front->clock += 2;
    head_of(front)->fills++;
    return epoch;
}

static inline void open_front(struct front *front, uint64_t epoch)
{
    atomic_signal_fence(memory_order_seq_cst);
    front->epoch = epoch;
}

/* The key's line, else the least recently used one of its set; of blank ones the first. */
struct front_line *front_target(const struct front *front, const struct front_layout *layout,
                                const uint64_t *key, uint32_t hash);

/* Stamps of fills are odd, and tell by the second bit of which use. A first one counts as four
 * times as old as it is. */
static inline uint64_t stamp_of_fill(const struct front *front, enum front_use use)
{
    return use == FRONT_FIRST ? front->clock / 4 | 3 : ((front->clock - 1) & ~(uint64_t)2);
}

static inline bool stamp_is_first(uint64_t stamp)
{
    return stamp % 4 == 3;
}

/* Lines are asked for so often in place of used ones that there should be more. */
static inline bool front_is_crowded(const struct front *front)
{
    return head_of(front)->conflicts > head_of(front)->line_count / 4;
}

/* After a fill of a front that can't grow. */
void front_judge(struct front *front);

#endif
