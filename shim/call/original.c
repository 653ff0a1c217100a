/* Calling the original: outside the guard, no lock held. */
#include "call/call.h"
#include "call/escape.h"
#include "thread.h"

#include <alloca.h>
#include <stdlib.h>

/* What it calls in turn is cached as any call. Gives its ticks. */
static uint64_t call_original(struct call *call, struct effects *effects, struct veil *veil,
                              bool *inside)
{
    struct memo *memo = call->memo;
    struct escape escape = {.veil = veil, .effects = effects, .clears = memo->clears};
    call->registers->x87_results = memo->plan.convention.x87_results;
    errno = call->caller_errno;
    effects_begin(effects, call->floating);
    if (!escape_begin(&escape) && veil->size) veil_lift(veil);
    thread_leave();
    uint64_t start = call->timed ? arch_clock_ordered() : 0;
    arch_call(memo->slot.original, call->registers, memo->plan.convention.stack_bytes);
    uint64_t ticks = call->timed ? arch_clock_ordered() - start : 0;
    *inside = thread_enter((uintptr_t)call->registers);
    effects_end(effects);
    escape_end(&escape);
    return ticks;
}

/* Of a function that calls what clears its cache, as one that reports its errors does: such a call
 * is not stored, and has an effect that must not be had twice. */
static uint64_t generation_of(const struct memo *memo)
{
    return memo->depends ? atomic_load(&memo->depends->generation) : 0;
}

/* Nothing but registers goes in and out. */
static void run_simple(struct call *call, struct outcome *outcome)
{
    struct veil none = {.size = 0};
    outcome->ticks = call_original(call, &outcome->effects, &none, &outcome->inside);
    outcome->whole = true;
    call->caller_errno = errno;
}

void call_run(struct call *call, struct outcome *outcome)
{
    struct veil veil;
    const struct plan *plan = &call->memo->plan;
    if (plan->simple) {
        run_simple(call, outcome);
        return;
    }
    unsigned char *indirect = alloca(plan->convention.indirect_bytes);
    arch_indirect_save(call->registers, &plan->convention, plan->argument_count, indirect);
    veil_begin(&veil, plan, call->buffers, call->scratch, call->veil_size,
               arch_clock() * 0x9e3779b97f4a7c15ull);
    uint64_t generation = generation_of(call->memo);
    outcome->ticks = call_original(call, &outcome->effects, &veil, &outcome->inside);
    if (generation_of(call->memo) != generation) veil.sure = VEIL_RATHER;
    arch_indirect_restore(call->registers, &plan->convention, plan->argument_count, indirect);
    enum unveiled unveiled = veil_end(&veil);
    if (unveiled == UNVEILED_UNCLEAR) {
        if (plan->returns == RETURNS_MALLOC) free((void *)call->registers->result[0]);
        veil_again(&veil);
        call->floating = floating_read();
        call_original(call, &outcome->effects, &veil, &outcome->inside);
        arch_indirect_restore(call->registers, &plan->convention, plan->argument_count, indirect);
        unveiled = veil_end(&veil);
    }
    outcome->whole = unveiled == UNVEILED_WRITTEN;
    call->caller_errno = errno;
}
