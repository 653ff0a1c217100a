/* The table against a naive model of functools.lru_cache: the same random operations on both, for
 * small maxsizes, with and without memory to spare. Then threads, for ThreadSanitizer. */
#include "cache/arena.h"
#include "cache/lock.h"
#include "cache/table.h"
#include "check.h"
#include "random.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define KEYS 64

static uint64_t random_state = 42;

static uint64_t next_random(void)
{
    return random_next(&random_state);
}

/* Oldest first. */
struct model {
    unsigned keys[KEYS], count, maxsize;
};

static int model_index(const struct model *model, unsigned key)
{
    for (unsigned i = 0; i < model->count; i++)
        if (model->keys[i] == key) return (int)i;
    return -1;
}

static void model_drop(struct model *model, unsigned index)
{
    memmove(model->keys + index, model->keys + index + 1,
            (--model->count - index) * sizeof(model->keys[0]));
}

static int model_use(struct model *model, unsigned key)
{
    int index = model_index(model, key);
    if (index < 0) return 0;
    model_drop(model, (unsigned)index);
    model->keys[model->count++] = key;
    return 1;
}

static void model_add(struct model *model, unsigned key)
{
    if (model->maxsize == 0) return;
    if (model->count == model->maxsize) model_drop(model, 0);
    model->keys[model->count++] = key;
}

/* Keys of several lengths, values that follow from them. */
static size_t make_key(unsigned number, unsigned char *key)
{
    size_t size = 1 + number % 40;
    memset(key, (int)number, size);
    return size;
}

static size_t value_length(unsigned number)
{
    return number % 7 == 0 ? 9000 : number % 23;
}

static int value_right(struct table_entry *entry, unsigned number)
{
    const unsigned char *value = table_value(entry);
    if (entry->value_size != value_length(number)) return 0;
    for (size_t i = 0; i < entry->value_size; i++)
        if (value[i] != (unsigned char)(number * 3 + i)) return 0;
    return 1;
}

static int order_whole(const struct table *table, const struct model *model)
{
    unsigned i = 0;
    const struct table_entry *entry = table->index, *last = NULL;
    for (; entry; last = entry, entry = entry->hh.next, i++) {
        if (i >= model->count || model->keys[i] != entry->bytes[0]) return 0;
        if (entry->hh.prev != last || (last && last->placed > entry->placed)) return 0;
    }
    if (i != model->count || table_count(table) != i) return 0;
    return !last || table->index->hh.tbl->tail == &last->hh;
}

static void against_model(unsigned maxsize, unsigned steps)
{
    struct table table = {.maxsize = maxsize};
    struct model model = {.maxsize = maxsize};
    int agree = 1, right = 1, whole = 1;
    for (unsigned step = 0; step < steps; step++) {
        unsigned char key[64];
        unsigned number = (unsigned)(next_random() % (KEYS - 1));
        size_t size = make_key(number, key);
        uint32_t hash = hash_bytes(key, size);
        if (next_random() % 997 == 0) {
            table_clear(&table);
            model.count = 0;
        }
        struct table_entry *entry = table_find(&table, key, size, hash);
        agree &= model_use(&model, number) == (entry != NULL);
        if (entry) {
            right &= value_right(entry, number);
            continue;
        }
        entry = table_insert(&table, key, size, hash, value_length(number));
        model_add(&model, number);
        agree &= (entry != NULL) == (maxsize != 0);
        for (size_t i = 0; entry && i < entry->value_size; i++)
            table_value(entry)[i] = (unsigned char)(number * 3 + i);
        if (step % 64 == 0) whole &= order_whole(&table, &model);
    }
    CHECK(agree);
    CHECK(right);
    CHECK(whole && order_whole(&table, &model));
    table_release(&table);
    CHECK(table.bytes == 0 && table_count(&table) == 0);
}

static void model_tests(void)
{
    for (unsigned maxsize = 0; maxsize < 9; maxsize++)
        against_model(maxsize, 20000);
    against_model(31, 50000);
    against_model(KEYS, 50000);
}

/* Late uses: what fronts do. Each front has a clock and the last use of each key since its last
 * replay; one front's replays make the order exact. */
struct late {
    struct table table; /* first */
    struct model model;
    unsigned fronts;
    bool refused;
    struct {
        uint64_t clock, placed, pending[KEYS];
    } front[2];
};

