#include "call/depends.h"

#include "call/zone.h"
#include "hook.h"
#include "thread.h"

#define FILE_INTERVAL_NS 1000000000u /* DESIGN 5: a file is looked at once a second at most */

static struct depends *all_depends; /* written by the constructor and during scans only */

atomic_uint_fast64_t depends_moves;

static void move(const struct hook *hook, const struct registers *registers)
{
    (void)hook;
    (void)registers;
    depends_stir();
}

static struct hook moves[] = {
    {.symbol = "setenv", .before = move},    {.symbol = "unsetenv", .before = move},
    {.symbol = "putenv", .before = move},    {.symbol = "clearenv", .before = move},
    {.symbol = "setlocale", .before = move},
};
_Static_assert(sizeof(moves) / sizeof(moves[0]) == DEPENDS_WANTED, "depends.h");

void depends_want(struct wanted *wanted)
{
    hooks_want(moves, DEPENDS_WANTED, wanted);
}

static const char *zone_refusal(void)
{
    return zone_is_fixed() ? NULL
                           : "the time zone has transitions, so a call depends on the one before; "
                             "force = yes caches all the same";
}

static void condition_review(struct depends *depends)
{
    if (atomic_load(&depends->unwatchable)) return;
    if (depends->condition == CONDITION_UNCHANGED)
        atomic_store(&depends->refusal, "what it depends on has changed since the program began");
    if (depends->condition == CONDITION_FIXED_ZONE) atomic_store(&depends->refusal, zone_refusal());
    if (depends->condition == CONDITION_NO_EPOCH)
        atomic_store(&depends->no_epoch, !zone_is_fixed());
}

bool depends_make(struct depends **result, const struct entry *entry, struct pool *pool)
{
    *result = NULL;
    enum condition condition = entry->options.force ? CONDITION_NONE : entry->options.condition;
    if (!entry->dependency_count && condition == CONDITION_NONE) return true;
    struct depends *depends = pool_alloc(pool, sizeof(*depends));
    struct watch *watches = pool_alloc(pool, entry->dependency_count * sizeof(*watches));
    if (!depends || !watches) return false;
    for (size_t i = 0; i < entry->dependency_count; i++) {
        const struct dependency *dependency = &entry->dependencies[i];
        if (dependency->kind == DEPENDS_CALL) continue;
        if (!watch_make(&watches[depends->watch_count++], dependency, pool)) return false;
        if (dependency->kind == DEPENDS_FILE) depends->has_files = true;
    }
    if (depends->has_files) depends->due_ns = clock_ns(CLOCK_MONOTONIC) + FILE_INTERVAL_NS;
    depends->watches = watches;
    depends->condition = condition;
    if (condition != CONDITION_UNCHANGED) condition_review(depends);
    depends->next = all_depends;
    __atomic_store_n(&all_depends, depends, __ATOMIC_RELEASE);
    *result = depends;
    return true;
}

/* Lock held, readers warned. False: what there is now can't be told from other states. */
static bool accept_all(struct depends *depends, bool files, bool *changed)
{
    bool tellable = true;
    for (size_t i = 0; i < depends->watch_count; i++) {
        struct watch *watch = &depends->watches[i];
        if (watch->kind == DEPENDS_FILE && !files) continue;
        enum verdict verdict = watch_accept(watch);
        *changed |= verdict == CHANGED;
        tellable &= verdict != UNTELLABLE;
    }
    return tellable;
}

/* Lock held. */
static bool review(struct depends *depends)
{
    bool changed = false;
    if (depends_settled(depends)) return true;
    uint64_t now = depends->has_files ? clock_ns(CLOCK_MONOTONIC) : 0;
    bool files = depends->has_files && now >= depends->due_ns;
    unsigned sequence = atomic_load_explicit(&depends->sequence, memory_order_relaxed);
    atomic_store_explicit(&depends->sequence, sequence + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    bool tellable = accept_all(depends, files, &changed);
    if (files) atomic_store(&depends->due_ns, now + FILE_INTERVAL_NS);
    if (changed) {
        depends_bump(depends);
        condition_review(depends);
    }
    atomic_store_explicit(&depends->sequence, sequence + 2, memory_order_release);
    return tellable;
}

bool depends_check(struct depends *depends)
{
    if (!lock_try(&depends->lock)) return false;
    bool tellable = review(depends);
    lock_release(&depends->lock);
    return tellable && !atomic_load_explicit(&depends->refusal, memory_order_relaxed);
}

void depends_refuse(struct depends *const *all)
{
    for (; *all; all++) {
        atomic_store(&(*all)->unwatchable, true);
        atomic_store(&(*all)->refusal, "a call: symbol can't be watched: there is no stub for it");
    }
}

void depends_called(struct depends *depends)
{
    depends_bump(depends);
    bool checked = false;
    if (thread_enter((uintptr_t)__builtin_frame_address(0))) {
        checked = depends_check(depends);
        thread_leave();
    }
    if (!checked && depends->condition == CONDITION_UNCHANGED && !atomic_load(&depends->refusal))
        atomic_store(&depends->refusal, "a call that it depends on came while it could not look");
}

static struct depends *all(void)
{
    return __atomic_load_n(&all_depends, __ATOMIC_ACQUIRE);
}

void depends_before_fork(void)
{
    for (struct depends *depends = all(); depends; depends = depends->next)
        depends->locked = lock_wait(&depends->lock);
}

void depends_after_fork(void)
{
    for (struct depends *depends = all(); depends; depends = depends->next)
        if (depends->locked) lock_release(&depends->lock);
}
