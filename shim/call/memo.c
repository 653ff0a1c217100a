/* The way of a memoized call.
 *
 *   memo_call     guard; a second entry by this thread goes straight to the original
 *   serve         buffers behind the arguments, key             (strlen and copies)
 *   look_up       lock, dependencies, table                     (one hash, one compare)
 *     hit         value to the caller, effects raised again     (copies)
 *     call        original behind a veil, lock free, guard open
 *   store         lock again; nothing if the key has come meanwhile or something changed
 *
 * A hit costs 40 to 60 ns here, 20 of them the table; no allocation, no system call. */
#include "call/memo.h"

#include "cache/arena.h"
#include "call/escape.h"
#include "call/flight.h"
#include "call/key.h"
#include "call/probe.h"
#include "call/value.h"
#include "call/zone.h"
#include "fork.h"
#include "thread.h"

#include <alloca.h>

#define STACK_WORK   1024 /* a key, and a veil's scratch, up to this size live on the stack */
#define TIMED_ALWAYS 16   /* the first calls are all timed, then one of TIMED_SHARE */
#define TIMED_SHARE  32

/* One call under way. Lives on the stack: nothing of it is shared. */
struct call {
    struct memo *memo;
    struct registers *registers;
    struct buffer *buffers;
    unsigned char *key, *scratch;
    size_t key_size, veil_size;
    uint32_t hash;
    bool timed;
    uint64_t start;      /* ticks */
    uint64_t generation; /* at look-up: a result of another time is not stored */
    unsigned forks;
    int caller_errno;
};

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

/* Drops what a dependency has made stale. Lock held. False: not to be served now. */
static bool freshen(struct memo *memo)
{
    if (!memo->depends) return true;
    bool fresh = depends_check(memo->depends);
    uint64_t generation = atomic_load_explicit(&memo->depends->generation, memory_order_acquire);
    if (generation != memo->generation) {
        table_clear(&memo->table);
        memo->generation = generation;
    }
    return fresh;
}

static enum found look_up(struct call *call)
{
    struct memo *memo = call->memo;
    enum found found = FOUND_NOTHING;
    if (!lock_try(&memo->lock)) return FOUND_BYPASS;
    if (!freshen(memo)) {
        lock_release(&memo->lock);
        return FOUND_BYPASS;
    }
    struct table_entry *entry = table_find(&memo->table, call->key, call->key_size, call->hash);
    if (entry && table_expired(&memo->table, entry)) {
        table_remove(&memo->table, entry);
        entry = NULL;
    }
    if (entry && errno_serves(entry, call->caller_errno)) {
        found = deliver(call, entry) ? FOUND_HIT : FOUND_BYPASS;
        memo->hits += found == FOUND_HIT;
        if (call->timed) timing_add(&memo->hit, arch_clock() - call->start);
    } else {
        memo->misses++;
    }
    call->generation = memo->generation;
    lock_release(&memo->lock);
    return found;
}

static struct table_entry *insert(struct call *call, size_t size)
{
    struct memo *memo = call->memo;
    struct table_entry *entry =
        table_insert(&memo->table, call->key, call->key_size, call->hash, size);
    if (entry || memo->table.maxsize == 0 || table_count(&memo->table)) return entry;
    if (!memo_make_room(memo)) return NULL;
    return table_insert(&memo->table, call->key, call->key_size, call->hash, size);
}

/* Lock held. The value's bytes are read from the caller's memory, just written by the original. */
static bool store_entry(struct call *call, const struct effects *effects)
{
    struct memo *memo = call->memo;
    struct table_entry *entry = table_peek(&memo->table, call->key, call->key_size, call->hash);
    if (!entry) {
        size_t size = value_size(&memo->plan, call->registers, call->buffers);
        if (size == VALUE_NONE) return false;
        entry = insert(call, size);
        if (!entry && memo->table.maxsize) memo->memory_failures++;
        if (!entry) return memo->table.maxsize == 0;
        value_capture(&memo->plan, call->registers, call->buffers, table_value(entry));
    } else if (entry->errno_effect != ERRNO_UNKNOWN) {
        return true;
    }
    entry->errno_effect = (uint8_t)effects->errno_effect;
    entry->errno_value = (int16_t)effects->errno_value;
    entry->floating_effects = (uint8_t)effects->floating;
    return true;
}

static void store(struct call *call, const struct effects *effects, bool whole, uint64_t ticks)
{
    struct memo *memo = call->memo;
    if (!lock_try(&memo->lock)) return;
    bool current =
        freshen(memo) && memo->generation == call->generation && call->forks == fork_count();
    if (!whole || !current || !effects_storable(effects, memo->entry->options.errors) ||
        !store_entry(call, effects))
        memo->unstored++;
    if (call->timed) {
        timing_add(&memo->original, ticks);
        timing_add(&memo->miss, arch_clock() - call->start);
    }
    lock_release(&memo->lock);
}

