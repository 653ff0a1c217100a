#include "call/fronts.h"

#include "cache/arena.h"
#include "call/key.h"
#include "thread.h"

#include <string.h>
#include <sys/mman.h>

/* One thread's. Address space for every slot there can be; memory for the pages that are used. */
struct thread_share {
    struct thread_share *next, *previous;
    size_t charged;
    _Alignas(4096) struct front fronts[ARCH_STUBS];
};

struct front thread_no_fronts[ARCH_STUBS]; /* closed, and never written */
_Thread_local struct front *thread_fronts = thread_no_fronts;
int64_t thread_errno_offset;

static struct lock shares_lock; /* guards the list; inside memo.lock, outside arena.lock */
static struct thread_share *shares;
static bool shares_locked;

/* --- one thread ------------------------------------------------------------------------------- */

static struct thread_share *own_share(void)
{
    size_t offset = offsetof(struct thread_share, fronts);
    return thread_fronts == thread_no_fronts ? NULL : (void *)((char *)thread_fronts - offset);
}

static void share_unlink(struct thread_share *share)
{
    if (share->previous)
        share->previous->next = share->next;
    else
        shares = share->next;
    if (share->next) share->next->previous = share->previous;
}

/* Hits go to the slots that they are of. */
static void share_release(struct thread_share *share)
{
    struct memo *memo;
    for (size_t i = 0; (memo = memo_at(i)); i++) {
        struct front *front = &share->fronts[memo->slot.number];
        if (!front->lines) continue;
        atomic_fetch_add_explicit(&memo->ended_hits, front_hits(front), memory_order_relaxed);
        atomic_fetch_add_explicit(&memo->ended_misses, front->misses, memory_order_relaxed);
        front_release(front);
    }
    arena_charge(-share->charged);
    munmap(share, sizeof(*share));
}

static void thread_ends(void)
{
    struct thread_share *share = own_share();
    if (!share) return;
    thread_fronts = thread_no_fronts;
    atomic_signal_fence(memory_order_seq_cst);
    if (!lock_wait(&shares_lock)) return; /* lost: the mapping stays, and its counts with it */
    share_unlink(share);
    share_release(share);
    lock_release(&shares_lock);
}

/* Its header, and the pages that the slots there are now will use. */
static size_t charge_of_share(void)
{
    size_t count = 0;
    while (memo_at(count))
        count++;
    return offsetof(struct thread_share, fronts) +
           (count * sizeof(struct front) + 4095) / 4096 * 4096;
}

