#include "leave.h"

#include "report/stats.h"
#include "slot.h"
#include "thread.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* One per name; a name with two originals (versions) shares the row of the first. */
struct exit_hook {
    const char *symbol;
    int path_argument; /* exec: which argument is a path to try; -1: leaves for certain */
    struct slot slot;
    atomic_bool made;
};

static struct exit_hook exit_hooks[] = {
    {.symbol = "_exit", .path_argument = -1},  {.symbol = "_Exit", .path_argument = -1},
    {.symbol = "quick_exit", .path_argument = -1}, {.symbol = "execve", .path_argument = 0},
    {.symbol = "execv", .path_argument = 0},   {.symbol = "execl", .path_argument = 0},
    {.symbol = "execle", .path_argument = 0},  {.symbol = "execvp", .path_argument = 0},
    {.symbol = "execlp", .path_argument = 0},  {.symbol = "execvpe", .path_argument = 0},
    {.symbol = "fexecve", .path_argument = -1},
};

/* A shell tries one directory of PATH after the other: only the try that can succeed counts as the
 * end. A bare name is searched for by execvp itself and taken as found. */
static bool will_leave(const struct exit_hook *hook, const struct registers *registers)
{
    if (hook->path_argument < 0) return true;
    const char *path = (const char *)registers->integer[hook->path_argument];
    if (!path) return false;
    return !strchr(path, '/') || access(path, X_OK) == 0;
}

static void *leave_call(struct slot *slot, struct registers *registers)
{
    struct exit_hook *hook =
        (struct exit_hook *)((char *)slot - offsetof(struct exit_hook, slot));
    int saved = errno;
    if (will_leave(hook, registers)) stats_write();
    errno = saved;
    return slot->original;
}

static void *leave_bind(const struct wanted *wanted, const struct binding *binding)
{
    struct exit_hook *hook = wanted->data;
    if (!atomic_exchange(&hook->made, true))
        return slot_publish(&hook->slot, leave_call, binding->original);
    return hook->slot.original == binding->original ? slot_stub(&hook->slot) : NULL;
}

size_t leave_wanted(struct wanted *wanted)
{
    size_t count = sizeof(exit_hooks) / sizeof(exit_hooks[0]);
    _Static_assert(sizeof(exit_hooks) / sizeof(exit_hooks[0]) <= LEAVE_WANTED, "leave.h");
    for (size_t i = 0; i < count; i++)
        wanted[i] = (struct wanted){
            .symbol = exit_hooks[i].symbol,
            .bind = leave_bind,
            .data = &exit_hooks[i],
            .quiet = true,
        };
    return count;
}
