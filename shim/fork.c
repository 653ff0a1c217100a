#include "fork.h"

#include "cache/arena.h"
#include "cache/lock.h"
#include "call/memo.h"
#include "glibc.h"
#include "report/stats.h"

#include <unistd.h>

extern void *__dso_handle __attribute__((visibility("hidden"))); /* ours, of crtbegin */

static unsigned forks;
static pid_t own_pid;
static bool arena_locked;

/* glibc runs the handlers of several forking threads at once. What is remembered of locks taken is
 * one thread's at a time; who can't have its turn forks without, and its child's caches may stay
 * locked: they are bypassed. */
static struct lock turn;
static _Thread_local bool has_turn __attribute__((tls_model("initial-exec")));

unsigned fork_count(void)
{
    return forks;
}

bool fork_is_self(void)
{
    return getpid() == own_pid;
}

/* In the order in which they nest: slots first, then references, the arena last. */
static void before_fork(void)
{
    has_turn = lock_wait(&turn);
    if (!has_turn) return;
    memo_before_fork();
    rebind_before_fork();
    arena_locked = arena_before_fork();
}

static void after_fork(bool child)
{
    if (has_turn) {
        arena_after_fork(arena_locked);
        rebind_after_fork();
    }
    memo_after_fork(has_turn, child);
    if (has_turn) lock_release(&turn);
}

static void after_fork_parent(void)
{
    after_fork(false);
}

static void after_fork_child(void)
{
    forks++;
    own_pid = getpid();
    after_fork(true);
    stats_after_fork();
}

void fork_start(void)
{
    own_pid = getpid();
    __register_atfork(before_fork, after_fork_parent, after_fork_child, __dso_handle);
}