/* Lock of the list held. */
static bool share_add(void)
{
    size_t charged = charge_of_share();
    if (!arena_charge_within(charged)) return false;
    struct thread_share *share = mmap(NULL, sizeof(*share), PROT_READ | PROT_WRITE,
                                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (share == MAP_FAILED) {
        arena_charge(-charged);
        return false;
    }
    share->charged = charged;
    share->next = shares;
    if (shares) shares->previous = share;
    shares = share;
    atomic_signal_fence(memory_order_seq_cst);
    thread_fronts = share->fronts;
    return true;
}

static bool share_make(void)
{
    if (thread_self.ended || (char *)&errno - arch_thread_pointer() != thread_errno_offset)
        return false;
    if (!thread_register() || !lock_try(&shares_lock)) return false;
    bool made = share_add();
    lock_release(&shares_lock);
    return made;
}

/* This thread's front, made if need be, of the slot's epoch when the call was looked up. NULL:
 * none.
 */
static struct front *front_of(const struct memo *memo, uint64_t epoch)
{
    if (thread_fronts == thread_no_fronts && !share_make()) return NULL;
    struct front *front = &thread_fronts[memo->slot.number];
    if (!front->lines) {
        if (!front_make(front, &memo->layout)) return NULL;
        front->placed = memo->table.placed;
    }
    if (front->epoch != epoch) front_empty(front, &memo->layout, epoch);
    return front;
}

void fronts_start(void)
{
    thread_errno_offset = (char *)&errno - arch_thread_pointer();
    thread_at_end(thread_ends);
}

/* --- one slot --------------------------------------------------------------------------------- */

/* A value in one register, without padding or strings. */
static bool is_word(const struct step *step)
{
    return (step->passing == PASS_VALUE || step->passing == PASS_HANDLE) && !step->boolean &&
           step->location.piece_count == 1 && !step->location.indirect &&
           step->location.pieces[0].bank != BANK_STACK && step->shape.size <= 8 &&
           step->shape.packed == step->shape.size && step->shape.string_count == 0;
}

static bool is_output(const struct step *step, uint32_t size)
{
    return step->passing == PASS_ARRAY && step->direction == DIRECTION_OUT && !step->fixed &&
           step->count_step < 0 && step->extent == 1 && step->alternative_count == 0 &&
           !step->pointers && !step->masked && step->shape.size == size &&
           step->shape.packed == size && step->shape.string_count == 0 &&
           step->location.piece_count == 1 && step->location.pieces[0].bank == BANK_INTEGER;
}

static bool result_is_word(const struct plan *plan)
{
    const struct location *result = &plan->convention.result;
    if (plan->result.kind == TYPE_VOID) return plan->has_outputs;
    return plan->returns == RETURNS_VALUE && !plan->convention.result_in_memory &&
           result->piece_count == 1 && result->pieces[0].size <= 8 &&
           result->pieces[0].bank != BANK_X87 && plan->result_shape.string_count == 0 &&
           plan->result_shape.packed == plan->result_shape.size;
}

/* The word of a value argument: integers first. */
static uint32_t word_of(const struct arch_path *path, const struct step *step)
{
    const struct piece *piece = &step->location.pieces[0];
    return piece->index + (piece->bank == BANK_VECTOR ? path->integers : 0);
}

static bool is_text(const struct plan *plan)
{
    const struct step *step = &plan->steps[0];
    return plan->argument_count == 1 && step->passing == PASS_STRING && step->unit == 1;
}

static bool path_of(const struct plan *plan, struct arch_path *path)
{
    *path = (struct arch_path){.floating = plan->floating};
    if (plan->step_count != plan->argument_count || !result_is_word(plan)) return false;
    path->text = is_text(plan);
    if (path->text) return true;
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct step *step = &plan->steps[i];
        if (step->passing == PASS_ARRAY) {
            if (!path->outputs) path->output_size = step->shape.size;
            if (!is_output(step, path->output_size)) return false;
            path->outputs++;
        } else if (!is_word(step)) {
            return false;
        } else if (step->location.pieces[0].bank == BANK_VECTOR) {
            path->vectors++;
        } else if (path->outputs++) { /* an integer behind an address */
            return false;
        } else {
            path->outputs = 0;
            path->integers++;
        }
    }
    return path->integers + path->vectors <= FRONT_WORDS;
}

/* The table's key of a call with all outputs: its values, a byte for each output, the mode. */
static uint32_t typed_key_size(const struct plan *plan)
{
    uint32_t size = plan->floating;
    for (uint32_t i = 0; i < plan->argument_count; i++)
        size += plan->steps[i].passing == PASS_ARRAY ? 1 : plan->steps[i].shape.size;
    return size;
}

static bool leave(struct table *table, const struct table_entry *entry, bool evicting);
static void fronts_replay(struct memo *memo);

void fronts_choose(struct memo *memo)
{
    const struct section_options *options = &memo->entry->options;
    struct arch_path path;
    uint64_t masks[FRONT_WORDS] = {0};
    if (memo->clears || memo->verifies) return;
    if (!options->maxsize || options->ttl_ns) return;
    memo->table.leave = leave;
    memo->front = FRONT_FLAT;
    front_layout_flat(&memo->layout);
    if (memo->depends || !path_of(&memo->plan, &path)) return;
    memo->path = path;
    memo->front_entry = arch_front_path(&path);
    if (!memo->front_entry) return;
    memo->front = FRONT_TYPED;
    if (path.text) {
        front_layout_typed(&memo->layout, FRONT_TEXT / 8, 1, NULL, arch_front_text_hash);
        return;
    }
    for (uint32_t i = 0; i < memo->plan.argument_count; i++) {
        const struct step *step = &memo->plan.steps[i];
        if (step->passing != PASS_ARRAY)
            masks[word_of(&path, step)] = arch_front_mask(step->shape.size);
    }
    memo->typed_key_size = typed_key_size(&memo->plan);
    front_layout_typed(&memo->layout, path.integers + path.vectors, 1 + path.outputs, masks,
                       arch_front_hash);
}

void *fronts_entry(const struct memo *memo)
{
    return memo->front == FRONT_TYPED ? memo->front_entry : (void *)arch_enter;
}

/* --- typed keys and values -------------------------------------------------------------------- */

static uint64_t *register_of(struct registers *registers, const struct step *step)
{
    return arch_argument(registers, &step->location);
}