static void late_replay(struct late *late, unsigned front)
{
    struct table_entry *cursor = NULL;
    uint64_t *pending = late->front[front].pending;
    uint64_t steps = late->table.placed - late->front[front].placed;
    for (;;) { /* newest first */
        unsigned char key[64];
        unsigned newest = 0;
        for (unsigned i = 1; i < KEYS; i++)
            if (pending[i] > pending[newest]) newest = i;
        if (!pending[newest]) break;
        size_t size = make_key(newest, key);
        struct table_entry *entry = table_peek(&late->table, key, size, hash_bytes(key, size));
        if (entry) table_place(&late->table, entry, pending[newest], &cursor, &steps);
        pending[newest] = 0;
    }
    late->front[front].placed = late->table.placed;
}

static bool late_leave(struct table *table, struct table_entry *entry, bool evicting)
{
    struct late *late = (struct late *)table;
    bool pends = false;
    for (unsigned i = 0; i < late->fronts; i++)
        if (late->front[i].pending[entry->bytes[0]] && evicting) {
            late_replay(late, i);
            pends = true;
        }
    return !pends;
}

static void late_table_use(struct late *late, unsigned front, unsigned number)
{
    unsigned char key[64];
    size_t size = make_key(number, key);
    uint32_t hash = hash_bytes(key, size);
    late->table.now = late->front[front].clock;
    if (next_random() % 2) late->front[front].clock += 2; /* as a fill does */
    struct table_entry *entry = table_find(&late->table, key, size, hash);
    if (!entry) entry = table_insert(&late->table, key, size, hash, 0);
    if (!model_use(&late->model, number)) model_add(&late->model, number);
    late->front[front].pending[number] = 0;
    late->refused |= !entry;
}

static void late_uses(unsigned maxsize, unsigned fronts, unsigned steps)
{
    struct late late = {.table = {.maxsize = maxsize, .leave = late_leave}, .fronts = fronts};
    bool whole = true;
    late.model.maxsize = maxsize;
    late.front[0].clock = 2;
    late.front[1].clock = 1000000;
    for (unsigned step = 0; step < steps; step++) {
        unsigned number = (unsigned)(next_random() % (next_random() % 2 ? KEYS - 1 : 5));
        unsigned front = (unsigned)(next_random() % fronts);
        if (model_index(&late.model, number) >= 0 && next_random() % 3) {
            late.front[front].pending[number] = late.front[front].clock;
            late.front[front].clock += 2;
            model_use(&late.model, number);
        } else {
            late_table_use(&late, front, number);
        }
        if (next_random() % 50 == 0) late_replay(&late, front);
        if (next_random() % 499 == 0) {
            table_clear(&late.table);
            late.model.count = 0;
            memset(late.front[0].pending, 0, sizeof(late.front[0].pending));
            memset(late.front[1].pending, 0, sizeof(late.front[1].pending));
        }
        if (fronts == 1 && next_random() % 20 == 0) {
            late_replay(&late, 0);
            whole &= order_whole(&late.table, &late.model);
        }
    }
    CHECK(whole && !late.refused);
    CHECK(table_count(&late.table) <= maxsize);
    unsigned listed = 0;
    for (const struct table_entry *entry = late.table.index; entry; entry = entry->hh.next)
        listed++;
    CHECK(listed == table_count(&late.table));
    late.table.leave = NULL;
    table_release(&late.table);
    CHECK(late.table.bytes == 0);
}

static void late_tests(void)
{
    for (unsigned maxsize = 1; maxsize < 6; maxsize++)
        late_uses(maxsize, 1, 20000);
    late_uses(20, 1, 50000);
    late_uses(KEYS, 1, 50000);
    late_uses(3, 2, 50000);
    late_uses(20, 2, 50000);
}

static void full_memory(void)
{
    struct table table = {.maxsize = UINT64_MAX}, other = {.maxsize = UINT64_MAX};
    size_t limit = arena_bytes() + 256 * 1024;
    unsigned long stored = 0;
    arena_limit(limit);
    for (uint64_t key = 0; key < 50000; key++) {
        size_t value = key % 5 == 0 ? 3000 : 24;
        struct table_entry *entry = table_insert(&table, &key, 8, hash_bytes(&key, 8), value);
        if (entry) memset(table_value(entry), 1, value);
        stored += entry != NULL;
        CHECK(arena_bytes() <= limit);
    }
    CHECK(stored > 40000);
    CHECK(table.evictions > 30000);
    table_release(&table);
    uint64_t key = 1;
    CHECK(table_insert(&other, &key, 8, hash_bytes(&key, 8), 3000) != NULL);
    table_clear(&other);
    arena_limit((size_t)64 << 20);
}

