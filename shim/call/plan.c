#include "call/plan.h"

#include "call/characters.h"

#include <string.h>

static bool has_buffer(const struct step *step)
{
    return step->passing != PASS_VALUE && step->passing != PASS_HANDLE;
}

static bool is_read(const struct step *step, const struct grain *grain)
{
    for (uint32_t i = 0; i < step->reads.grain_count; i++)
        if (step->reads.grains[i].offset == grain->offset) return true;
    return false;
}

static bool is_text(const struct step *step, const struct grain *grain)
{
    for (uint32_t i = 0; i < step->shape.text_count; i++)
        if (step->shape.texts[i].offset == grain->offset) return true;
    return false;
}

/* Of a masked output, texts are veiled by themselves. */
static bool veiled_make(struct step *step, struct pool *pool)
{
    struct grain *veiled = pool_alloc(pool, step->shape.grain_count * sizeof(*veiled));
    step->veiled = veiled;
    for (uint32_t i = 0; veiled && i < step->shape.grain_count; i++)
        if (step->masked ? !is_text(step, &step->shape.grains[i])
                         : !is_read(step, &step->shape.grains[i]))
            veiled[step->veiled_count++] = step->shape.grains[i];
    return veiled != NULL;
}

static const struct type pointer = {TYPE_POINTER, sizeof(void *), _Alignof(void *), NULL};

static bool shapes_make(struct step *step, const struct parameter *parameter, struct pool *pool)
{
    bool address = step->passing == PASS_HANDLE || step->passing == PASS_GIFT;
    const struct type *type = address ? &pointer : &parameter->type;
    if (!shape_make(&step->shape, type, parameter->writes, pool) ||
        !shape_make(&step->reads, type, parameter->reads, pool))
        return false;
    step->masked = parameter->writes != NULL;
    return !step_is_partial(step) || veiled_make(step, pool);
}

static bool step_make(struct step *step, const struct parameter *parameter, struct pool *pool)
{
    step->passing = parameter->passing;
    step->direction = parameter->direction;
    step->boolean = parameter->passing == PASS_VALUE && parameter->type.kind == TYPE_BOOL;
    step->extent = parameter->extent.literal;
    step->count_step = parameter->extent.parameter;
    step->alternative_count = parameter->extent.alternative_count;
    step->alternatives = parameter->extent.alternatives;
    step->is_signed = parameter->type.kind == TYPE_SIGNED;
    step->unit = parameter->type.size;
    step->pointers = parameter->passing == PASS_ARRAY && parameter->type.kind == TYPE_POINTER &&
                     parameter->direction == DIRECTION_OUT;
    return shapes_make(step, parameter, pool);
}

static bool global_make(struct step *step, const struct global *global, struct pool *pool)
{
    step->passing = PASS_ARRAY;
    step->direction = DIRECTION_OUT;
    step->extent = global->count;
    step->count_step = -1;
    return shape_make(&step->shape, &global->type, NULL, pool);
}

/* What is not found leaves anything at all in the struct it would have been put in. */
static int32_t teller_of(const struct signature *signature, uint32_t number)
{
    const struct parameter *parameter = &signature->parameters[number];
    const struct record *record = parameter->type.record;
    if (parameter->type.kind != TYPE_RECORD) return TELLER_NONE;
    for (uint32_t i = 0; i < signature->parameter_count; i++)
        if (signature->parameters[i].pointee == record) return (int32_t)i;
    bool is_result =
        signature->returns == RETURNS_POINTER ||
        (signature->returns == RETURNS_PARAMETER && signature->returned == (int)number);
    return is_result && signature->pointee.record == record ? TELLER_RESULT : TELLER_NONE;
}

static bool steps_make(struct plan *plan, const struct signature *signature, struct pool *pool)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        struct step *step = &plan->steps[i];
        bool argument = i < plan->argument_count;
        bool made = argument
                        ? step_make(step, &signature->parameters[i], pool)
                        : global_make(step, &signature->globals[i - plan->argument_count], pool);
        if (!made) return false;
        step->teller = argument ? teller_of(signature, i) : TELLER_NONE;
        if (argument) step->location = plan->convention.arguments[i];
        plan->pointer_count += has_buffer(step);
        plan->has_outputs |= has_buffer(step) && step_is_output(step);
        plan->has_veils |= step->direction == DIRECTION_OUT || step->veiled_count;
        plan->has_strings |= step_is_output(step) && step->shape.string_count;
        plan->has_gifts |= step->passing == PASS_GIFT;
        if (step->passing == PASS_VALUE && step->shape.string_count) plan->pointer_count++;
        if (argument) plan->fixed_key_size += step->reads.packed;
    }
    return true;
}

static bool result_make(struct plan *plan, const struct signature *signature, struct pool *pool)
{
    bool text = signature->returns_text;
    bool leads = signature->returns == RETURNS_STATIC || signature->returns == RETURNS_MALLOC;
    if (signature->result.kind != TYPE_VOID &&
        !shape_make(&plan->result_shape, &signature->result, NULL, pool))
        return false;
    if (leads && !text && !shape_make(&plan->pointee, &signature->pointee, NULL, pool))
        return false;
    if (leads && text) plan->text_unit = signature->pointee.size;
    plan->has_strings |= plan->result_shape.string_count || plan->pointee.string_count;
    return true;
}

