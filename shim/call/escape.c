#include "call/escape.h"

#include "hook.h"

#include <unwind.h>

#define ESCAPE_DEPTH 32

/* In its own array, not chained through the stack: after a longjmp that we did not see, the frames
 * of what is listed here may be gone. Those are below the current one, and dropped unread. */
static _Thread_local struct {
    uint32_t count;
    struct veil *veils[ESCAPE_DEPTH];
} in_flight __attribute__((tls_model("initial-exec")));

static void drop_dead(uintptr_t frame)
{
    while (in_flight.count && (uintptr_t)in_flight.veils[in_flight.count - 1] < frame)
        in_flight.count--;
}

bool escape_begin(struct veil *veil)
{
    drop_dead((uintptr_t)__builtin_frame_address(0));
    if (in_flight.count == ESCAPE_DEPTH) return false;
    in_flight.veils[in_flight.count] = veil;
    atomic_signal_fence(memory_order_seq_cst); /* a handler may jump from here on */
    in_flight.count++;
    return true;
}

void escape_end(struct veil *veil)
{
    if (in_flight.count && in_flight.veils[in_flight.count - 1] == veil) in_flight.count--;
}

static void lift_all(void)
{
    drop_dead((uintptr_t)__builtin_frame_address(0));
    while (in_flight.count) {
        in_flight.count--;
        atomic_signal_fence(memory_order_seq_cst);
        veil_lift(in_flight.veils[in_flight.count]);
    }
}

_Unwind_Reason_Code escape_personality(int version, _Unwind_Action actions,
                                       _Unwind_Exception_Class class,
                                       struct _Unwind_Exception *exception,
                                       struct _Unwind_Context *context);

/* What the unwinder asks arch_call's frame. There is nothing to catch and nowhere to land; only the
 * cleanup is ours. Done here, it needs no part of libgcc. */
_Unwind_Reason_Code escape_personality(int version, _Unwind_Action actions,
                                       _Unwind_Exception_Class class,
                                       struct _Unwind_Exception *exception,
                                       struct _Unwind_Context *context)
{
    (void)version;
    (void)class;
    (void)exception;
    (void)context;
    if (actions & _UA_CLEANUP_PHASE) lift_all();
    return _URC_CONTINUE_UNWIND;
}

static void jump(const struct hook *hook, const struct registers *registers)
{
    (void)hook;
    (void)registers;
    lift_all();
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