#define BUCKETS (HASH_INITIAL_NUM_BUCKETS * sizeof(UT_hash_bucket))

static unsigned asked;

static void *find_room(struct table *table, size_t size)
{
    (void)table;
    asked++;
    arena_limit(arena_bytes() + ((size_t)1 << 20));
    return arena_alloc(size);
}

static bool insert_number(struct table *table, uint64_t key)
{
    return table_insert(table, &key, 8, hash_bytes(&key, 8), 8) != NULL;
}

/* Without memory for more buckets a table has longer chains, and nothing is lost; a table without
 * any asks for its first. */
static void no_buckets(void)
{
    const size_t entry = offsetof(struct table_entry, bytes) + 16, limit = (size_t)64 << 20;
    struct table table = {.maxsize = UINT64_MAX}, late = {.maxsize = 10, .find_room = find_room};
    unsigned stored = insert_number(&table, 0), found = 0, taken = 0;
    static void *blocks[4096];
    for (uint64_t key = 1; key < 5000; key++) {
        arena_limit(limit);
        arena_free(arena_alloc(entry),
                   entry); /* there is room for an entry, and for nothing else */
        arena_limit(0);
        stored += insert_number(&table, key);
    }
    for (uint64_t key = 0; key < 5000; key++)
        found += table_find(&table, &key, 8, hash_bytes(&key, 8)) != NULL;
    CHECK(stored == 5000 && found == 5000);
    CHECK(table.index->hh.tbl->num_buckets < 512 && !table.index->hh.tbl->noexpand);
    arena_limit(limit);
    CHECK(insert_number(&table, 5000));
    arena_limit(0);
    while (taken < 4096 && (blocks[taken] = arena_alloc(BUCKETS)))
        taken++;
    CHECK(insert_number(&late, 1) && asked);
    arena_limit(limit);
    while (taken)
        arena_free(blocks[--taken], BUCKETS);
    table_release(&table);
    table_release(&late);
}

static void ages(void)
{
    struct table table = {.maxsize = 10, .ttl_ns = 30000000};
    uint64_t key = 7;
    struct table_entry *entry = table_insert(&table, &key, 8, hash_bytes(&key, 8), 5);
    CHECK(entry && !table_expired(&table, entry));
    nanosleep(&(struct timespec){.tv_nsec = 45000000}, NULL);
    CHECK(entry && table_expired(&table, entry));
    table_clear(&table);
}

/* Threads: one table behind its lock, as a slot has it. */
static struct table shared = {.maxsize = 50};
static struct lock shared_lock;

static void *hammer(void *seed)
{
    uint64_t state = (uintptr_t)seed;
    unsigned long wrong = 0;
    for (int i = 0; i < 20000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        uint64_t key = state >> 33 & 127;
        uint32_t hash = hash_bytes(&key, 8);
        if (!lock_try(&shared_lock)) continue;
        struct table_entry *entry = table_find(&shared, &key, 8, hash);
        if (entry)
            wrong += memcmp(table_value(entry), &key, 8) != 0;
        else if ((entry = table_insert(&shared, &key, 8, hash, 8)))
            memcpy(table_value(entry), &key, 8);
        if (i % 1000 == 0) table_clear(&shared);
        lock_release(&shared_lock);
        void *block = arena_alloc(key * 50);
        arena_free(block, key * 50);
    }
    return (void *)wrong;
}

static void threads(void)
{
    pthread_t thread[4];
    void *wrong;
    for (uintptr_t i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, hammer, (void *)(i + 1));
    for (int i = 0; i < 4; i++) {
        pthread_join(thread[i], &wrong);
        CHECK(wrong == NULL);
    }
    CHECK(table_count(&shared) <= 50);
    table_clear(&shared);
}

int main(void)
{
    hash_seed(0x1234567);
    model_tests();
    late_tests();
    full_memory();
    no_buckets();
    ages();
    threads();
    return check_done("table");
}
