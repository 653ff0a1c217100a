/* One slot's cache: an exact LRU of keys and values, both plain bytes.
 *
 * uthash finds; the list that it keeps of its elements is the order of uses: oldest first, newest
 * last. For one thread, hits, misses and currsize are those of functools.lru_cache(maxsize) on the
 * same calls. No lock of its own: the slot's lock guards every call here. All memory is the
 * arena's.
 *
 * Uses may become known late: the front's hits. Each entry carries the stamp of the use that gave
 * it its place, and table_place() moves it to that of a later one. As no use is earlier than what
 * the place tells, the oldest entry need only be asked for when it is about to go (`leave`). */
#ifndef MEMO_TABLE_H
#define MEMO_TABLE_H

#include "cache/hash.h"

#include <stdbool.h>

#define TABLE_VALUE_LIMIT ((size_t)1 << 20) /* of a value, in bytes: what value_size holds */

/* An entry: the header, the key, the value, each right behind the other; under a ttl 8 bytes more
 * for the time of birth. 70 bytes of header, 56 of them uthash's; the key begins in what would be
 * padding, so that a double in and a double out take a block of 96, ttl and all. */
struct table_entry {
    UT_hash_handle hh;
    uint64_t placed; /* stamp of the use that the entry's place is of; odd: postponed */
    uint32_t value_size : 21;
    uint32_t errno_effect : 2; /* what errno_value means to a hit: see call/effects.h */
    uint32_t floating_effects : 8;
    uint32_t in_front : 1; /* the caller's: some thread's front may have had it */
    int16_t errno_value;
    unsigned char bytes[];
};

struct table {
    /* NULL, or told of the entry that goes, before it does: by eviction (`evicting`), age or
     * removal, not by table_clear(). False, of an eviction only: the entry has been used since, and
     * has its new place now, as all have. */
    bool (*leave)(struct table *table, struct table_entry *entry, bool evicting);
    /* NULL, or asked for a block of the arena when there is none, before entries of this table have
     * to go for it. */
    void *(*find_room)(struct table *table, size_t size);
    struct table_entry *index; /* uthash's head: the oldest */
    struct table_entry *dead;  /* cleared, their memory not yet given back: linked by hh.next */
    uint64_t now;    /* stamp for uses of table_find() and table_insert(): even, never less than
                        before */
    uint64_t placed; /* how often an entry has got the last place */
    uint64_t insertions;
    uint64_t postponed; /* entries; whoever has placed them all sets it to 0 */
    uint64_t maxsize;   /* UINT64_MAX: unlimited */
    uint64_t ttl_ns;    /* 0: entries don't age. Fixed before the first insertion */
    uint64_t evictions;
    size_t bytes; /* of the entries alone, dead ones too, as the arena counts them */
};

/* `hash` is hash_bytes() of the key, throughout. The entry of this key, made the newest; NULL if
 * there is none. */
struct table_entry *table_find(struct table *table, const void *key, size_t size, uint32_t hash);

/* The same, leaving the order as it is. */
struct table_entry *table_peek(struct table *table, const void *key, size_t size, uint32_t hash);

/* Late uses, told newest first: `*cursor` is NULL at the first of them, and `*steps` how many
 * entries may have got their places by later uses, so may be passed. */
void table_place(struct table *table, struct table_entry *entry, uint64_t used,
                 struct table_entry **cursor, uint64_t *steps);

/* To be said some time before table_insert(): fetches what it will touch into the caches. */
void table_expect_insert(const struct table *table);

/* The oldest entry has been used since, it is not known when: it goes behind all others until
 * table_place() gives it its place. */
void table_postpone(struct table *table, struct table_entry *entry);

static inline bool table_is_postponed(const struct table_entry *entry)
{
    return entry->placed % 2;
}

/* A new entry for a key that is not in the table, evicting the oldest ones as maxsize and memory
 * ask for; its value bytes are the caller's to fill. NULL where maxsize is 0 or memory can't be
 * had. */
struct table_entry *table_insert(struct table *table, const void *key, size_t size, uint32_t hash,
                                 size_t value_size);

/* Older than ttl_ns? Never early; late by at most one tick of the kernel's coarse clock (4 ms).
 * Ages by the monotonic clock: setting the time of day changes nothing. */
bool table_expired(const struct table *table, const struct table_entry *entry);

void table_remove(struct table *table, struct table_entry *entry);

/* Frees up to `count` entries, dead ones first, then the oldest; how many went. */
size_t table_evict(struct table *table, size_t count);

/* Of what table_clear() left, frees up to `count` entries; how many. */
size_t table_bury(struct table *table, size_t count);

/* O(1): the entries' memory is given back little by little, by the insertions that follow. */
void table_clear(struct table *table);

/* All memory back at once. */
void table_release(struct table *table);

/* All memory of the table as the arena counts it: entries, and uthash's buckets. */
size_t table_bytes(const struct table *table);

static inline size_t table_count(const struct table *table)
{
    return HASH_COUNT(table->index);
}

static inline unsigned char *table_value(struct table_entry *entry)
{
    return entry->bytes + entry->hh.keylen;
}

#endif
