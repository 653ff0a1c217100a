/* A symbol hooked by tail-jump: something of ours runs first, then the original, as if the program
 * had called it directly: same arguments, same return address. What `before` leaves in errno is
 * seen. */
#ifndef MEMO_HOOK_H
#define MEMO_HOOK_H

#include "rebind/rebind.h"
#include "slot.h"

#include <stdatomic.h>

struct hook {
    const char *symbol;
    void (*before)(const struct hook *hook, const struct registers *registers);
    int argument; /* for `before` */
    /* hook.c's own; zero at first */
    struct slot slot;
    atomic_bool made;
};

/* Fills one row of wanted[] for each hook, which must live on. One original per hook: the first. */
void hooks_want(struct hook *hooks, size_t count, struct wanted *wanted);

#endif
