#include "cache/table.h"

#include "cache/arena.h"
#include "cache/clock.h"

#include <string.h>

/* With a full arena: how many entries one insertion may push out before it gives up. A span of the
 * smallest blocks holds some thousand; most tables free a block of the right size at once. */
#define ROOM_TRIES 64

#define FIRST_BUCKETS (HASH_INITIAL_NUM_BUCKETS * sizeof(UT_hash_bucket))

/* Dead entries that each insertion frees: more than it adds, so that they end. */
#define BURIALS 2

static size_t entry_size(const struct table *table, size_t key_size, size_t value_size)
{
    return offsetof(struct table_entry, bytes) + key_size + value_size + (table->ttl_ns ? 8 : 0);
}

static size_t size_of(const struct table *table, const struct table_entry *entry)
{
    return entry_size(table, entry->hh.keylen, entry->value_size);
}

/* The time of birth is read exactly and the age coarsely: the coarse clock runs behind. */
bool table_expired(const struct table *table, const struct table_entry *entry)
{
    uint64_t born;
    if (!table->ttl_ns) return false;
    memcpy(&born, entry->bytes + entry->hh.keylen + entry->value_size, sizeof(born));
    uint64_t now = clock_ns(CLOCK_MONOTONIC_COARSE);
    return now > born && now - born >= table->ttl_ns;
}

struct table_entry *table_peek(struct table *table, const void *key, size_t size, uint32_t hash)
{
    struct table_entry *entry;
    HASH_FIND_BYHASHVALUE(hh, table->index, key, size, hash, entry);
    return entry;
}

/* --- the order: uthash's list of its elements ------------------------------------------------ */

static struct table_entry *newest(const struct table *table)
{
    UT_hash_table *hash = table->index->hh.tbl;
    return ELMT_FROM_HH(hash, hash->tail);
}

/* Behind `before`, which is not `entry`; NULL: as the oldest. */
static void move_behind(struct table *table, struct table_entry *entry, struct table_entry *before)
{
    UT_hash_table *hash = entry->hh.tbl;
    struct table_entry *previous = entry->hh.prev, *next = entry->hh.next;
    if (previous == before) return;
    if (previous)
        previous->hh.next = next;
    else
        table->index = next;
    if (next)
        next->hh.prev = previous;
    else
        hash->tail = &previous->hh;
    next = before ? before->hh.next : table->index;
    entry->hh.prev = before;
    entry->hh.next = next;
    if (before)
        before->hh.next = entry;
    else
        table->index = entry;
    if (next)
        next->hh.prev = entry;
    else
        hash->tail = &entry->hh;
}

struct table_entry *table_find(struct table *table, const void *key, size_t size, uint32_t hash)
{
    struct table_entry *entry = table_peek(table, key, size, hash);
    if (!entry) return NULL;
    entry->placed = table->now;
    table->placed++;
    if (entry->hh.next) move_behind(table, entry, newest(table));
    return entry;
}

void table_postpone(struct table *table, struct table_entry *entry)
{
    entry->placed |= 1;
    table->placed++;
    table->postponed++;
    if (entry->hh.next) move_behind(table, entry, newest(table));
}

/* A postponed one will have its own place: it tells nothing. */
static bool is_later(const struct table_entry *entry, uint64_t used)
{
    return entry->placed > used || table_is_postponed(entry);
}

void table_place(struct table *table, struct table_entry *entry, uint64_t used,
                 struct table_entry **cursor, uint64_t *steps)
{
    if (entry->placed > used) return; /* of the same stamp, a hit of the front came behind */
    struct table_entry *before = *cursor ? (*cursor)->hh.prev : newest(table);
    while (before && (before == entry || (is_later(before, used) && *steps))) {
        if (before != entry) --*steps;
        before = before->hh.prev;
    }
    move_behind(table, entry, before);
    entry->placed = used;
    *cursor = entry;
}

size_t table_bytes(const struct table *table)
{
    if (!table->index) return table->bytes;
    const UT_hash_table *hash = table->index->hh.tbl;
    return table->bytes + arena_block_size(sizeof(*hash)) +
           arena_block_size(hash->num_buckets * sizeof(UT_hash_bucket));
}

static void unlink_entry(struct table *table, struct table_entry *entry)
{
    HASH_DELETE(hh, table->index, entry);
}

static void free_entry(struct table *table, struct table_entry *entry, size_t size)
{
    table->bytes -= arena_block_size(size);
    arena_free(entry, size);
}

static void discard(struct table *table, struct table_entry *entry)
{
    size_t size = size_of(table, entry);
    unlink_entry(table, entry);
    free_entry(table, entry, size);
}

