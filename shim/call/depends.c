#include "call/depends.h"

#include "cache/arena.h"
#include "call/zone.h"
#include "thread.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define FILE_INTERVAL_NS 1000000000ull /* DESIGN 5: a file is looked at once a second at most */

/* What tells one state of a file from another. */
struct file_stamp {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified, changed;
};

struct watch {
    enum dependency_kind kind;
    const char *name;
    /* environment and locale: the text as it was */
    char *text;
    size_t capacity;
    bool set;
    /* file */
    struct file_stamp stamp;
    uint64_t looked_ns;
};

static struct depends *all_depends; /* written by the constructor only */

enum verdict { SAME, CHANGED, UNTELLABLE };

/* Compares with what was seen before and keeps the new text. */
static enum verdict text_verdict(struct watch *watch, const char *now)
{
    if (!now || !watch->set) {
        bool same = !now && !watch->set;
        watch->set = now != NULL;
        if (!now) return same ? SAME : CHANGED;
    } else if (strcmp(watch->text, now) == 0) {
        return SAME;
    }
    size_t size = strlen(now) + 1;
    if (size > watch->capacity) {
        char *larger = arena_alloc(2 * size);
        watch->set = larger != NULL;
        if (!larger) return UNTELLABLE;
        arena_free(watch->text, watch->capacity);
        watch->text = larger;
        watch->capacity = 2 * size;
    }
    memcpy(watch->text, now, size);
    return CHANGED;
}

/* A locale of the thread's own has no name to compare; its calls are not served. */
static enum verdict locale_verdict(struct watch *watch)
{
    if (uselocale((locale_t)0) != LC_GLOBAL_LOCALE) return UNTELLABLE;
    return text_verdict(watch, setlocale(LC_ALL, NULL));
}

static uint64_t coarse_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static enum verdict file_verdict(struct watch *watch)
{
    uint64_t now = coarse_ns();
    if (watch->looked_ns && now - watch->looked_ns < FILE_INTERVAL_NS) return SAME;
    watch->looked_ns = now;
    int saved = errno;
    struct stat status;
    struct file_stamp stamp;
    memset(&stamp, 0, sizeof(stamp)); /* compared whole */
    if (stat(watch->name, &status) == 0) {
        stamp.device = status.st_dev;
        stamp.inode = status.st_ino;
        stamp.size = status.st_size;
        stamp.modified = status.st_mtim;
        stamp.changed = status.st_ctim;
    }
    errno = saved;
    if (memcmp(&stamp, &watch->stamp, sizeof(stamp)) == 0) return SAME;
    watch->stamp = stamp;
    return CHANGED;
}

static enum verdict watch_verdict(struct watch *watch)
{
    switch (watch->kind) {
    case DEPENDS_ENVIRONMENT:
        return text_verdict(watch, getenv(watch->name));
    case DEPENDS_LOCALE:
        return locale_verdict(watch);
    case DEPENDS_FILE:
        return file_verdict(watch);
    case DEPENDS_CALL:
        break;
    }
    return SAME;
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
        struct watch *watch = &watches[depends->watch_count++];
        *watch = (struct watch){.kind = dependency->kind, .name = dependency->name};
        watch_verdict(watch);
    }
    depends->watches = watches;
    depends->condition = condition;
    if (condition != CONDITION_UNCHANGED) condition_review(depends);
    depends->next = all_depends;
    all_depends = depends;
    *result = depends;
    return true;
}

bool depends_check(struct depends *depends)
{
    bool tellable = true, changed = false;
    if (!lock_try(&depends->lock)) return false;
    for (size_t i = 0; i < depends->watch_count; i++) {
        enum verdict verdict = watch_verdict(&depends->watches[i]);
        changed |= verdict == CHANGED;
        tellable &= verdict != UNTELLABLE;
    }
    if (changed) {
        depends_bump(depends);
        condition_review(depends);
    }
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

void depends_before_fork(void)
{
    for (struct depends *depends = all_depends; depends; depends = depends->next)
        depends->locked = lock_wait(&depends->lock);
}

void depends_after_fork(void)
{
    for (struct depends *depends = all_depends; depends; depends = depends->next)
        if (depends->locked) lock_release(&depends->lock);
}