/* A text is in the table with its length before it. */
static void words_of_text(const unsigned char *key, uint64_t *words)
{
    uint32_t length;
    memcpy(&length, key, sizeof(length));
    memset(words, 0, FRONT_TEXT);
    memcpy(words, key + sizeof(length), length);
}

static size_t key_of_text(const struct memo *memo, const uint64_t *words, unsigned char *key)
{
    uint32_t length = (uint32_t)strnlen((const char *)words, FRONT_TEXT);
    memcpy(key, &length, sizeof(length));
    memcpy(key + sizeof(length), words, length);
    if (memo->plan.floating) key[sizeof(length) + length] = 0; /* the plain mode */
    return sizeof(length) + length + memo->plan.floating;
}

static void words_of_registers(const struct memo *memo, struct registers *registers,
                               uint64_t *words)
{
    for (uint32_t i = 0; i < memo->plan.argument_count; i++) {
        const struct step *step = &memo->plan.steps[i];
        if (step->passing == PASS_ARRAY) continue;
        uint32_t word = word_of(&memo->path, step);
        words[word] = *register_of(registers, step) & memo->layout.masks[word];
    }
}

/* As callers pass it: integers of less than 32 bits are widened to these. Where a path compares all
 * 32, a caller that does not widen only misses its own lines. */
static uint64_t extended(const struct step *step, const unsigned char *key)
{
    uint64_t value = 0;
    uint32_t size = step->shape.size;
    memcpy(&value, key, size);
    if (step->is_signed && size < 8)
        value = (uint64_t)((int64_t)(value << (64 - 8 * size)) >> (64 - 8 * size));
    return value;
}

/* From a key of the table, whose values come in the order of the arguments. */
static void words_of_key(const struct memo *memo, const unsigned char *key, uint64_t *words)
{
    for (uint32_t i = 0; i < memo->plan.argument_count; i++) {
        const struct step *step = &memo->plan.steps[i];
        if (step->passing == PASS_ARRAY) continue;
        uint32_t word = word_of(&memo->path, step);
        words[word] = extended(step, key) & memo->layout.masks[word];
        key += step->shape.size;
    }
}

/* The table's key: that of a call with these words, all outputs and the plain mode. */
static void key_of_words(const struct memo *memo, const uint64_t *words, unsigned char *key)
{
    struct registers registers;
    struct buffer buffers[2 * FRONT_WORDS];
    registers.stack = NULL;
    for (uint32_t i = 0; i < memo->plan.argument_count; i++) {
        const struct step *step = &memo->plan.steps[i];
        buffers[i] = (struct buffer){.data = key};
        if (step->passing != PASS_ARRAY)
            *register_of(&registers, step) = words[word_of(&memo->path, step)];
    }
    key_write(&memo->plan, &registers, buffers, 0, key);
}

static bool all_outputs_there(const struct call *call)
{
    const struct plan *plan = &call->memo->plan;
    for (uint32_t i = 0; plan->has_outputs && i < plan->argument_count; i++)
        if (plan->steps[i].passing == PASS_ARRAY && !call->buffers[i].data) return false;
    return true;
}

static bool mode_is_plain(const struct memo *memo, const unsigned char *key, size_t size)
{
    return !memo->plan.floating || key[size - 1] == 0;
}

static void value_words(const struct call *call, uint64_t *value)
{
    const struct plan *plan = &call->memo->plan;
    const struct registers *registers = call->registers;
    bool vector = plan->convention.result.pieces[0].bank == BANK_VECTOR;
    if (plan->result.kind != TYPE_VOID)
        memcpy(value, vector ? (void *)registers->vector_result : (void *)registers->result, 8);
    for (uint32_t i = 0; plan->has_outputs && i < plan->argument_count; i++)
        if (plan->steps[i].passing == PASS_ARRAY)
            memcpy(++value, call->buffers[i].data, call->buffers[i].size);
}

/* --- what goes in, and out -------------------------------------------------------------------- */

union line {
    struct front_line head;
    uint64_t words[16];
};

static uint32_t typed_line(const struct call *call, struct front_line *line)
{
    const struct front_layout *layout = &call->memo->layout;
    if (call->memo->path.text)
        words_of_text(call->key, line->words);
    else
        words_of_registers(call->memo, call->registers, line->words);
    value_words(call, line->words + layout->key_words);
    return layout->hash(line->words, layout->key_words);
}

