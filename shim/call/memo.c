/* The way of a memoized call that its stub could not answer (arch/<cpu>/paths.S does, from the
 * thread's front, where the signature is simple and the call is in there: some 35 instructions).
 *
 *   memo_call     guard; a second entry by this thread goes straight to the original
 *   serve         buffers behind the arguments, key             (strlen and copies)
 *   look_up       the front, where the stub did not look        (one hash, one compare)
 *                 lock, dependencies, table                     (one hash, one compare)
 *     hit         value to the caller, effects raised again     (copies)
 *     miss        original.c: behind a veil, lock free, guard open
 *   call_store    lock again; nothing if the key has come meanwhile or something changed
 *   judge.c       what it took; does the slot pay?              (one sample in 32 calls)
 *
 * A hit of the table takes some 240 instructions, a miss of simple arguments 950 beyond the
 * original; docs/performance.md says where they go. No system call; memory for misses only. */
#include "call/memo.h"

#include "call/call.h"
#include "call/escape.h"
#include "call/flight.h"
#include "call/fronts.h"
#include "call/judge.h"
#include "call/key.h"
#include "call/probe.h"
#include "call/verify.h"
#include "call/zone.h"
#include "fork.h"
#include "thread.h"

#include <alloca.h>

#define STACK_WORK   1024 /* a key, and a veil's scratch, up to this size live on the stack */
#define TIMED_ALWAYS 16   /* the first calls are all timed, then one of TIMED_SHARE */
#define TIMED_SHARE  32

enum found { FOUND_HIT, FOUND_NOTHING, FOUND_BYPASS };

/* True when the caller's errno lets this entry answer. */
static bool errno_serves(const struct table_entry *entry, int caller_errno)
{
    return entry->errno_effect != ERRNO_UNKNOWN || caller_errno == 0;
}

static bool deliver(struct call *call, struct table_entry *entry)
{
    struct memo *memo = call->memo;
    if (!value_deliver(&memo->plan, call->registers, call->buffers, table_value(entry),
                       memo->entry))
        return false;
    if (entry->errno_effect == ERRNO_SET) call->caller_errno = entry->errno_value;
    if (entry->floating_effects) floating_raise(entry->floating_effects);
    return true;
}

bool memo_freshen(struct memo *memo)
{
    if (!memo->depends) return true;
    uint64_t moves = atomic_load_explicit(&depends_moves, memory_order_acquire);
    bool fresh = depends_current(memo->depends) || depends_check(memo->depends);
    uint64_t generation = atomic_load_explicit(&memo->depends->generation, memory_order_acquire);
    if (generation != memo->generation) {
        memo_clear_table(memo);
        memo->generation = generation;
    }
    memo->epoch += moves != memo->moves; /* what is under way is not kept */
    memo->moves = moves;
    atomic_thread_fence(memory_order_acquire);
    return fresh && moves == atomic_load_explicit(&depends_moves, memory_order_relaxed);
}

static enum found look_up(struct call *call)
{
    struct memo *memo = call->memo;
    enum found found = FOUND_NOTHING;
    if (fronts_serve(call)) {
        if (call->timed) judge_front_hit(call);
        return FOUND_HIT;
    }
    if (cost_mode(&memo->cost) == MODE_ALONE) {
        call->epoch = slot_epoch(&memo->slot);
        call->alone = true;
        return FOUND_NOTHING;
    }
    if (!lock_try(&memo->lock)) return FOUND_BYPASS;
    if (memo->depends && !memo_freshen(memo)) {
        lock_release(&memo->lock);
        return FOUND_BYPASS;
    }
    fronts_stamp(memo);
    struct table_entry *entry = table_find(&memo->table, call->key, call->key_size, call->hash);
    if (entry && memo->table.ttl_ns && table_expired(&memo->table, entry)) {
        table_remove(&memo->table, entry);
        entry = NULL;
    }
    if (entry && errno_serves(entry, call->caller_errno)) {
        if (memo->verifies && verify_due(memo) && verify_expect(call, entry)) {
            memo->hits++;
            found = FOUND_NOTHING; /* answered by the original this time */
            goto done;
        }
        found = deliver(call, entry) ? FOUND_HIT : FOUND_BYPASS;
        memo->hits += found == FOUND_HIT;
        if (found == FOUND_HIT) {
            fronts_keep(call, entry);
            judge_hit(call);
        }
    } else {
        memo->misses++;
        call->insertions = entry ? COUNT_NONE : memo->table.insertions;
        table_expect_insert(&memo->table);
    }
done:
    call->epoch = memo->epoch;
    lock_release(&memo->lock);
    return found;
}

static void miss(struct call *call)
{
    struct outcome outcome;
    call_run(call, &outcome);
    if (!outcome.inside) return;
    if (call->memo->plan.returns == RETURNS_STATIC)
        value_settle(&call->memo->plan, call->registers, call->memo->entry);
    if (call->expected)
        verify_compare(call, &outcome);
    else if (call->alone)
        call_store_alone(call, &outcome);
    else
        call_store(call, &outcome);
}

/* Before the veil: an output that may not be written is the original's affair. */
static bool outputs_writable(const struct call *call)
{
    const struct plan *plan = &call->memo->plan;
    for (uint32_t i = 0; call->veil_size && i < plan->step_count; i++) {
        const struct buffer *buffer = &call->buffers[i];
        if (step_is_output(&plan->steps[i]) && buffer->data &&
            !probe_writable(buffer->data, buffer->size))
            return false;
    }
    return true;
}

