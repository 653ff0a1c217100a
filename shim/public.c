/* What memo.h offers. */
#include "call/shares.h"
#include "thread.h"

#include <string.h>

#include "memo.h"

#define PUBLIC __attribute__((visibility("default")))

static bool is_named(const struct memo *memo, const char *symbol)
{
    return !symbol || strcmp(memo->entry->symbol, symbol) == 0;
}

/* Calls `visit` with the lock of each slot of `symbol` held; how many there were. */
static int each_slot(const char *symbol, void (*visit)(struct memo *memo, void *data), void *data)
{
    struct memo *memo;
    int count = 0;
    if (!thread_enter((uintptr_t)__builtin_frame_address(0))) return 0;
    for (size_t i = 0; (memo = memo_at(i)); i++) {
        if (!is_named(memo, symbol) || !lock_try(&memo->lock)) continue;
        visit(memo, data);
        lock_release(&memo->lock);
        count++;
    }
    thread_leave();
    return count;
}

static void clear(struct memo *memo, void *ignored)
{
    (void)ignored;
    memo_clear_table(memo);
}

PUBLIC int memo_clear_v1(const char *symbol)
{
    return each_slot(symbol, clear, NULL);
}

static void add(struct memo *memo, void *data)
{
    struct memo_info *info = data;
    uint64_t maxsize = memo->table.maxsize;
    bool unlimited = maxsize == UINT64_MAX || info->maxsize == UINT64_MAX;
    struct front_counts front = shares_counts(memo);
    info->hits += memo->hits + front.hits;
    info->misses += memo->misses + front.misses;
    info->bypassed += atomic_load(&memo->bypassed);
    info->evictions += memo->table.evictions;
    info->currsize += table_count(&memo->table);
    info->maxsize = unlimited ? UINT64_MAX : info->maxsize + maxsize;
    info->bytes += table_bytes(&memo->table);
}

/* `size` is that of the struct which the program was compiled with: a later one may be larger. */
PUBLIC int memo_info_v1(const char *symbol, struct memo_info *info, size_t size)
{
    struct memo_info sum = {0};
    int count = each_slot(symbol, add, &sum);
    memset(info, 0, size);
    memcpy(info, &sum, size < sizeof(sum) ? size : sizeof(sum));
    return count;
}

PUBLIC void *memo_original_v1(const char *symbol)
{
    struct memo *memo;
    for (size_t i = 0; symbol && (memo = memo_at(i)); i++)
        if (is_named(memo, symbol)) return memo->slot.original;
    return NULL;
}
