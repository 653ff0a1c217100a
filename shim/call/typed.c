#include "call/typed.h"

#include "call/key.h"

#include <string.h>

static bool is_word(const struct step *step)
{
    return (step->passing == PASS_VALUE || step->passing == PASS_HANDLE) && !step->boolean &&
           plan_is_register(&step->location, &step->shape);
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
    if (plan->result.kind == TYPE_VOID) return plan->has_outputs;
    return plan->returns == RETURNS_VALUE && !plan->convention.result_in_memory &&
           plan_is_register(&plan->convention.result, &plan->result_shape);
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
    if (path->integers + path->vectors > FRONT_WORDS) return false;
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct step *step = &plan->steps[i];
        if (step->passing != PASS_ARRAY)
            path->masks[word_of(path, step)] = arch_front_mask(step->shape.size);
    }
    return true;
}

/* The table's key of a call with all outputs: its values, a byte for each output, the mode. */
static uint32_t typed_key_size(const struct plan *plan)
{
    uint32_t size = plan->floating;
    for (uint32_t i = 0; i < plan->argument_count; i++)
        size += plan->steps[i].passing == PASS_ARRAY ? 1 : plan->steps[i].shape.size;
    return size;
}

bool typed_choose(struct memo *memo)
{
    struct arch_path path;
    if (!path_of(&memo->plan, &path)) return false;
    memo->path = path;
    memo->front_entry = arch_front_path(&path);
    if (!memo->front_entry) return false;
    if (path.text) {
        front_layout_typed(&memo->layout, FRONT_TEXT / 8, 1, NULL, arch_front_hash(&path));
        return true;
    }
    memo->typed_key_size = typed_key_size(&memo->plan);
    front_layout_typed(&memo->layout, path.integers + path.vectors, 1 + path.outputs, path.masks,
                       arch_front_hash(&path));
    return true;
}

/* --- keys and values -------------------------------------------------------------------------- */

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

bool typed_outputs_there(const struct call *call)
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

void typed_give(const struct call *call, const uint64_t *value)
{
    const struct convention *convention = &call->memo->plan.convention;
    struct registers *registers = call->registers;
    bool vector = convention->result.pieces[0].bank == BANK_VECTOR;
    memcpy(vector ? (void *)registers->vector_result : (void *)registers->result, value, 8);
    registers->x87_results = convention->x87_results;
}

bool typed_has_key(const struct memo *memo, const unsigned char *key, size_t size)
{
    uint32_t length;
    if (!mode_is_plain(memo, key, size)) return false;
    if (!memo->path.text) return size == memo->typed_key_size;
    memcpy(&length, key, sizeof(length));
    return length < FRONT_TEXT;
}

uint32_t typed_words(const struct memo *memo, const unsigned char *key, uint64_t *words)
{
    if (memo->path.text)
        words_of_text(key, words);
    else
        words_of_key(memo, key, words);
    return memo->layout.hash(words, memo->layout.key_words);
}

/* With a table the line is one that its entry leads to, whatever was in the registers. */
uint32_t typed_line(const struct call *call, struct front_line *line)
{
    const struct front_layout *layout = &call->memo->layout;
    value_words(call, line->words + layout->key_words);
    if (!call->alone || call->memo->path.text)
        return typed_words(call->memo, call->key, line->words);
    words_of_registers(call->memo, call->registers, line->words);
    return layout->hash(line->words, layout->key_words);
}

size_t typed_key(const struct memo *memo, const uint64_t *words, unsigned char *key)
{
    if (memo->path.text) return key_of_text(memo, words, key);
    key_of_words(memo, words, key);
    return memo->typed_key_size;
}