/* With memory for the key at hand; that for the veil is only taken for a miss. */
static void *look_up_or_call(struct call *call)
{
    struct memo *memo = call->memo;
    key_write(&memo->plan, call->registers, call->buffers, call->mode, call->key);
    call->hash = hash_bytes(call->key, call->key_size);
    switch (look_up(call)) {
    case FOUND_HIT:
        return NULL;
    case FOUND_BYPASS:
        atomic_fetch_add(&memo->bypassed, 1);
        return memo->slot.original;
    case FOUND_NOTHING:
        break;
    }
    if (!outputs_writable(call)) {
        if (call->expected) verify_forget(call);
        return memo->slot.original;
    }
    uintptr_t frame = (uintptr_t)call->registers;
    size_t work = 2 * call->veil_size;
    call->scratch = work <= STACK_WORK ? alloca(work) : flight_take(memo, work);
    if (!call->scratch || !thread_nest(frame)) {
        if (call->scratch && work > STACK_WORK) flight_return(call->scratch, work);
        if (call->expected) verify_forget(call);
        return memo->slot.original;
    }
    miss(call);
    thread_unnest();
    if (work > STACK_WORK) flight_return(call->scratch, work);
    if (call->expected) verify_forget(call);
    return NULL;
}

static bool has_conversion(const struct call *call, const char *letters)
{
    const struct plan *plan = &call->memo->plan;
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct buffer *buffer = &call->buffers[i];
        if (plan->steps[i].passing == PASS_STRING && buffer->data &&
            zone_format_has((const char *)buffer->data, buffer->size, letters))
            return true;
    }
    return false;
}

/* strftime: %s runs mktime, whose memory the next mktime builds on (DESIGN 6), unless the zone has
 * but one offset; %Z, which %c and %+ may contain, reads a text that tm_zone points to. */
static bool is_served(const struct call *call)
{
    const struct depends *depends = call->memo->depends;
    if (!depends || depends->condition != CONDITION_NO_EPOCH) return true;
    return !has_conversion(call, depends->no_epoch ? "sZc+" : "Zc+");
}

static bool resolve(struct call *call)
{
    struct memo *memo = call->memo;
    return floating_mode(call->floating, &call->mode) &&
           plan_resolve(&memo->plan, call->registers, call->buffers) && is_served(call);
}

static void *serve_simple(struct call *call)
{
    unsigned char key[8 * PLAN_MOVES + 1];
    struct memo *memo = call->memo;
    if (!floating_mode(call->floating, &call->mode)) {
        atomic_fetch_add(&memo->bypassed, 1);
        return memo->slot.original;
    }
    call->key = key;
    call->key_size = memo->plan.fixed_key_size;
    return look_up_or_call(call);
}

static void *serve(struct call *call)
{
    struct plan *plan = &call->memo->plan;
    struct memo *memo = call->memo;
    if (plan->simple) return serve_simple(call);
    call->buffers = alloca(plan->step_count * sizeof(struct buffer));
    bool servable = resolve(call);
    call->key_size = servable ? key_size(plan, call->registers, call->buffers) : 0;
    call->veil_size = servable ? veil_size(plan, call->buffers) : 0;
    if (servable && call->key_size <= STACK_WORK) {
        call->key = alloca(call->key_size);
        return look_up_or_call(call);
    }
    if (servable && call->key_size <= PLAN_KEY_LIMIT) call->key = flight_take(memo, call->key_size);
    if (!call->key) {
        atomic_fetch_add(&memo->bypassed, 1);
        return memo->slot.original;
    }
    void *next = look_up_or_call(call);
    flight_return(call->key, call->key_size);
    return next;
}

/* Past the first ones by chance: a count by each thread would meet but one of two slots that are
 * called in turn, and one by the slot is a line of cache that threads take from each other at every
 * call. */
static bool is_timed(struct memo *memo)
{
    static _Thread_local uint32_t chance;
    if (atomic_load_explicit(&memo->timed, memory_order_relaxed) < TIMED_ALWAYS) {
        atomic_fetch_add_explicit(&memo->timed, 1, memory_order_relaxed);
        return true;
    }
    chance = chance * 1664525u + 1013904223u;
    return chance < UINT32_MAX / TIMED_SHARE;
}

static void *memo_call(struct slot *slot, struct registers *registers)
{
    struct memo *memo = (struct memo *)slot;
    if (memo->impure || !thread_enter((uintptr_t)registers)) {
        atomic_fetch_add_explicit(&memo->bypassed, 1, memory_order_relaxed);
        return slot->original;
    }
    if (cost_mode(&memo->cost) >= MODE_BYPASSED && !judge_probes(memo)) {
        thread_leave();
        return slot->original;
    }
    struct call call = {
        .memo = memo,
        .registers = registers,
        .timed = is_timed(memo),
        .forks = fork_count(),
        .caller_errno = errno,
        .floating = floating_read(),
    };
    if (call.timed) call.start = arch_clock();
    void *next = serve(&call);
    errno = call.caller_errno;
    thread_leave();
    return next;
}

/* A symbol that others name as `call:`, cached itself: they are cleared before and after it. */
static void *memo_call_clearing(struct slot *slot, struct registers *registers)
{
    struct memo *memo = (struct memo *)slot;
    for (struct depends **depends = memo->clears; *depends; depends++)
        depends_bump(*depends);
    void *next = memo_call(slot, registers);
    struct escape escape = {.clears = memo->clears};
    escape_begin(&escape);
    if (next) arch_call(next, registers, memo->plan.convention.stack_bytes);
    escape_end(&escape);
    for (struct depends **depends = memo->clears; *depends; depends++)
        depends_called(*depends);
    return NULL;
}

slot_handler *memo_handler(const struct memo *memo)
{
    return memo->clears ? memo_call_clearing : memo_call;
}
