/* The arena: blocks don't overlap, sizes fit their class, the limit holds, freed spans serve other
 * classes. */
#include "cache/arena.h"
#include "check.h"

#include <stdint.h>
#include <stdlib.h>

#define LIVE 2000

static uint64_t state = 7;

static uint64_t next_random(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return state >> 20;
}

struct block {
    unsigned char *data;
    size_t size;
    unsigned char mark;
};

static int whole(const struct block *block)
{
    for (size_t i = 0; i < block->size; i++)
        if (block->data[i] != block->mark) return 0;
    return 1;
}

static size_t random_size(void)
{
    uint64_t kind = next_random() % 10;
    return kind < 6   ? next_random() % 300
           : kind < 8 ? next_random() % 5000
           : kind < 9 ? next_random() % 40000
                      : next_random() % 300000;
}

static void random_blocks(void)
{
    static struct block live[LIVE];
    int intact = 1, aligned = 1;
    for (int step = 0; step < 60000; step++) {
        struct block *block = &live[next_random() % LIVE];
        if (block->data) {
            intact &= whole(block);
            arena_free(block->data, block->size);
            block->data = NULL;
            continue;
        }
        block->size = random_size();
        block->mark = (unsigned char)step;
        block->data = arena_alloc(block->size);
        if (!block->data) continue;
        aligned &= ((uintptr_t)block->data & 15) == 0;
        memset(block->data, block->mark, block->size);
    }
    CHECK(intact);
    CHECK(aligned);
    for (int i = 0; i < LIVE; i++)
        if (live[i].data) arena_free(live[i].data, live[i].size);
}

static void sizes(void)
{
    int fit = 1, tight = 1;
    for (size_t size = 1; size < 200000; size += 1 + size / 5000) {
        size_t block = arena_block_size(size);
        fit &= block >= size;
        tight &= block <= size + size / 4 + 16;
    }
    CHECK(fit);
    CHECK(tight);
}

static void limit(void)
{
    size_t most = arena_bytes() + 100 * 16384;
    size_t got = 0;
    static void *blocks[100000];
    arena_limit(most);
    while (got < 100000 && (blocks[got] = arena_alloc(48)))
        got++;
    CHECK(got > 30000 && got < 100000);
    CHECK(arena_bytes() <= most);
    CHECK(arena_alloc(100000000) == NULL);
    for (size_t i = 0; i < got; i++)
        arena_free(blocks[i], 48);
    size_t large = 0;
    while (large < 1000 && (blocks[large] = arena_alloc(4000)))
        large++;
    CHECK(large >= 300); /* the spans of small blocks serve large ones now */
    for (size_t i = 0; i < large; i++)
        arena_free(blocks[i], 4000);
    CHECK(arena_alloc(0) != NULL);
    CHECK(arena_alloc(SIZE_MAX - 100) == NULL);
}

/* Of large ones all memory is given back but for a few. */
static void large_blocks(void)
{
    static const size_t sizes[] = {5000, 20000, 32768, 32769, 131072, 262144};
    static void *blocks[6 * 40];
    size_t before = arena_bytes(), most = 0;
    arena_limit(before + ((size_t)64 << 20));
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < 6 * 40; i++)
            CHECK((blocks[i] = arena_alloc(sizes[i % 6])) != NULL);
        for (size_t i = 0; i < 6 * 40; i++)
            arena_free(blocks[i], sizes[i % 6]);
        if (arena_bytes() > most) most = arena_bytes();
    }
    CHECK(most <= before + ((size_t)1 << 20));
}

/* What is kept is given up before an allocation fails. */
static void kept_blocks(void)
{
    size_t before;
    void *block = arena_alloc(200000);
    arena_free(block, 200000);
    before = arena_bytes();
    arena_limit(before + 4096);
    block = arena_alloc(150000);
    CHECK(block && arena_bytes() <= before + 4096);
    arena_free(block, 150000);
}

/* Memory goes from small blocks to large ones, and back. */
static void widths(void)
{
    static void *blocks[200000];
    arena_limit(arena_bytes() + ((size_t)4 << 20));
    for (int round = 0; round < 6; round++) {
        static const size_t sizes[] = {48, 4000, 20000, 100000, 16, 1 << 20};
        size_t size = sizes[round], got = 0, bytes = 0;
        while (got < 200000 && (blocks[got] = arena_alloc(size)))
            bytes += size, got++;
        CHECK(bytes > (size_t)18 << 17); /* of 32: a quarter may be bare spans' first pages */
        for (size_t i = 0; i < got; i++)
            arena_free(blocks[i], size);
    }
}

static void charges(void)
{
    for (int i = 0; i < 1000; i++)
        CHECK(!arena_charge_within(SIZE_MAX - 5)); /* nothing is kept after that */
    size_t before = arena_bytes();
    arena_limit(before + 100000);
    CHECK(arena_charge_within(90000) && arena_bytes() == before + 90000);
    CHECK(!arena_charge_within(10001) && arena_bytes() == before + 90000);
    CHECK(!arena_charge_within(SIZE_MAX - 5) && arena_bytes() == before + 90000);
    CHECK(arena_alloc(50000) == NULL);
    arena_charge(-(size_t)90000);
    CHECK(arena_bytes() == before);
}

int main(void)
{
    random_blocks();
    sizes();
    limit();
    large_blocks();
    kept_blocks();
    widths();
    charges();
    return check_done("arena");
}