static bool move_make(struct move *move, const struct location *location, const struct shape *shape,
                      size_t integers, size_t vectors)
{
    const struct piece *piece = &location->pieces[0];
    bool integer = piece->bank == BANK_INTEGER;
    if (!plan_is_register(location, shape)) return false;
    *move = (struct move){
        .at = (uint16_t)(integer ? integers + 8 * piece->index : vectors + 16 * piece->index),
        .size = (uint16_t)shape->size,
    };
    return true;
}

static bool is_simple(struct plan *plan)
{
    if (plan->pointer_count || plan->step_count != plan->argument_count) return false;
    if (plan->argument_count > PLAN_MOVES || plan->returns != RETURNS_VALUE) return false;
    for (uint32_t i = 0; i < plan->argument_count; i++) {
        const struct step *step = &plan->steps[i];
        if (step->boolean || step->reads.packed != step->shape.packed ||
            !move_make(&plan->moves[i], &step->location, &step->shape,
                       offsetof(struct registers, integer), offsetof(struct registers, vector)))
            return false;
    }
    return plan->result.kind == TYPE_VOID ||
           (!plan->convention.result_in_memory &&
            move_make(&plan->result_move, &plan->convention.result, &plan->result_shape,
                      offsetof(struct registers, result),
                      offsetof(struct registers, vector_result)));
}

bool plan_make(struct plan *plan, const struct signature *signature, struct pool *pool)
{
    uint32_t arguments = signature->parameter_count, steps = arguments + signature->global_count;
    *plan = (struct plan){
        .argument_count = arguments,
        .step_count = steps,
        .steps = pool_alloc(pool, steps * sizeof(struct step)),
        .convention.arguments = pool_alloc(pool, arguments * sizeof(struct location)),
        .floating = signature->floating,
        .fixed_key_size = signature->floating,
        .returns = signature->returns,
        .result = signature->result,
        .returned = signature->returned < 0 ? 0 : (uint32_t)signature->returned,
    };
    if (!plan->steps || !plan->convention.arguments) return false;
    arch_place(signature, &plan->convention);
    if (!steps_make(plan, signature, pool) || !result_make(plan, signature, pool)) return false;
    plan->simple = is_simple(plan);
    return true;
}

/* An integer argument, widened as its type says. */
static uint64_t integer_value(const struct step *step, struct registers *registers)
{
    const void *argument = arch_argument(registers, &step->location);
    uint64_t bits = 0;
    memcpy(&bits, argument, step->shape.size); /* both our platforms are little-endian */
    unsigned shift = 64 - 8 * step->shape.size;
    return step->is_signed ? (uint64_t)((int64_t)(bits << shift) >> shift) : bits;
}

/* How many elements; false when that is negative. */
static bool resolve_count(const struct plan *plan, const struct step *step,
                          struct registers *registers, uint64_t *count)
{
    int32_t number = step->count_step;
    *count = step->extent;
    for (uint32_t i = 0; i < step->alternative_count; i++) {
        const struct alternative *alternative = &step->alternatives[i];
        if (integer_value(&plan->steps[alternative->chooser], registers) != alternative->equals)
            continue;
        number = alternative->parameter;
        *count = alternative->literal;
        break;
    }
    if (number < 0) return true;
    *count = integer_value(&plan->steps[number], registers);
    return !plan->steps[number].is_signed || (int64_t)*count >= 0;
}

static bool resolve_extent(const struct plan *plan, const struct step *step,
                           struct registers *registers, struct buffer *buffer)
{
    uint64_t count;
    if (!resolve_count(plan, step, registers, &count)) return false;
    bool in_key = step->direction == DIRECTION_IN || step->direction == DIRECTION_INOUT;
    uint64_t limit = in_key ? PLAN_KEY_LIMIT : PLAN_VALUE_LIMIT;
    if (count > limit / step->shape.size) return false;
    buffer->size = count * step->shape.size;
    return true;
}

/* Outputs that share bytes with anything else: the order of reads and writes would matter. */
static bool outputs_overlap(const struct plan *plan, const struct buffer *buffers)
{
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct buffer *out = &buffers[i];
        if (!out->data || plan->steps[i].direction == DIRECTION_IN) continue;
        for (uint32_t j = 0; j < plan->step_count; j++) {
            const struct buffer *other = &buffers[j];
            size_t size = other->size;
            if (plan->steps[j].passing == PASS_STRING) size += plan->steps[j].unit;
            if (j != i && other->data && out->data < other->data + size &&
                other->data < out->data + out->size)
                return true;
        }
    }
    return false;
}

bool plan_resolve(const struct plan *plan, struct registers *registers, struct buffer *buffers)
{
    size_t outputs = 0;
    if (plan->pointer_count == 0) return true; /* buffers[] is not looked at */
    for (uint32_t i = 0; i < plan->step_count; i++) {
        const struct step *step = &plan->steps[i];
        struct buffer *buffer = &buffers[i];
        *buffer = (struct buffer){NULL, 0, NULL};
        if (!has_buffer(step)) continue;
        buffer->data = step->fixed;
        if (!step->fixed)
            memcpy(&buffer->data, arch_argument(registers, &step->location), sizeof(buffer->data));
        if (step->passing == PASS_STRING) {
            if (buffer->data)
                buffer->size = characters_size(buffer->data, step->unit, PLAN_KEY_LIMIT);
        } else if (!resolve_extent(plan, step, registers, buffer)) {
            return false;
        }
        if (step->direction != DIRECTION_IN) outputs += buffer->size;
    }
    if (!plan->has_outputs) return true;
    return outputs <= PLAN_VALUE_LIMIT && !outputs_overlap(plan, buffers);
}
