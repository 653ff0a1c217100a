#include "leave.h"

#include "hook.h"
#include "report/stats.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FOR_CERTAIN (-1)

/* A shell tries one directory of PATH after the other: only the try that can succeed counts as the
 * end. A bare name is searched for by execvp itself and taken as found. */
static bool will_leave(const struct hook *hook, const struct registers *registers)
{
    if (hook->argument == FOR_CERTAIN) return true;
    const char *path = (const char *)registers->integer[hook->argument];
    if (!path || access(path, X_OK) == 0) return path != NULL;
    return errno != EFAULT && !strchr(path, '/'); /* the kernel has read it: so may we */
}

static void leave(const struct hook *hook, const struct registers *registers)
{
    int saved = errno;
    if (will_leave(hook, registers)) stats_write();
    errno = saved;
}

static struct hook exits[] = {
    {.symbol = "_exit", .before = leave, .argument = FOR_CERTAIN},
    {.symbol = "_Exit", .before = leave, .argument = FOR_CERTAIN},
    {.symbol = "quick_exit", .before = leave, .argument = FOR_CERTAIN},
    {.symbol = "fexecve", .before = leave, .argument = FOR_CERTAIN},
    {.symbol = "execve", .before = leave, .argument = 0},
    {.symbol = "execv", .before = leave, .argument = 0},
    {.symbol = "execl", .before = leave, .argument = 0},
    {.symbol = "execle", .before = leave, .argument = 0},
    {.symbol = "execvp", .before = leave, .argument = 0},
    {.symbol = "execlp", .before = leave, .argument = 0},
    {.symbol = "execvpe", .before = leave, .argument = 0},
};
_Static_assert(sizeof(exits) / sizeof(exits[0]) == LEAVE_WANTED, "leave.h");

void leave_want(struct wanted *wanted)
{
    hooks_want(exits, LEAVE_WANTED, wanted);
}
