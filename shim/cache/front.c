#include "cache/front.h"

#include "cache/arena.h"
#include "cache/front_lines.h"

#include <string.h>

#define GROWTH       16 /* 2 KiB, 32 KiB, 512 KiB */
#define LINE_ALIGN   64
#define FLAT_LINE    128
#define TOUCHED_MORE 64 /* a signal between two instructions may note a line twice */

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
    *head = (struct head){.size = size,
                          .block = block,
                          .line_count = count,
                          .rest_length = FRONT_REST_FIRST,
                          .remembered = UINT32_MAX};
    memcpy(head->masks, layout->masks, sizeof(head->masks));
    for (size_t offset = 0; offset < lines_end(front); offset += layout->line_size)
        blank(layout, front->sets, front->lines, offset);
    return true;
}

bool front_make(struct front *front, const struct front_layout *layout)
{
    struct front made = {.clock = 2, .replayed = 2, .epoch = FRONT_CLOSED};
    if (!lines_make(&made, layout, FRONT_FIRST_BYTES)) return false;
    head_of(&made)->fills = 1;
    *front = made;
    return true;
}

void front_release(struct front *front)
{
    struct head *head = front->lines ? head_of(front) : NULL;
    shut_front(front);
    *front = (struct front){.lines = NULL};
    while (head) {
        struct head *outgrown = head->outgrown;
        arena_free(head->block, head->size);
        head = outgrown;
    }
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

struct front_line *front_target(const struct front *front, const struct front_layout *layout,
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
        struct front_line *to = front_target(larger, layout, line->words, place_of(layout, line));
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
    size_t next = bytes * GROWTH < FRONT_LAST_BYTES ? bytes * GROWTH : FRONT_LAST_BYTES;
    head->conflicts = 0;
    if (bytes >= FRONT_LAST_BYTES || !arena_is_roomy(next) || !lines_make(&larger, layout, next))
        return;
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

void front_fill(struct front *front, const struct front_layout *layout,
                const struct front_line *line, uint32_t hash, enum front_use use)
{
    uint64_t epoch = close_front(front);
    if (front_is_crowded(front)) grow(front, layout);
    struct front_line *to = front_target(front, layout, line->words, hash);
    /* Of pending lines that have moved there, or that a handler has hit since room was asked for.
     */
    bool full = use == FRONT_AGAIN && front_is_pending(front, to) &&
                !same_key(layout, line->words, to->words);
    if (!full) put(front, layout, to, line, stamp_of_fill(front, use));
    open_front(front, epoch);
    if (head_of(front)->line_count * layout->line_size == FRONT_LAST_BYTES) front_judge(front);
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
