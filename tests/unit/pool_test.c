/* config/pool.h: every promise of the header, and no more memory than it says. */
#include "config/pool.h"

#include "check.h"

#include <stdint.h>

static int is_zero(const unsigned char *memory, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (memory[i]) return 0;
    return 1;
}

static void test_small(void)
{
    struct pool pool = {0};
    unsigned char *before = NULL;
    int aligned = 1, zeroed = 1, apart = 1;
    for (size_t size = 0; size < 3000; size++) {
        unsigned char *memory = pool_alloc(&pool, size);
        if (!memory) break;
        aligned &= (uintptr_t)memory % 16 == 0;
        zeroed &= is_zero(memory, size);
        apart &= memory != before;
        memset(memory, 0xff, size);
        before = memory;
    }
    CHECK(aligned);
    CHECK(zeroed);
    CHECK(apart);
    CHECK(pool.bytes >= 3000 * 2999 / 2);
    CHECK(pool.bytes < 3000 * 2999 / 2 + 3000 * 16 + 100 * (64 << 10));
    pool_release(&pool);
    CHECK(pool.bytes == 0);
    CHECK(pool.newest == NULL);
}

/* One large request between small ones does not throw away what they were filling. */
static void test_large(void)
{
    struct pool pool = {0};
    const size_t size = ((size_t)10 << 20) - 64; /* fills its own mapping */
    char *first = pool_alloc(&pool, 100);
    unsigned char *large = pool_alloc(&pool, size);
    char *second = pool_alloc(&pool, 100);
    CHECK(large != NULL && is_zero(large, size));
    CHECK(second == first + 112);
    CHECK(pool.bytes < ((size_t)10 << 20) + 4 * (64 << 10));
    pool_release(&pool);
}

static void test_impossible(void)
{
    struct pool pool = {0};
    CHECK(pool_alloc(&pool, SIZE_MAX) == NULL);
    CHECK(pool_alloc(&pool, SIZE_MAX - 15) == NULL);
    CHECK(pool_alloc(&pool, SIZE_MAX / 2) == NULL);
    CHECK(pool_strndup(&pool, "", SIZE_MAX) == NULL);
    CHECK(pool_alloc(&pool, 1) != NULL);
    pool_release(&pool);
    pool_release(&pool);
}

static void test_copies(void)
{
    struct pool pool = {0};
    CHECK_TEXT(pool_strndup(&pool, "memoize", 4), "memo");
    CHECK_TEXT(pool_strndup(&pool, "", 0), "");
    CHECK(pool_alloc(&pool, 0) != pool_alloc(&pool, 0));
    pool_release(&pool);
}

/* As new: zeroed, whatever had grown, and at the same place. */
static void test_reset(void)
{
    struct pool pool = {0};
    pool_reset(&pool);
    unsigned char *first = pool_alloc(&pool, 1000);
    memset(first, 0xff, 1000);
    for (int i = 0; i < 3; i++)
        memset(pool_alloc(&pool, 40000), 0xff, 40000);
    pool_reset(&pool);
    size_t bytes = pool.bytes;
    unsigned char *again = pool_alloc(&pool, 40000);
    for (size_t i = 0; again && i < 40000; i++)
        if (again[i]) again = NULL;
    CHECK(again != NULL && pool.bytes == bytes && bytes < 100000);
    pool_release(&pool);
}

int main(void)
{
    test_small();
    test_large();
    test_impossible();
    test_copies();
    test_reset();
    return check_done("pool");
}