/* Can a key of the table be of this typed front? */
static bool is_typed_key(const struct memo *memo, const unsigned char *key, size_t size)
{
    uint32_t length;
    if (!mode_is_plain(memo, key, size)) return false;
    if (!memo->path.text) return size == memo->typed_key_size;
    memcpy(&length, key, sizeof(length));
    return length < FRONT_TEXT;
}

static void flat_key(const unsigned char *key, size_t size, uint64_t *words)
{
    words[0] = size;
    words[(size + 7) / 8] = 0;
    if (size == 0) words[0] = 0;
    memcpy(words + 1, key, size);
}

/* Without the table's lock when the call is alone, whatever the slot's mode is by now. */
static void fill(const struct call *call, uint64_t epoch, const struct front_line *line,
                 uint32_t hash)
{
    struct memo *memo = call->memo;
    struct front *front = front_of(memo, epoch);
    if (!front) return;
    enum front_room room = front_room(front, &memo->layout, line->words, hash);
    if (room == FRONT_NO_ROOM) return;
    if (room == FRONT_ROOM_AFTER_REPLAY && call->alone)
        front_replay(front, &memo->layout, NULL, NULL);
    else if (room == FRONT_ROOM_AFTER_REPLAY)
        fronts_replay(memo);
    front_fill(front, &memo->layout, line, hash);
}

/* Can a call with these effects be in a front at all? */
static bool frontable(const struct call *call, enum errno_effect errno_effect, unsigned floating)
{
    const struct memo *memo = call->memo;
    if (memo->front == FRONT_NONE || floating || errno_effect == ERRNO_SET) return false;
    if (memo->front == FRONT_FLAT) return call->key_size <= FRONT_FLAT_KEY;
    return is_typed_key(memo, call->key, call->key_size) && all_outputs_there(call);
}

/* Key, place and conditions; of a typed one, the value too. */
static uint32_t begin_line(const struct call *call, enum errno_effect errno_effect,
                           struct front_line *line)
{
    line->errno_mask = errno_effect == ERRNO_UNKNOWN ? UINT32_MAX : 0;
    line->hash = call->hash;
    if (call->memo->front == FRONT_TYPED) return typed_line(call, line);
    flat_key(call->key, call->key_size, line->words);
    return call->hash;
}

void fronts_keep(const struct call *call, struct table_entry *entry, bool found)
{
    struct memo *memo = call->memo;
    union line line;
    if (!found && !thread_fronts[memo->slot.number].lines) return;
    if (!frontable(call, entry->errno_effect, entry->floating_effects)) return;
    if (memo->front == FRONT_FLAT && entry->value_size > FRONT_FLAT_VALUE) return;
    uint32_t hash = begin_line(call, entry->errno_effect, &line.head);
    if (memo->front == FRONT_FLAT)
        memcpy(line.head.words + FRONT_FLAT_WORDS, table_value(entry), entry->value_size);
    fill(call, slot_epoch(&memo->slot), &line.head, hash);
}

void fronts_keep_alone(const struct call *call, const struct effects *effects)
{
    struct memo *memo = call->memo;
    union line line;
    if (!frontable(call, effects->errno_effect, effects->floating)) return;
    uint32_t hash = begin_line(call, effects->errno_effect, &line.head);
    if (memo->front == FRONT_FLAT) {
        size_t size = value_size(&memo->plan, call->registers, call->buffers);
        if (size > FRONT_FLAT_VALUE) return;
        value_capture(&memo->plan, call->registers, call->buffers,
                      (unsigned char *)(line.head.words + FRONT_FLAT_WORDS));
    }
    fill(call, call->epoch, &line.head, hash);
}

/* This thread's line of an entry. */
static struct front_line *line_of(const struct memo *memo, const struct front *front,
                                  const struct table_entry *entry)
{
    uint64_t words[FRONT_FLAT_WORDS + 1];
    size_t size = entry->hh.keylen;
    if (memo->front == FRONT_FLAT) {
        if (size > FRONT_FLAT_KEY) return NULL;
        flat_key(entry->bytes, size, words);
        return front_find(front, &memo->layout, words, entry->hh.hashv);
    }
    if (!is_typed_key(memo, entry->bytes, size)) return NULL;
    if (memo->path.text)
        words_of_text(entry->bytes, words);
    else
        words_of_key(memo, entry->bytes, words);
    return front_find(front, &memo->layout, words,
                      memo->layout.hash(words, memo->layout.key_words));
}

