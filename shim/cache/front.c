#include "cache/front.h"

#include "cache/arena.h"

#include <stdatomic.h>
#include <string.h>

#define FIRST_BYTES  2048    /* of lines; with what belongs to them a small block of the arena */
#define GROWTH       16      /* 2 KiB, 32 KiB, 512 KiB */
#define LAST_BYTES   1048576 /* what a second-level cache holds */
#define LINE_ALIGN   64
#define FLAT_LINE    128
#define USES_MOST    8 /* times as many as there are lines are looked at for conflicts */
#define REFUSALS     8 /* to one line that takes the place of a used one without a table */
#define REST_FIRST   8 /* times as many lines as there are are not put in */
#define REST_LAST    512
#define REST_TAKES   16 /* but for one of so many */
#define TOUCHED_MORE 64 /* a signal between two instructions may note a line twice */
#define RADIX_BITS   6

/* Before the lines, up to them. */
struct head {
    uint64_t fills;        /* of half the clock, what is not hits */
    struct head *outgrown; /* of the lines before; they stay readable */
    void *block;           /* what all this is in */
    size_t size;           /* of it */
    uint32_t conflicts;    /* requests for room, of late, that would push out a used line */
    uint32_t asked;        /* all of them */
    uint64_t since;        /* the clock when their count began */
    uint32_t line_count;   /* that a hash leads to */
    uint32_t
        period_fills;     /* once it can't grow: fills of this period, as long as there are lines */
    uint64_t period_hits; /* all hits when it began */
    uint32_t refused;     /* in place of pending lines */
    uint32_t remembered;  /* keys, by came_before() */
    uint64_t taken;       /* hits that were asked for */
    uint32_t rest, rest_length; /* lines not to be put in; and the next time */
    uint64_t masks[FRONT_WORDS];
};

_Static_assert(sizeof(struct head) - offsetof(struct head, masks) == -FRONT_MASKS,
               "masks at lines");

static struct head *head_of(const struct front *front)
{
    return (struct head *)(front->lines - sizeof(struct head));
}

static struct front_line *line_at(unsigned char *lines, size_t offset)
{
    return (struct front_line *)(lines + offset);
}

void front_layout_flat(struct front_layout *layout)
{
    *layout = (struct front_layout){
        .key_words = FRONT_FLAT_WORDS, .value_words = FRONT_FLAT_VALUE / 8, .line_size = FLAT_LINE};
}

void front_layout_typed(struct front_layout *layout, uint32_t words, uint32_t values,
                        const uint64_t *masks, front_hash *hash)
{
    *layout = (struct front_layout){
        .key_words = words,
        .value_words = values,
        .line_size = !masks                               ? LINE_TEXT
                     : words + values <= LINE_SMALL_WORDS ? LINE_SMALL
                                                          : LINE_LARGE,
        .hash = hash,
    };
    if (masks) memcpy(layout->masks, masks, words * sizeof(*masks));
}

/* Whether a key of this hash is looked for in the line there. */
static bool leads_to(const struct front_layout *layout, uint32_t sets, uint32_t hash, size_t offset)
{
    return offset - (hash & sets) < FRONT_WAYS * layout->line_size;
}

/* A key that is looked for elsewhere, so that no comparison here finds it: 0, but in the set of 0.
 * Of a flat one, a size that no key has. */
static void blank(const struct front_layout *layout, uint32_t sets, unsigned char *lines,
                  size_t offset)
{
    struct front_line *line = line_at(lines, offset);
    memset(line, 0, layout->line_size);
    if (front_is_flat(layout)) {
        line->words[0] = UINT64_MAX;
        return;
    }
    while (leads_to(layout, sets, layout->hash(line->words, layout->key_words), offset))
        line->words[0]++;
}

/* Where lines are of which a hash leads to `count`. */
static void lines_place(struct front *front, const struct front_layout *layout, uint32_t count)
{
    front->sets = (count - 1) * layout->line_size;
    front->touched = (uint32_t *)(front->lines + front->sets + FRONT_WAYS * layout->line_size);
    front->touched_limit = count + TOUCHED_MORE;
    front->touched_count = 0;
}