/* The original, outside the guard: what it calls in turn is cached as any call. Gives its ticks. */
static uint64_t call_original(struct call *call, struct effects *effects, struct veil *veil,
                              bool *inside)
{
    struct memo *memo = call->memo;
    struct escape escape = {.veil = veil, .effects = effects, .clears = memo->clears};
    errno = call->caller_errno;
    effects_begin(effects);
    if (!escape_begin(&escape) && veil->size) veil_lift(veil);
    thread_leave();
    uint64_t start = call->timed ? arch_clock() : 0;
    arch_call(memo->slot.original, call->registers, memo->plan.stack_bytes);
    uint64_t ticks = call->timed ? arch_clock() - start : 0;
    *inside = thread_enter((uintptr_t)call->registers);
    effects_end(effects);
    escape_end(&escape);
    return ticks;
}

static void miss(struct call *call)
{
    struct plan *plan = &call->memo->plan;
    struct effects effects;
    struct veil veil;
    bool inside;
    veil_begin(&veil, plan, call->buffers, call->scratch, call->veil_size,
               arch_clock() * 0x9e3779b97f4a7c15ull);
    uint64_t ticks = call_original(call, &effects, &veil, &inside);
    enum unveiled unveiled = veil_end(&veil);
    if (unveiled == UNVEILED_UNCLEAR) {
        veil_again(&veil);
        call_original(call, &effects, &veil, &inside);
        unveiled = veil_end(&veil);
    }
    call->caller_errno = errno;
    if (!inside) return;
    value_settle(plan, call->registers, call->memo->entry);
    store(call, &effects, unveiled == UNVEILED_WRITTEN, ticks);
}

/* Before the veil: an output that may not be written is the original's affair. */
static bool outputs_writable(const struct call *call)
{
    const struct plan *plan = &call->memo->plan;
    for (uint32_t i = 0; call->veil_size && i < plan->step_count; i++) {
        const struct buffer *buffer = &call->buffers[i];
        if (plan->steps[i].direction == DIRECTION_OUT && buffer->data &&
            !probe_writable(buffer->data, buffer->size))
            return false;
    }
    return true;
}

/* With memory for the key at hand; that for the veil is only taken for a miss. */
static void *look_up_or_call(struct call *call)
{
    struct memo *memo = call->memo;
    key_write(&memo->plan, call->registers, call->buffers, floating_mode(), call->key);
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
    if (!outputs_writable(call)) return memo->slot.original;
    uintptr_t frame = (uintptr_t)call->registers;
    size_t work = 2 * call->veil_size;
    call->scratch = work <= STACK_WORK ? alloca(work) : flight_take(work);
    if (!call->scratch || !thread_nest(frame)) {
        if (call->scratch && work > STACK_WORK) flight_return(call->scratch, work);
        return memo->slot.original;
    }
    miss(call);
    thread_unnest();
    if (work > STACK_WORK) flight_return(call->scratch, work);
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
    return !floating_traps() && plan_resolve(&memo->plan, call->registers, call->buffers) &&
           is_served(call);
}

static void *serve(struct call *call)
{
    struct plan *plan = &call->memo->plan;
    struct memo *memo = call->memo;
    call->buffers = alloca(plan->step_count * sizeof(struct buffer));
    bool servable = resolve(call);
    call->key_size = servable ? key_size(plan, call->buffers) : 0;
    call->veil_size = servable ? veil_size(plan, call->buffers) : 0;
    if (servable && call->key_size <= STACK_WORK) {
        call->key = alloca(call->key_size);
        return look_up_or_call(call);
    }
    if (servable && call->key_size <= PLAN_KEY_LIMIT) call->key = flight_take(call->key_size);
    if (!call->key) {
        atomic_fetch_add(&memo->bypassed, 1);
        return memo->slot.original;
    }
    void *next = look_up_or_call(call);
    flight_return(call->key, call->key_size);
    return next;
}

static void *memo_call(struct slot *slot, struct registers *registers)
{
    struct memo *memo = (struct memo *)slot;
    if (!thread_enter((uintptr_t)registers)) {
        atomic_fetch_add_explicit(&memo->bypassed, 1, memory_order_relaxed);
        return slot->original;
    }
    unsigned tick = atomic_load_explicit(&memo->tick, memory_order_relaxed);
    atomic_store_explicit(&memo->tick, tick + 1, memory_order_relaxed);
    struct call call = {
        .memo = memo,
        .registers = registers,
        .timed = tick < TIMED_ALWAYS || tick % TIMED_SHARE == 0,
        .forks = fork_count(),
        .caller_errno = errno,
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
    if (next) arch_call(next, registers, memo->plan.stack_bytes);
    escape_end(&escape);
    for (struct depends **depends = memo->clears; *depends; depends++)
        depends_called(*depends);
    return NULL;
}

slot_handler *memo_handler(const struct memo *memo)
{
    return memo->clears ? memo_call_clearing : memo_call;
}