static bool leave(struct table *table, const struct table_entry *entry, bool evicting)
{
    struct memo *memo = (struct memo *)((char *)table - offsetof(struct memo, table));
    struct front *front = fronts_current(memo);
    struct front_line *line = front ? line_of(memo, front, entry) : NULL;
    if (!line) return true;
    if (evicting && front_is_pending(front, line)) {
        fronts_replay(memo);
        return false;
    }
    front_erase(front, &memo->layout, line);
    return true;
}

/* A replay under way: see table_place(). */
struct replay {
    struct memo *memo;
    struct table_entry *cursor;
    uint64_t steps;
};

static void replay(void *data, const struct front_line *line)
{
    struct replay *at = data;
    struct memo *memo = at->memo;
    unsigned char own[FRONT_FLAT_KEY];
    const unsigned char *key = own;
    size_t size = memo->typed_key_size;
    if (memo->front == FRONT_FLAT) {
        size = line->words[0];
        key = (const unsigned char *)(line->words + 1);
    } else if (memo->path.text) {
        size = key_of_text(memo, line->words, own);
    } else {
        key_of_words(memo, line->words, own);
    }
    struct table_entry *entry = table_peek(&memo->table, key, size, line->hash);
    if (entry) table_place(&memo->table, entry, line->seen, &at->cursor, &at->steps);
}

static void fronts_replay(struct memo *memo)
{
    struct front *front = fronts_current(memo);
    if (!front) return;
    if (cost_mode(&memo->cost) == MODE_ALONE) { /* nothing is in the table */
        front_replay(front, &memo->layout, NULL, NULL);
        return;
    }
    struct replay at = {.memo = memo, .steps = memo->table.placed - front->placed};
    front_replay(front, &memo->layout, replay, &at);
    front->placed = memo->table.placed;
}

void fronts_stamp(struct memo *memo)
{
    const struct front *front = fronts_current(memo);
    memo->table.now = front ? front->clock : 0;
}

/* In this order: a table that was cleared for the generation read here has another epoch already.
 */
static bool table_is_of_now(const struct memo *memo)
{
    if (!depends_current(memo->depends)) return false;
    uint64_t now = atomic_load_explicit(&memo->depends->generation, memory_order_acquire);
    return atomic_load_explicit(&memo->generation, memory_order_acquire) == now;
}

bool fronts_serve(struct call *call)
{
    struct memo *memo = call->memo;
    uint64_t words[FRONT_FLAT_WORDS + 1];
    if (memo->front != FRONT_FLAT || call->key_size > FRONT_FLAT_KEY) return false;
    if (memo->depends && !table_is_of_now(memo)) return false;
    struct front *front = fronts_current(memo);
    if (!front) return false;
    flat_key(call->key, call->key_size, words);
    struct front_line *line = front_find(front, &memo->layout, words, call->hash);
    if (!line || ((uint32_t)call->caller_errno & line->errno_mask)) return false;
    const unsigned char *value = (const unsigned char *)(line->words + FRONT_FLAT_WORDS);
    if (!value_deliver(&memo->plan, call->registers, call->buffers, value, memo->entry))
        return false;
    front_touch(front, line);
    return true;
}

/* --- all threads ------------------------------------------------------------------------------ */

struct front_counts fronts_counts(const struct memo *memo)
{
    struct front_counts counts = {
        .hits = atomic_load_explicit(&memo->ended_hits, memory_order_relaxed),
        .misses = atomic_load_explicit(&memo->ended_misses, memory_order_relaxed),
    };
    if (!lock_wait(&shares_lock)) return counts;
    for (struct thread_share *share = shares; share; share = share->next) {
        const struct front *front = &share->fronts[memo->slot.number];
        counts.hits += front_hits(front);
        counts.misses += front->misses;
    }
    lock_release(&shares_lock);
    return counts;
}

void fronts_before_fork(void)
{
    shares_locked = lock_wait(&shares_lock);
}

/* Those of other threads go, with what they counted: that is the parent's. */
void fronts_after_fork(bool child)
{
    struct memo *memo;
    struct thread_share *own = own_share();
    while (child && shares_locked && shares) {
        struct thread_share *share = shares;
        share_unlink(share);
        if (share != own) share_release(share);
    }
    if (child && own) {
        own->next = own->previous = NULL;
        shares = own;
    }
    for (size_t i = 0; child && (memo = memo_at(i)); i++) {
        atomic_store(&memo->ended_hits, 0);
        atomic_store(&memo->ended_misses, 0);
        if (own) front_count_from_zero(&thread_fronts[memo->slot.number]);
    }
    if (shares_locked) lock_release(&shares_lock);
}