/* Behind the last line. */
static size_t lines_end(const struct front *front)
{
    return (size_t)((unsigned char *)front->touched - front->lines);
}

/* Lines of `bytes` that hashes lead to, and the few behind them, in a new block, all blank; a front
 * of them in `front`, whose counts stay. */
static bool lines_make(struct front *front, const struct front_layout *layout, size_t bytes)
{
    uint32_t count = (uint32_t)(bytes / layout->line_size);
    size_t touched = 2 * (count + TOUCHED_MORE) * sizeof(uint32_t); /* and room to sort them */
    size_t more = (FRONT_WAYS - 1) * layout->line_size;
    size_t size = LINE_ALIGN + sizeof(struct head) + bytes + more + touched;
    unsigned char *block = arena_alloc(size);
    if (!block) return false;
    uintptr_t start = (uintptr_t)block + sizeof(struct head);
    front->lines = (unsigned char *)((start + LINE_ALIGN - 1) & ~(uintptr_t)(LINE_ALIGN - 1));
    lines_place(front, layout, count);
    struct head *head = head_of(front);
    *head =
        (struct head){.size = size, .block = block, .line_count = count, .rest_length = REST_FIRST, .remembered = UINT32_MAX};
    memcpy(head->masks, layout->masks, sizeof(head->masks));
    for (size_t offset = 0; offset < lines_end(front); offset += layout->line_size)
        blank(layout, front->sets, front->lines, offset);
    return true;
}

bool front_make(struct front *front, const struct front_layout *layout)
{
    struct front made = {.clock = 2, .replayed = 2, .epoch = FRONT_CLOSED};
    if (!lines_make(&made, layout, FIRST_BYTES)) return false;
    head_of(&made)->fills = 1;
    *front = made;
    return true;
}

void front_release(struct front *front)
{
    struct head *head = front->lines ? head_of(front) : NULL;
    front->epoch = FRONT_CLOSED;
    atomic_signal_fence(memory_order_seq_cst);
    *front = (struct front){.lines = NULL};
    while (head) {
        struct head *outgrown = head->outgrown;
        arena_free(head->block, head->size);
        head = outgrown;
    }
}

static bool same_key(const struct front_layout *layout, const uint64_t *left, const uint64_t *right)
{
    if (left[0] != right[0]) return false;
    uint32_t words = front_is_flat(layout) ? 1 + ((uint32_t)left[0] + 7) / 8 : layout->key_words;
    for (uint32_t i = 1; i < words; i++)
        if (left[i] != right[i]) return false;
    return true;
}

/* A flat key's hash is spread by its upper bits: the table's buckets are its lower ones. */
static size_t set_offset(const struct front *front, const struct front_layout *layout,
                         uint32_t hash)
{
    if (front_is_flat(layout)) hash = hash >> 8 ^ hash << 8;
    return hash & front->sets;
}

struct front_line *front_find(const struct front *front, const struct front_layout *layout,
                              const uint64_t *key, uint32_t hash)
{
    size_t offset = set_offset(front, layout, hash);
    for (int way = 0; way < FRONT_WAYS; way++, offset += layout->line_size) {
        struct front_line *line = line_at(front->lines, offset);
        if (same_key(layout, key, line->words)) return line;
    }
    return NULL;
}

static void note(struct front *front, const struct front_line *line)
{
    if (front->touched_count < front->touched_limit)
        front->touched[front->touched_count++] = (uint32_t)((unsigned char *)line - front->lines);
}

void front_touch(struct front *front, struct front_line *line)
{
    uint64_t seen = line->seen;
    line->seen = front->clock;
    front->clock += 2;
    if (seen < front->replayed) note(front, line);
}

/* Between these two nothing of this front is served, nor was by a hit that they interrupted. */
static uint64_t close_front(struct front *front)
{
    uint64_t epoch = front->epoch;
    front->epoch = FRONT_CLOSED;
    atomic_signal_fence(memory_order_seq_cst);
    front->clock += 2;
    head_of(front)->fills++;
    return epoch;
}

static void open_front(struct front *front, uint64_t epoch)
{
    atomic_signal_fence(memory_order_seq_cst);
    front->epoch = epoch;
}