void table_remove(struct table *table, struct table_entry *entry)
{
    if (table->leave) table->leave(table, entry, false);
    discard(table, entry);
}

size_t table_bury(struct table *table, size_t count)
{
    size_t gone = 0;
    for (; gone < count && table->dead; gone++) {
        struct table_entry *entry = table->dead;
        size_t size = size_of(table, entry);
        table->dead = entry->hh.next;
        free_entry(table, entry, size);
    }
    return gone;
}

static struct table_entry *oldest_to_go(struct table *table)
{
    while (table->leave && !table->leave(table, table->index, true)) {
    }
    table->evictions++;
    return table->index;
}

/* Room for one more of `size` bytes; the block of the entry that went, where that is as large. */
static struct table_entry *make_room(struct table *table, size_t size)
{
    struct table_entry *oldest = oldest_to_go(table);
    if (size_of(table, oldest) != size || table->dead) {
        discard(table, oldest);
        return NULL;
    }
    unlink_entry(table, oldest);
    return oldest;
}

/* The last one to have been the oldest was fetched when it was the next. */
void table_expect_insert(const struct table *table)
{
    if (table_count(table) < table->maxsize || !table->index) return;
    const UT_hash_handle *oldest = &table->index->hh;
    const UT_hash_table *hash = oldest->tbl;
    const char *next = oldest->next;
    __builtin_prefetch(&hash->buckets[oldest->hashv & (hash->num_buckets - 1)], 1);
    __builtin_prefetch(oldest->hh_prev, 1);
    __builtin_prefetch(oldest->hh_next, 1);
    __builtin_prefetch(next, 1);
    __builtin_prefetch(next + 64, 1);
}

size_t table_evict(struct table *table, size_t count)
{
    size_t gone = table_bury(table, count);
    for (; gone < count && table->index; gone++)
        discard(table, oldest_to_go(table));
    return gone;
}

static struct table_entry *entry_new(struct table *table, size_t size)
{
    table_bury(table, BURIALS);
    struct table_entry *entry = arena_alloc(size);
    if (!entry && table->find_room) entry = table->find_room(table, size);
    for (int tries = 0; !entry && tries < ROOM_TRIES && table_evict(table, 1); tries++)
        entry = arena_alloc(size);
    if (entry) table->bytes += arena_block_size(size);
    return entry;
}

/* Where uthash can't have memory for more buckets it gets by with those that it has; for its first
 * ones some may be found. */
static bool link_entry(struct table *table, struct table_entry *entry, size_t size, uint32_t hash)
{
    HASH_ADD_KEYPTR_BYHASHVALUE(hh, table->index, entry->bytes, size, hash, entry);
    if (entry->hh.tbl) return true;
    if (table->index) {
        UT_hash_table *its = table->index->hh.tbl;
        unsigned noexpand = its->noexpand;
        its->noexpand = true;
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, table->index, entry->bytes, size, hash, entry);
        its->noexpand = noexpand;
    } else if (table->find_room) {
        arena_free(table->find_room(table, FIRST_BUCKETS), FIRST_BUCKETS);
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, table->index, entry->bytes, size, hash, entry);
    }
    return entry->hh.tbl;
}

struct table_entry *table_insert(struct table *table, const void *key, size_t size, uint32_t hash,
                                 size_t value_size)
{
    size_t whole = entry_size(table, size, value_size);
    if (table->maxsize == 0) return NULL;
    struct table_entry *entry = NULL;
    if (table_count(table) >= table->maxsize) entry = make_room(table, whole);
    if (!entry) entry = entry_new(table, whole);
    if (!entry) return NULL;
    memcpy(entry->bytes, key, size);
    if (!link_entry(table, entry, size, hash)) {
        free_entry(table, entry, whole);
        return NULL;
    }
    entry->placed = table->now;
    table->placed++;
    table->insertions++;
    entry->value_size = (uint32_t)value_size;
    entry->in_front = false;
    if (table->ttl_ns) {
        uint64_t born = clock_ns(CLOCK_MONOTONIC);
        memcpy(entry->bytes + size + value_size, &born, sizeof(born));
    }
    return entry;
}

/* The list as it is becomes the head of the dead: HASH_CLEAR leaves its links alone. */
void table_clear(struct table *table)
{
    struct table_entry *oldest = table->index, *last;
    if (!oldest) return;
    last = newest(table);
    table->postponed = 0;
    HASH_CLEAR(hh, table->index);
    last->hh.next = table->dead;
    table->dead = oldest;
}

void table_release(struct table *table)
{
    table_clear(table);
    table_bury(table, SIZE_MAX);
}
