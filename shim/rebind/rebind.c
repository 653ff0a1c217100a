#include "rebind/rebind.h"

#include "config/pool.h"
#include "rebind/scan.h"
#include "rebind/symbol_hook.h"
#include "rebind/target.h"
#include "rebind/tick.h"
#include "report/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* glibc 2.39 can turn the PLT of an object into direct jumps that read no reference any more. */
static void warn_of_rewritten_plt(void)
{
    static const char name[] = "glibc.cpu.plt_rewrite=";
    const char *tunables = getenv("GLIBC_TUNABLES");
    const char *setting = tunables ? strstr(tunables, name) : NULL;
    if (setting && setting[sizeof(name) - 1] != '0')
        message(LOG_WARNING, "GLIBC_TUNABLES sets glibc.cpu.plt_rewrite: calls from objects linked "
                             "with -z now may not be cached");
}

static bool add_all(struct wanted *wanted, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!target_add(&wanted[i])) return false;
    return true;
}

int rebind_start(struct wanted *wanted, size_t count, const struct supply *supply,
                 struct pool *pool)
{
    if (count == 0) return 0;
    int saved = errno;
    if (!scan_start(pool) || !targets_start(pool, count + SYMBOL_HOOKS, supply) ||
        !add_all(wanted, count) || !add_all(symbol_hooks, SYMBOL_HOOKS))
        return ENOMEM;
    warn_of_rewritten_plt();
    bool done = false;
    if (!tick_run(scan_objects, &done) || !done) return ENOSYS;
    errno = saved;
    return 0;
}
