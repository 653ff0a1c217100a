/* Which lines are put into a front. */
#include "cache/front_lines.h"

#include <string.h>

#define USES_MOST  8  /* times as many as there are lines are looked at for conflicts */
#define REFUSALS   8  /* to one line that takes the place of a used one without a table */
#define REST_TAKES 16 /* lines of which one is put in, where the others are not */
#define REST_LAST  512

/* A few conflicts there always are, by keys that never come back or share a set. More lines make
 * every hit dearer; they are worth it for a quarter of the requests, or one in 32 of all uses. */
static void count_conflict(const struct front *front, const struct front_line *to)
{
    struct head *head = head_of(front);
    uint64_t uses = (front->clock - head->since) / 2;
    bool over = ++head->asked > head->line_count || uses > USES_MOST * (uint64_t)head->line_count;
    if (over && !front_is_crowded(front)) {
        head->asked = head->conflicts = 0;
        head->since = front->clock;
    }
    head->conflicts += to->seen && !stamp_is_first(to->seen);
}

/* Whether the key was here before, as far as that is remembered: 32 bits to a line, one to a key,
 * all forgotten when a quarter are set. Their memory is that of replays, of which there are none
 * where there is no table. */
static bool came_before(struct front *front, uint32_t hash)
{
    struct head *head = head_of(front);
    uint32_t *bits = spare_of(front), spread = hash * 0x9e3779b1u;
    uint32_t *word = &bits[spread >> 5 & (head->line_count - 1)];
    uint32_t bit = (uint32_t)1 << (spread & 31);
    if (head->remembered >= 8 * head->line_count) {
        memset(bits, 0, head->line_count * sizeof(*bits));
        head->remembered = 0;
    }
    bool before = *word & bit;
    head->remembered += !before;
    *word |= bit;
    return before;
}

/* Where no table is told of its uses, a line that was used again makes way now and then, or when it
 * has not been for long. Lines of the first size hardly see a key twice among others. */
static enum front_room room_of_first(struct front *front, const struct front_layout *layout,
                                     const struct front_line *to, uint32_t hash)
{
    struct head *head = head_of(front);
    if (!came_before(front, hash)) return FRONT_NO_ROOM;
    if (!to->seen) return FRONT_ROOM;
    if (head->line_count * layout->line_size == FRONT_FIRST_BYTES)
        head->conflicts = head->line_count;
    if (front_is_crowded(front)) return FRONT_ROOM;
    count_conflict(front, to);
    bool held = to->seen > stamp_of_fill(front, FRONT_FIRST) && !stamp_is_first(to->seen);
    return held && ++head->refused % REFUSALS ? FRONT_NO_ROOM : FRONT_ROOM;
}

enum front_room front_room(struct front *front, const struct front_layout *layout,
                           const uint64_t *key, uint32_t hash, enum front_use use)
{
    struct head *head = head_of(front);
    const struct front_line *to = front_target(front, layout, key, hash);
    bool resting = head->rest != 0;
    if (resting && --head->rest % REST_TAKES) return FRONT_NO_ROOM;
    bool same = same_key(layout, key, to->words);
    if (use == FRONT_FIRST) return same ? FRONT_ROOM : room_of_first(front, layout, to, hash);
    if (!same) count_conflict(front, to);
    if (front->touched_count >= head->line_count || front_is_crowded(front))
        return FRONT_ROOM_AFTER_REPLAY;
    if (same || !front_is_pending(front, to)) return FRONT_ROOM;
    if (resting || ++head->refused < front->touched_count) return FRONT_NO_ROOM;
    head->refused = 0;
    return FRONT_ROOM_AFTER_REPLAY;
}

/* After each period: fewer hits than fills? */
void front_judge(struct front *front)
{
    struct head *head = head_of(front);
    uint64_t hits = front_hits(front);
    if (head->rest || ++head->period_fills < head->line_count) return;
    bool useful = hits - head->period_hits >= head->period_fills;
    head->rest = useful ? 0 : head->line_count * head->rest_length;
    head->rest_length = useful                          ? FRONT_REST_FIRST
                        : head->rest_length < REST_LAST ? 2 * head->rest_length
                                                        : REST_LAST;
    head->period_fills = 0;
    head->period_hits = hits;
}
