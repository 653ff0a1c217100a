/* Making memos: once per (config entry, original), when a reference is first bound. */
#include "call/memo.h"

#include "cache/arena.h"
#include "call/fronts.h"
#include "call/room.h"
#include "call/trial.h"
#include "call/verify.h"
#include "report/message.h"

#include <string.h>

static struct memo *memos[MEMO_LIMIT];
static atomic_size_t memo_count;
static bool memo_locked[MEMO_LIMIT], binding_locked;

/* Bindings come from the constructor and from scans under the loader's lock: seldom, and not many
 * at once; the lock is for dlsym() in several threads. The pool is this lock's too. */
static struct lock binding_lock;
static struct pool memo_pool;

struct memo *memo_at(size_t index)
{
    return index < atomic_load_explicit(&memo_count, memory_order_acquire) ? memos[index] : NULL;
}

static struct memo *memo_known(const struct entry *entry, const void *original)
{
    struct memo *memo;
    for (size_t i = 0; (memo = memo_at(i)); i++)
        if (memo->entry == entry && memo->slot.original == original) return memo;
    return NULL;
}

/* What is verified, or only counted, is not left to the cost rule. Of what others depend on no call
 * may be missed, as those of a trial are. */
static void begin_mode(struct memo *memo)
{
    const struct section_options *options = &memo->entry->options;
    bool can_be_alone = memo->front != FRONT_NONE && !memo->depends;
    bool rule = options->adaptive == ADAPTIVE_ON && !memo->verifies && options->maxsize;
    enum mode mode = rule                                                  ? MODE_PROBING
                     : options->adaptive == ADAPTIVE_FRONT && can_be_alone ? MODE_ALONE
                                                                           : MODE_CACHING;
    cost_begin(&memo->cost, rule, mode);
    memo->cost.can_be_alone = can_be_alone;
    memo->cost.can_be_tried = memo->front != FRONT_NONE && !memo->clears;
}

static void *find_room(struct table *table, size_t size)
{
    return room_alloc(memo_of_table(table), size);
}

static struct memo *memo_make(const struct memo_section *section, const struct binding *binding)
{
    struct memo *memo = pool_alloc(&memo_pool, sizeof(*memo));
    if (!memo) return NULL;
    memo->entry = section->entry;
    memo->version = pool_strndup(&memo_pool, binding->version, strlen(binding->version));
    memo->provider = pool_strndup(&memo_pool, binding->provider, strlen(binding->provider));
    memo->depends = section->depends;
    memo->clears = section->clears;
    memo->table.maxsize = section->entry->options.maxsize;
    memo->table.ttl_ns = section->entry->options.ttl_ns;
    memo->table.find_room = find_room;
    bool planned = plan_make(&memo->plan, section->entry->signature, &memo_pool);
    memo->verifies = verify_is_on(memo);
    if (planned) fronts_choose(memo);
    begin_mode(memo);
    if (planned && memo->version && memo->provider) return memo;
    message(LOG_WARNING, "%s: no memory for its slot; it is not cached", section->entry->symbol);
    return NULL;
}

/* The addresses of what `writes` names. */
static bool globals_found(struct memo *memo)
{
    const struct signature *signature = memo->entry->signature;
    for (uint32_t i = 0; i < signature->global_count; i++) {
        const char *name = signature->globals[i].name;
        void *address = rebind_global(name, memo->provider);
        memo->plan.steps[memo->plan.argument_count + i].fixed = address;
        if (address) continue;
        message(LOG_WARNING,
                "%s: no loaded object has the variable %s that it writes; it is not cached",
                memo->entry->symbol, name);
        return false;
    }
    return true;
}

static bool placed(const struct memo *memo)
{
    if (!memo->plan.convention.disputed) return true;
    message(LOG_WARNING,
            "%s: compilers disagree on where this __int128 is passed; it is not cached",
            memo->entry->symbol);
    return false;
}

/* The stub of a new memo, or NULL. Binding lock held. */
static void *memo_add(struct memo_section *section, const struct binding *binding)
{
    const struct pool *config_pool = &section->config->pool;
    size_t before = memo_pool.bytes + config_pool->bytes,
           index = atomic_load_explicit(&memo_count, memory_order_relaxed);
    if (section->refused || !slot_has_room()) return NULL;
    bool understood = config_understand(section->config, section->entry);
    struct memo *memo = understood ? memo_make(section, binding) : NULL;
    arena_charge(memo_pool.bytes + config_pool->bytes - before);
    section->refused = !memo || !placed(memo) || !globals_found(memo);
    if (section->refused) return NULL;
    void *stub = slot_publish(&memo->slot, memo_handler(memo), binding->original);
    if (!stub) return NULL;
    slot_enter_by(&memo->slot, fronts_entry(memo));
    memos[index] = memo;
    atomic_store_explicit(&memo_count, index + 1, memory_order_release);
    return stub;
}

void *memo_bind(const struct wanted *wanted, const struct binding *binding)
{
    struct memo_section *section = wanted->data;
    if (!lock_wait(&binding_lock)) return NULL;
    struct memo *memo = memo_known(section->entry, binding->original);
    void *stub = memo ? slot_stub(&memo->slot) : memo_add(section, binding);
    lock_release(&binding_lock);
    return stub;
}

void memo_before_fork(void)
{
    struct memo *memo;
    binding_locked = lock_wait(&binding_lock);
    for (size_t i = 0; (memo = memo_at(i)); i++)
        memo_locked[i] = lock_wait(&memo->lock);
    depends_before_fork();
    shares_before_fork();
}

/* In the child, which has no other thread yet. */
static void count_from_zero(struct memo *memo)
{
    memo->hits = memo->misses = memo->unstored = memo->memory_failures = 0;
    memo->verified = memo->different = memo->table.evictions = 0;
    atomic_store(&memo->bypassed, 0);
}

/* A lock that could not be had was held by a thread that the child lacks, or lost for good: it
 * stays taken, and the child calls that slot's original. */
void memo_after_fork(bool locked, bool child)
{
    struct memo *memo;
    if (locked) {
        shares_after_fork(child);
        depends_after_fork();
    }
    for (size_t i = 0; (memo = memo_at(i)); i++) {
        if (child) count_from_zero(memo);
        if (child) trial_in_child(memo);
        if (locked && memo_locked[i]) lock_release(&memo->lock);
    }
    if (locked && binding_locked) lock_release(&binding_lock);
}