/* The key's line, else the least recently used one of its set; of blank ones the first. */
static struct front_line *target(const struct front *front, const struct front_layout *layout,
                                 const uint64_t *key, uint32_t hash)
{
    size_t offset = set_offset(front, layout, hash);
    struct front_line *oldest = line_at(front->lines, offset);
    for (int way = 0; way < FRONT_WAYS; way++, offset += layout->line_size) {
        struct front_line *line = line_at(front->lines, offset);
        if (same_key(layout, key, line->words)) return line;
        if (line->seen < oldest->seen) oldest = line;
    }
    return oldest;
}

/* With its stamp as the last use. */
static void put(struct front *front, const struct front_layout *layout, struct front_line *to,
                const struct front_line *line, uint64_t seen)
{
    if (to->seen < front->replayed && seen >= front->replayed) note(front, to);
    memcpy(to, line, sizeof(*to) + 8 * (layout->key_words + layout->value_words));
    to->seen = seen;
}

static bool is_blank(const struct front *front, const struct front_layout *layout, size_t offset)
{
    const struct front_line *line = line_at(front->lines, offset);
    if (front_is_flat(layout)) return line->words[0] == UINT64_MAX;
    uint32_t hash = layout->hash(line->words, layout->key_words);
    return !leads_to(layout, front->sets, hash, offset);
}

/* A flat line's place comes from the table's hash, a typed one's from its own. */
static uint32_t place_of(const struct front_layout *layout, const struct front_line *line)
{
    return front_is_flat(layout) ? line->hash : layout->hash(line->words, layout->key_words);
}

/* In the order of the lines, each to the first blank one of its set: so none gets farther from
 * where its hash leads, or finds its set full. But for the few behind the last that hashes lead to:
 * others have filled the lines there by then. False: a pending one has no room. */
static bool move_lines(struct front *larger, const struct front *front,
                       const struct front_layout *layout)
{
    for (size_t offset = 0; offset < lines_end(front); offset += layout->line_size) {
        const struct front_line *line = line_at(front->lines, offset);
        if (is_blank(front, layout, offset)) continue; /* its stamp may be an interrupted hit's */
        struct front_line *to = target(larger, layout, line->words, place_of(layout, line));
        if (!front_is_pending(larger, to))
            put(larger, layout, to, line, line->seen);
        else if (front_is_pending(front, line))
            return false;
    }
    return true;
}

static void grow(struct front *front, const struct front_layout *layout)
{
    struct front larger = *front;
    struct head *head = head_of(front);
    size_t bytes = (size_t)head->line_count * layout->line_size;
    size_t next = bytes * GROWTH < LAST_BYTES ? bytes * GROWTH : LAST_BYTES;
    head->conflicts = 0;
    if (bytes >= LAST_BYTES || !arena_is_roomy(next) || !lines_make(&larger, layout, next)) return;
    head_of(&larger)->fills = head->fills;
    head_of(&larger)->outgrown = head;
    head_of(&larger)->taken = head->taken;
    head_of(&larger)->since = front->clock;
    if (move_lines(&larger, front, layout))
        *front = larger;
    else
        arena_free(head_of(&larger)->block, head_of(&larger)->size);
}

uint64_t front_hits(const struct front *front)
{
    uint64_t clock = __atomic_load_n(&front->clock, __ATOMIC_RELAXED);
    if (!front->lines) return 0;
    uint64_t fills = __atomic_load_n(&head_of(front)->fills, __ATOMIC_RELAXED);
    return clock / 2 > fills ? clock / 2 - fills : 0;
}

/* Odd, and by the second bit of which use. A first one counts as four times as old as it is. */
static uint64_t stamp_of_fill(const struct front *front, enum front_use use)
{
    return use == FRONT_FIRST ? front->clock / 4 | 3 : ((front->clock - 1) & ~(uint64_t)2);
}

static bool is_first(uint64_t stamp)
{
    return stamp % 4 == 3;
}

/* A few conflicts there always are, by keys that never come back or share a set. More lines make
 * every hit dearer; they are worth it for a quarter of the requests, or one in 32 of all uses. */
