#include "call/escape.h"

#include "hook.h"
#include "thread.h"

#include <unwind.h>

#define ESCAPE_DEPTH 64

/* In its own array, not chained through the stack: after a jump that we did not see, the frames of
 * what is listed here may be gone, and must not be read. */
static _Thread_local struct {
    uint32_t count;
    uint32_t beyond; /* calls in flight below those that found room */
    struct escape *listed[ESCAPE_DEPTH];
} in_flight __attribute__((tls_model("initial-exec")));

/* Frames below the current one are gone, unless this is the alternate signal stack, whose place
 * says nothing about the thread's own. */
static void drop_dead(uintptr_t frame)
{
    while (in_flight.count && (uintptr_t)in_flight.listed[in_flight.count - 1] < frame) {
        if (thread_on_alternate_stack()) return;
        in_flight.count--;
        in_flight.beyond = 0;
    }
}

bool escape_begin(struct escape *escape)
{
    drop_dead((uintptr_t)__builtin_frame_address(0));
    if (in_flight.count == ESCAPE_DEPTH) {
        in_flight.beyond++;
        return false;
    }
    in_flight.listed[in_flight.count] = escape;
    atomic_signal_fence(memory_order_seq_cst); /* a handler may jump from here on */
    in_flight.count++;
    return true;
}

/* Coroutines end in any order: it need not be the last. */
void escape_end(struct escape *escape)
{
    uint32_t at = in_flight.count;
    while (at && in_flight.listed[at - 1] != escape)
        at--;
    if (!at) {
        if (in_flight.beyond) in_flight.beyond--;
        return;
    }
    for (; at < in_flight.count; at++)
        in_flight.listed[at - 1] = in_flight.listed[at];
    in_flight.count--;
}

static void undo(const struct escape *escape)
{
    if (escape->veil) veil_lift(escape->veil);
    if (escape->effects) effects_undo(escape->effects);
    for (struct depends *const *list = escape->clears; list && depends_of(list); list++)
        depends_bump(depends_of(list));
}

static void undo_last(void)
{
    in_flight.count--;
    atomic_signal_fence(memory_order_seq_cst);
    undo(in_flight.listed[in_flight.count]);
}

_Unwind_Reason_Code escape_personality(int version, _Unwind_Action actions,
                                       _Unwind_Exception_Class class,
                                       struct _Unwind_Exception *exception,
                                       struct _Unwind_Context *context);

/* What the unwinder asks arch_call's frame, innermost first: the last one listed. There is nothing
 * to catch and nowhere to land. Done here, the cleanup needs no part of libgcc. */
_Unwind_Reason_Code escape_personality(int version, _Unwind_Action actions,
                                       _Unwind_Exception_Class class,
                                       struct _Unwind_Exception *exception,
                                       struct _Unwind_Context *context)
{
    (void)version;
    (void)class;
    (void)exception;
    (void)context;
    if (!(actions & _UA_CLEANUP_PHASE)) return _URC_CONTINUE_UNWIND;
    drop_dead((uintptr_t)__builtin_frame_address(0));
    if (in_flight.beyond)
        in_flight.beyond--;
    else if (in_flight.count)
        undo_last();
    return _URC_CONTINUE_UNWIND;
}

/* A jump leaves the frames below its target; what is above stays in flight, as where a library
 * jumps within itself. */
static void jump(const struct hook *hook, const struct registers *registers)
{
    (void)hook;
    uintptr_t target = arch_jump_target((const void *)registers->integer[0]);
    drop_dead((uintptr_t)__builtin_frame_address(0));
    while (in_flight.count && (uintptr_t)in_flight.listed[in_flight.count - 1] < target) {
        in_flight.beyond = 0;
        undo_last();
    }
}

static struct hook jumps[] = {
    {.symbol = "longjmp", .before = jump},
    {.symbol = "_longjmp", .before = jump},
    {.symbol = "siglongjmp", .before = jump},
    {.symbol = "__longjmp_chk", .before = jump},
};
_Static_assert(sizeof(jumps) / sizeof(jumps[0]) == ESCAPE_WANTED, "escape.h");

void escape_want(struct wanted *wanted)
{
    hooks_want(jumps, ESCAPE_WANTED, wanted);
}
