#include "names.h"

#include <string.h>

struct name_slot {
    const char *text;
    size_t length;
    void *thing; /* NULL: free */
};

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ (short keys, one pass, no table) */
static uint64_t name_hash(const char *text, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash ^ hash >> 32;
}

static struct name_slot *find_slot(const struct names *names, const char *text, size_t length)
{
    size_t at = name_hash(text, length) & (names->capacity - 1);
    for (;; at = (at + 1) & (names->capacity - 1)) {
        struct name_slot *slot = &names->slots[at];
        if (!slot->thing) return slot;
        if (slot->length == length && memcmp(slot->text, text, length) == 0) return slot;
    }
}

/* The old slots stay in the pool: less than what the new ones take. */
static bool grow(struct names *names)
{
    struct names larger = {.pool = names->pool,
                           .capacity = names->capacity ? 2 * names->capacity : 16,
                           .count = names->count};
    larger.slots = pool_alloc(names->pool, larger.capacity * sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; i < names->capacity; i++) {
        struct name_slot *slot = &names->slots[i];
        if (slot->thing) *find_slot(&larger, slot->text, slot->length) = *slot;
    }
    *names = larger;
    return true;
}

void *names_find(const struct names *names, const char *text, size_t length)
{
    return names->capacity ? find_slot(names, text, length)->thing : NULL;
}

bool names_add(struct names *names, const char *text, size_t length, void *thing)
{
    if (2 * names->count >= names->capacity && !grow(names)) return false;
    *find_slot(names, text, length) = (struct name_slot){text, length, thing};
    names->count++;
    return true;
}