static bool is_crowded(const struct front *front)
{
    return head_of(front)->conflicts > head_of(front)->line_count / 4;
}

static void count_conflict(const struct front *front, const struct front_line *to)
{
    struct head *head = head_of(front);
    uint64_t uses = (front->clock - head->since) / 2;
    bool over = ++head->asked > head->line_count || uses > USES_MOST * (uint64_t)head->line_count;
    if (over && !is_crowded(front)) {
        head->asked = head->conflicts = 0;
        head->since = front->clock;
    }
    head->conflicts += to->seen && !is_first(to->seen);
}

/* Whether the key was here before, as far as that is remembered: 32 bits to a line, one to a key, all
 * forgotten when a quarter are set. Their memory is that of replays, of which there are none where
 * there is no table. */
static bool came_before(struct front *front, uint32_t hash)
{
    struct head *head = head_of(front);
    uint32_t *bits = front->touched + front->touched_limit, spread = hash * 0x9e3779b1u;
    uint32_t *word = &bits[spread >> 5 & (head->line_count - 1)], bit = (uint32_t)1 << (spread & 31);
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
    if (head->line_count * layout->line_size == FIRST_BYTES) head->conflicts = head->line_count;
    if (is_crowded(front)) return FRONT_ROOM;
    count_conflict(front, to);
    bool held = to->seen > stamp_of_fill(front, FRONT_FIRST) && !is_first(to->seen);
    return held && ++head->refused % REFUSALS ? FRONT_NO_ROOM : FRONT_ROOM;
}

enum front_room front_room(struct front *front, const struct front_layout *layout,
                           const uint64_t *key, uint32_t hash, enum front_use use)
{
    struct head *head = head_of(front);
    const struct front_line *to = target(front, layout, key, hash);
    bool resting = head->rest != 0;
    if (resting && --head->rest % REST_TAKES) return FRONT_NO_ROOM;
    bool same = same_key(layout, key, to->words);
    if (use == FRONT_FIRST) return same ? FRONT_ROOM : room_of_first(front, layout, to, hash);
    if (!same) count_conflict(front, to);
    if (front->touched_count >= head->line_count || is_crowded(front))
        return FRONT_ROOM_AFTER_REPLAY;
    if (same || !front_is_pending(front, to)) return FRONT_ROOM;
    if (resting || ++head->refused < front->touched_count) return FRONT_NO_ROOM;
    head->refused = 0;
    return FRONT_ROOM_AFTER_REPLAY;
}

/* After each period: fewer hits than fills? */
static void judge(struct front *front)
{
    struct head *head = head_of(front);
    uint64_t hits = front_hits(front);
    if (head->rest || ++head->period_fills < head->line_count) return;
    bool useful = hits - head->period_hits >= head->period_fills;
    head->rest = useful ? 0 : head->line_count * head->rest_length;
    head->rest_length = useful                          ? REST_FIRST
                        : head->rest_length < REST_LAST ? 2 * head->rest_length
                                                        : REST_LAST;
    head->period_fills = 0;
    head->period_hits = hits;
}

void front_fill(struct front *front, const struct front_layout *layout,
                const struct front_line *line, uint32_t hash, enum front_use use)
{
    uint64_t epoch = close_front(front);
    if (is_crowded(front)) grow(front, layout);
    struct front_line *to = target(front, layout, line->words, hash);
    /* Of pending lines that have moved there, or that a handler has hit since room was asked for. */
    bool full = use == FRONT_AGAIN && front_is_pending(front, to) &&
                !same_key(layout, line->words, to->words);
    if (!full) put(front, layout, to, line, stamp_of_fill(front, use));
    open_front(front, epoch);
    if (head_of(front)->line_count * layout->line_size == LAST_BYTES) judge(front);
}

void front_erase(struct front *front, const struct front_layout *layout, struct front_line *line)
{
    uint64_t epoch = close_front(front);
    blank(layout, front->sets, front->lines, (size_t)((unsigned char *)line - front->lines));
    open_front(front, epoch);
}

/* A change that was left by a jump leaves the front closed, and perhaps half of it done: nothing
 * but the lines' own head is relied on. */
