#include "call/fronts.h"

#include "call/typed.h"

#include <string.h>

static bool leave(struct table *table, struct table_entry *entry, bool evicting);
static void fronts_replay(struct memo *memo);

void fronts_choose(struct memo *memo)
{
    const struct section_options *options = &memo->entry->options;
    if (memo->clears || memo->verifies) return;
    if (!options->maxsize || options->ttl_ns) return;
    memo->table.leave = leave;
    memo->front = FRONT_TYPED;
    if (!memo->depends && typed_choose(memo)) return;
    memo->front = FRONT_FLAT;
    front_layout_flat(&memo->layout);
}

void *fronts_entry(const struct memo *memo)
{
    return memo->front == FRONT_TYPED ? memo->front_entry : (void *)arch_enter;
}

union line {
    struct front_line head;
    uint64_t words[16];
};

static void flat_key(const unsigned char *key, size_t size, uint64_t *words)
{
    words[0] = size;
    words[(size + 7) / 8] = 0;
    memcpy(words + 1, key, size);
}

/* Without the table's lock when the call is alone, whatever the slot's mode is by now. */
static bool fill(const struct call *call, uint64_t epoch, const struct front_line *line,
                 uint32_t hash, enum front_use use)
{
    struct memo *memo = call->memo;
    struct front *front = front_of_thread(memo, epoch);
    if (!front) return false;
    enum front_room room = front_room(front, &memo->layout, line->words, hash, use);
    if (room == FRONT_NO_ROOM) return false;
    if (room == FRONT_ROOM_AFTER_REPLAY && call->alone)
        front_replay(front, &memo->layout, NULL, NULL);
    else if (room == FRONT_ROOM_AFTER_REPLAY)
        fronts_replay(memo);
    front_fill(front, &memo->layout, line, hash, use);
    return true;
}

/* Can a call with these effects be in a front at all? */
static bool frontable(const struct call *call, enum errno_effect errno_effect, unsigned floating)
{
    const struct memo *memo = call->memo;
    if (memo->front == FRONT_NONE || floating || errno_effect == ERRNO_SET) return false;
    if (memo->front == FRONT_FLAT) return call->key_size <= FRONT_FLAT_KEY;
    return typed_has_key(memo, call->key, call->key_size) && typed_outputs_there(call);
}

/* Key, place and conditions; of a typed one, the value too. */
static uint32_t begin_line(const struct call *call, enum errno_effect errno_effect,
                           struct front_line *line)
{
    line->errno_mask = errno_effect == ERRNO_UNKNOWN ? UINT32_MAX : 0;
    line->hash = call->hash;
    if (call->memo->front == FRONT_TYPED) return typed_line(call, line);
    flat_key(call->key, call->key_size, line->words);
    return call->hash;
}

void fronts_keep(const struct call *call, struct table_entry *entry)
{
    struct memo *memo = call->memo;
    union line line;
    if (!frontable(call, entry->errno_effect, entry->floating_effects)) return;
    if (memo->front == FRONT_FLAT && entry->value_size > FRONT_FLAT_VALUE) return;
    uint32_t hash = begin_line(call, entry->errno_effect, &line.head);
    if (memo->front == FRONT_FLAT)
        memcpy(line.head.words + FRONT_FLAT_WORDS, table_value(entry), entry->value_size);
    entry->in_front |= fill(call, slot_epoch(&memo->slot), &line.head, hash, FRONT_AGAIN);
}

void fronts_keep_alone(const struct call *call, const struct effects *effects)
{
    struct memo *memo = call->memo;
    union line line;
    if (!frontable(call, effects->errno_effect, effects->floating)) return;
    uint32_t hash = begin_line(call, effects->errno_effect, &line.head);
    if (memo->front == FRONT_FLAT) {
        size_t size = value_size(&memo->plan, call->registers, call->buffers);
        if (size > FRONT_FLAT_VALUE) return;
        value_capture(&memo->plan, call->registers, call->buffers,
                      (unsigned char *)(line.head.words + FRONT_FLAT_WORDS));
    }
    fill(call, call->epoch, &line.head, hash, FRONT_FIRST);
}

/* This thread's line of an entry. */
static struct front_line *line_of(const struct memo *memo, const struct front *front,
                                  const struct table_entry *entry)
{
    uint64_t words[FRONT_FLAT_WORDS + 1];
    size_t size = entry->hh.keylen;
    if (memo->front == FRONT_FLAT) {
        if (size > FRONT_FLAT_KEY) return NULL;
        flat_key(entry->bytes, size, words);
        return front_find(front, &memo->layout, words, entry->hh.hashv);
    }
    if (!typed_has_key(memo, entry->bytes, size)) return NULL;
    uint32_t hash = typed_words(memo, entry->bytes, words);
    return front_find(front, &memo->layout, words, hash);
}

