#include "rebind/symbol_hook.h"

#include "rebind/scan.h"
#include "rebind/tick.h"
#include "slot.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>

/* This thread is in here already: an allocator or another interposer asks for a symbol while we
 * ask for one. It gets the real answer. */
static __thread bool inside;

static void find_new_objects(void)
{
    bool done = false;
    if (scan_is_due()) tick_run(scan_objects, &done);
}

typedef void *dlsym_function(void *handle, const char *name);
typedef void *dlvsym_function(void *handle, const char *name, const char *version);

/* The real function is called before the loader's lock is taken: it may be another interposer's,
 * with a lock of its own. */
static uintptr_t stub_for(const struct slot *slot, const struct registers *registers,
                          bool versioned)
{
    struct scan_request request = {
        .handle = (void *)registers->integer[0],
        .caller = arch_return_address(registers),
        .version = versioned ? (const char *)registers->integer[2] : NULL,
    };
    const char *name = (const char *)registers->integer[1];
    if (request.handle == RTLD_NEXT || !name || (versioned && !request.version)) return 0;
    if (!target_is_expected(name)) return 0;
    request.symbol = name;
    request.real =
        (uintptr_t)(versioned
                        ? ((dlvsym_function *)slot->original)(request.handle, name, request.version)
                        : ((dlsym_function *)slot->original)(request.handle, name));
    if (request.real) tick_run(scan_request, &request);
    return request.stub;
}

static void *answer(struct slot *slot, struct registers *registers, bool versioned)
{
    if (inside) return slot->original;
    int saved = errno;
    inside = true;
    find_new_objects();
    uintptr_t stub = stub_for(slot, registers, versioned);
    inside = false;
    errno = saved;
    if (!stub) return slot->original;
    registers->result[0] = stub;
    return NULL;
}

static void *enter_dlsym(struct slot *slot, struct registers *registers)
{
    return answer(slot, registers, false);
}

static void *enter_dlvsym(struct slot *slot, struct registers *registers)
{
    return answer(slot, registers, true);
}

/* A plug-in that registers itself, and is not asked for a symbol, is found here at the latest. */
static void *enter_dlopen(struct slot *slot, struct registers *registers)
{
    (void)registers;
    if (inside) return slot->original;
    int saved = errno;
    inside = true;
    find_new_objects();
    inside = false;
    errno = saved;
    return slot->original;
}

/* One name may have several originals: libc's, another interposer's, a sanitizer's. */
struct hook {
    slot_handler *handler;
    struct slot slots[4];
    size_t count;
};

static void *bind_hook(const struct wanted *wanted, const struct binding *binding)
{
    struct hook *hook = wanted->data;
    for (size_t i = 0; i < hook->count; i++)
        if (hook->slots[i].original == binding->original) return slot_stub(&hook->slots[i]);
    if (hook->count == sizeof(hook->slots) / sizeof(hook->slots[0])) return NULL;
    void *stub = slot_publish(&hook->slots[hook->count], hook->handler, binding->original);
    if (stub) hook->count++;
    return stub;
}

static struct hook hooks[SYMBOL_HOOKS] = {
    {.handler = enter_dlsym},
    {.handler = enter_dlvsym},
    {.handler = enter_dlopen},
};

struct wanted symbol_hooks[SYMBOL_HOOKS] = {
    {.symbol = "dlsym", .bind = bind_hook, .data = &hooks[0], .quiet = true},
    {.symbol = "dlvsym", .bind = bind_hook, .data = &hooks[1], .quiet = true},
    {.symbol = "dlopen", .bind = bind_hook, .data = &hooks[2], .quiet = true},
};