void front_empty(struct front *front, const struct front_layout *layout, uint64_t epoch)
{
    bool torn = close_front(front) == FRONT_CLOSED;
    lines_place(front, layout, head_of(front)->line_count);
    for (size_t offset = 0; offset < lines_end(front); offset += layout->line_size)
        if (torn || line_at(front->lines, offset)->seen)
            blank(layout, front->sets, front->lines, offset);
    front->replayed = front->clock;
    open_front(front, epoch);
}

static uint32_t digit(const struct front *front, uint32_t offset, unsigned shift)
{
    uint64_t since = line_at(front->lines, offset)->seen - front->replayed;
    return since >> shift & ((1 << RADIX_BITS) - 1);
}

/* Least-significant-digit radix sort (Knuth, volume 3, 5.2.5) by the time since the last replay: no
 * comparison that a branch predictor could get wrong. `other` has as much room. Gives the one of the
 * two that the result is in. Of a line that was noted twice, both are side by side. */
static uint32_t *sort_touched(const struct front *front, uint32_t *touched, uint32_t *other,
                              uint32_t count)
{
    uint64_t range = count > 1 ? front->clock - front->replayed : 0;
    for (unsigned shift = 1; shift < 64 && range >> shift; shift += RADIX_BITS) { /* bit 0: hit or fill */
        uint32_t places[1 << RADIX_BITS] = {0}, place = 0;
        for (uint32_t i = 0; i < count; i++)
            places[digit(front, touched[i], shift)]++;
        for (uint32_t i = 0; i < 1 << RADIX_BITS; i++) {
            uint32_t many = places[i];
            places[i] = place;
            place += many;
        }
        for (uint32_t i = 0; i < count; i++)
            other[places[digit(front, touched[i], shift)]++] = touched[i];
        uint32_t *sorted = other;
        other = touched;
        touched = sorted;
    }
    return touched;
}

/* What is noted is a pending line for certain once this has passed it: a hit that a signal
 * interrupts while it notes may leave the offset of a line that has been outgrown, or a place
 * unwritten. Fills are noted, too, and most of what is where few calls hit: sorting is dear, so
 * they go here. */
static uint32_t true_notes(struct front *front, const struct front_layout *layout)
{
    uint32_t count = 0, noted = front->touched_count;
    size_t end = lines_end(front);
    if (noted > front->touched_limit) noted = front->touched_limit;
    for (uint32_t i = 0; i < noted; i++) {
        uint32_t offset = front->touched[i];
        if (offset >= end || offset % layout->line_size != 0) continue;
        if (front_is_pending(front, line_at(front->lines, offset)))
            front->touched[count++] = offset;
    }
    return count;
}

/* Closed meanwhile: a hit in a handler would change a stamp between two passes of the sort.
 * With nothing noted there may be a pending line all the same, whose hit was interrupted. It is
 * none afterwards: who asks for a replay until nothing is pending must come to an end. */
void front_replay(struct front *front, const struct front_layout *layout,
                  void (*visit)(void *data, const struct front_line *line), void *data)
{
    uint64_t epoch = front->epoch;
    front->epoch = FRONT_CLOSED;
    atomic_signal_fence(memory_order_seq_cst);
    uint32_t count = visit ? true_notes(front, layout) : 0;
    const uint32_t *touched =
        sort_touched(front, front->touched, front->touched + front->touched_limit, count);
    for (uint32_t i = count; i-- > 0;) {
        const struct front_line *line = line_at(front->lines, touched[i]);
        if (front_is_pending(front, line)) visit(data, line);
    }
    front->replayed = front->clock;
    front->touched_count = 0;
    head_of(front)->remembered = UINT32_MAX;
    open_front(front, epoch);
}

uint64_t front_take_hits(struct front *front)
{
    uint64_t hits = front_hits(front), before = head_of(front)->taken;
    head_of(front)->taken = hits;
    return hits > before ? hits - before : 0; /* a handler's may have been forgotten */
}

void front_count_from_zero(struct front *front)
{
    front->misses = 0;
    if (!front->lines) return;
    head_of(front)->fills = front->clock / 2;
    head_of(front)->taken = head_of(front)->period_hits = 0;
}
