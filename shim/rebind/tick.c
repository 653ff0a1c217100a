#include "rebind/tick.h"

#include "rebind/loader.h"

#include <dlfcn.h>
#include <stddef.h>

struct pending {
    void (*work)(void *argument);
    void *argument;
};

/* Of this thread: a resolver that another thread or a stranger sets off finds nothing here.
 * Volatile, as a compiler may take dlsym(), declared
 * to call nothing of its caller's file, at its word. */
static __thread volatile struct pending pending;
static __thread bool running;

static void tick_nothing(void) {}

__attribute__((used)) static void (*tick_resolve(void))(void)
{
    void (*work)(void *) = pending.work;
    pending.work = NULL;
    if (work) work(pending.argument);
    return tick_nothing;
}

void memo_tick(void) __attribute__((ifunc("tick_resolve"), visibility("default")));

bool tick_run(void (*work)(void *argument), void *argument)
{
    if (running) return false;
    running = true;
    pending.argument = argument;
    pending.work = work;
    loader.symbol(RTLD_DEFAULT, "memo_tick");
    bool ran = pending.work == NULL;
    pending.work = NULL;
    running = false;
    return ran;
}
