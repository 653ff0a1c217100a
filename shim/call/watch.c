#include "call/watch.h"

#include "cache/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <time.h>

/* A file written twice within one unit of its times looks the same after the second. So one that
 * has changed so lately is taken for changed at the next look too. Times with a fraction go by the
 * kernel's tick, 10 ms at most; without one the unit may be FAT's, 2 s. */
#define SETTLED_NS       100000000
#define SETTLED_WHOLE_NS 3000000000

/* Keeps a copy, whole even if `now` is being written to. False: no memory. */
static bool text_keep(struct watch *watch, const char *now)
{
    size_t size = strlen(now) + 1;
    if (size > watch->capacity) {
        char *larger = arena_alloc(2 * size);
        if (!larger) return false;
        larger[2 * size - 1] = '\0'; /* where a reader amid a change stops at the latest */
        watch->room = larger;
        watch->capacity = 2 * size;
    }
    memcpy(watch->room, now, size - 1);
    watch->room[size - 1] = '\0';
    return true;
}

static enum verdict text_accept(struct watch *watch, const char *now)
{
    if (watch_text_is(watch, now)) return SAME;
    bool kept = now && text_keep(watch, now);
    atomic_store_explicit(&watch->text, kept ? watch->room : NULL, memory_order_relaxed);
    return now && !kept ? UNTELLABLE : CHANGED;
}

static enum verdict locale_accept(struct watch *watch)
{
    return locale_is_global() ? text_accept(watch, setlocale(LC_ALL, NULL)) : UNTELLABLE;
}

static struct file_identity identify(const struct stat *status)
{
    struct file_identity identity;
    memset(&identity, 0, sizeof(identity)); /* compared whole */
    identity.device = status->st_dev;
    identity.inode = status->st_ino;
    identity.size = status->st_size;
    identity.modified = status->st_mtim;
    identity.changed = status->st_ctim;
    return identity;
}

static bool is_recent(const struct timespec *changed)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    int64_t age =
        (now.tv_sec - changed->tv_sec) * INT64_C(1000000000) + now.tv_nsec - changed->tv_nsec;
    return age < (changed->tv_nsec ? SETTLED_NS : SETTLED_WHOLE_NS);
}

/* False: there is none. errno is set. */
static bool look(const char *name, int flags, struct file_identity *identity)
{
    struct stat status;
    if (fstatat(AT_FDCWD, name, &status, flags) != 0) return false;
    *identity = identify(&status);
    return S_ISLNK(status.st_mode);
}

static enum verdict file_accept(struct watch *watch)
{
    int saved = errno;
    struct file_stamp stamp;
    memset(&stamp, 0, sizeof(stamp));
    if (look(watch->name, AT_SYMLINK_NOFOLLOW, &stamp.link)) look(watch->name, 0, &stamp.file);
    errno = saved;
    bool same = !watch->unsettled && memcmp(&stamp, &watch->stamp, sizeof(stamp)) == 0;
    watch->unsettled = is_recent(&stamp.link.changed) || is_recent(&stamp.file.changed);
    watch->stamp = stamp;
    return same ? SAME : CHANGED;
}

enum verdict watch_accept(struct watch *watch)
{
    switch (watch->kind) {
    case DEPENDS_ENVIRONMENT:
        return text_accept(watch, environment_entry(watch->name, watch->name_size));
    case DEPENDS_LOCALE:
        return locale_accept(watch);
    case DEPENDS_FILE:
        return file_accept(watch);
    case DEPENDS_CALL:
        break;
    }
    return SAME;
}

bool watch_make(struct watch *watch, const struct dependency *dependency, struct pool *pool)
{
    size_t length = strlen(dependency->name);
    char *name = pool_alloc(pool, length + 2);
    if (!name) return false;
    memcpy(name, dependency->name, length);
    if (dependency->kind == DEPENDS_ENVIRONMENT) name[length++] = '=';
    *watch = (struct watch){.kind = dependency->kind, .name = name, .name_size = length};
    watch_accept(watch);
    return true;
}