/* One that was hit is later than all that had their places at the last replay, whenever it was: so
 * only before one of the others goes, all must get theirs. */
static bool leave(struct table *table, struct table_entry *entry, bool evicting)
{
    struct memo *memo = memo_of_table(table);
    struct front *front = fronts_current(memo);
    if (!front) return true;
    bool early = entry->placed < front->replayed && !table_is_postponed(entry);
    if (evicting && table->postponed && !early) {
        fronts_replay(memo);
        return false;
    }
    struct front_line *line = entry->in_front ? line_of(memo, front, entry) : NULL;
    if (!line) return true;
    bool used = evicting && front_is_pending(front, line);
    if (!used)
        front_erase(front, &memo->layout, line);
    else if (early)
        table_postpone(table, entry);
    else
        fronts_replay(memo);
    return !used;
}

/* A replay under way: see table_place(). */
struct replay {
    struct memo *memo;
    struct table_entry *cursor;
    uint64_t steps;
};

static void replay(void *data, const struct front_line *line)
{
    struct replay *at = data;
    struct memo *memo = at->memo;
    unsigned char own[FRONT_FLAT_KEY];
    const unsigned char *key = own;
    size_t size;
    if (memo->front == FRONT_FLAT) {
        size = line->words[0];
        key = (const unsigned char *)(line->words + 1);
    } else {
        size = typed_key(memo, line->words, own);
    }
    struct table_entry *entry = table_peek(&memo->table, key, size, line->hash);
    if (entry) table_place(&memo->table, entry, line->seen, &at->cursor, &at->steps);
}

static void fronts_replay(struct memo *memo)
{
    struct front *front = fronts_current(memo);
    if (!front) return;
    memo->table.postponed = 0;
    if (cost_mode(&memo->cost) == MODE_ALONE) { /* nothing is in the table */
        front_replay(front, &memo->layout, NULL, NULL);
        return;
    }
    struct replay at = {.memo = memo, .steps = (uint32_t)memo->table.placed - front->placed};
    front_replay(front, &memo->layout, replay, &at);
    front->placed = (uint32_t)memo->table.placed;
}

void fronts_stamp(struct memo *memo)
{
    const struct front *front = fronts_current(memo);
    memo->table.now = front ? front->clock : 0;
}

/* In this order: a table that was cleared for the generation read here has another epoch already.
 */
static bool table_is_of_now(const struct memo *memo)
{
    if (!depends_current(memo->depends)) return false;
    uint64_t now = atomic_load_explicit(&memo->depends->generation, memory_order_acquire);
    return atomic_load_explicit(&memo->generation, memory_order_acquire) == now;
}

/* Typed paths look by themselves, but for a text so near to the end of a page that they can't read
 * all that it might have. */
static bool is_served_here(const struct call *call)
{
    const struct memo *memo = call->memo;
    if (memo->front == FRONT_FLAT) return call->key_size <= FRONT_FLAT_KEY;
    return memo->front == FRONT_TYPED && memo->path.text &&
           typed_has_key(memo, call->key, call->key_size);
}

static struct front_line *find(const struct call *call, const struct front *front)
{
    const struct memo *memo = call->memo;
    uint64_t words[FRONT_FLAT_WORDS + 1];
    uint32_t hash = call->hash;
    if (memo->front == FRONT_FLAT)
        flat_key(call->key, call->key_size, words);
    else
        hash = typed_words(memo, call->key, words);
    return front_find(front, &memo->layout, words, hash);
}

bool fronts_serve(struct call *call)
{
    struct memo *memo = call->memo;
    if (!is_served_here(call)) return false;
    if (memo->depends && !table_is_of_now(memo)) return false;
    struct front *front = fronts_current(memo);
    if (!front) return false;
    struct front_line *line = find(call, front);
    if (!line || ((uint32_t)call->caller_errno & line->errno_mask)) return false;
    const uint64_t *value = line->words + memo->layout.key_words;
    if (memo->front == FRONT_TYPED)
        typed_give(call, value);
    else if (!value_deliver(&memo->plan, call->registers, call->buffers,
                            (const unsigned char *)value, memo->entry))
        return false;
    front_touch(front, line);
    return true;
}
