#include "call/plan.h"

#include <string.h>

static uint32_t runs_of(const struct type *type, struct run *runs)
{
    if (type->kind != TYPE_RECORD) {
        runs[0] = (struct run){0, type->size};
        return 1;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->record->field_count; i++) {
        const struct field *field = &type->record->fields[i];
        uint32_t size = field->type.size * field->count;
        if (count && runs[count - 1].offset + runs[count - 1].size == field->offset)
            runs[count - 1].size += size;
        else
            runs[count++] = (struct run){field->offset, size};
    }
    return count;
}

static uint32_t grains_of(const struct type *type, struct run *grains)
{
    if (type->kind != TYPE_RECORD) {
        grains[0] = (struct run){0, type->size};
        return 1;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < type->record->field_count; i++) {
        const struct field *field = &type->record->fields[i];
        for (uint32_t element = 0; element < field->count; element++)
            grains[count++] =
                (struct run){field->offset + element * field->type.size, field->type.size};
    }
    return count;
}

static uint32_t grain_limit(const struct type *type)
{
    uint32_t count = 0;
    if (type->kind != TYPE_RECORD) return 1;
    for (uint32_t i = 0; i < type->record->field_count; i++)
        count += type->record->fields[i].count;
    return count;
}

static bool shape_make(struct shape *shape, const struct type *type, struct pool *pool)
{
    uint32_t limit = grain_limit(type);
    struct run *runs = pool_alloc(pool, limit * sizeof(*runs));
    struct run *grains = pool_alloc(pool, limit * sizeof(*grains));
    if (!runs || !grains) return false;
    *shape = (struct shape){.size = type->size, .runs = runs, .grains = grains};
    shape->run_count = runs_of(type, runs);
    shape->grain_count = grains_of(type, grains);
    for (uint32_t i = 0; i < shape->run_count; i++)
        shape->packed += runs[i].size;
    return true;
}

static bool step_make(struct step *step, const struct parameter *parameter,
                      struct argument_place place, struct pool *pool)
{
    *step = (struct step){
        .passing = parameter->passing,
        .direction = parameter->direction,
        .place = place,
        .boolean = parameter->passing == PASS_VALUE && parameter->type.kind == TYPE_BOOL,
        .extent = parameter->extent.literal,
        .count_step = parameter->extent.parameter,
        .is_signed = parameter->type.kind == TYPE_SIGNED,
    };
    return shape_make(&step->shape, &parameter->type, pool);
}

static bool has_buffer(const struct step *step)
{
    return step->passing == PASS_STRING || step->passing == PASS_ARRAY ||
           step->passing == PASS_TEXT;
}

bool plan_make(struct plan *plan, const struct signature *signature, struct pool *pool)
{
    uint32_t count = signature->parameter_count;
    struct argument_place *places = pool_alloc(pool, count * sizeof(*places));
    *plan = (struct plan){
        .step_count = count,
        .steps = pool_alloc(pool, count * sizeof(struct step)),
        .floating = signature->floating,
        .returns = signature->returns,
        .result = signature->result,
        .returned = signature->returned < 0 ? 0 : (uint32_t)signature->returned,
    };
    if (!places || !plan->steps) return false;
    plan->stack_bytes = arch_place(signature, places);
    for (uint32_t i = 0; i < count; i++) {
        struct step *step = &plan->steps[i];
        if (!step_make(step, &signature->parameters[i], places[i], pool)) return false;
        plan->pointer_count += has_buffer(step);
        plan->fixed_key_size += step_value_size(step);
        plan->has_veils |= has_buffer(step) && step->direction == DIRECTION_OUT;
        plan->has_outputs |= has_buffer(step) && step->direction != DIRECTION_IN;
    }
    plan->fixed_key_size += plan->floating;
    bool text = signature->pointee.size == 1 && signature->pointee.kind != TYPE_BOOL;
    if (signature->returns != RETURNS_STATIC || text) return true;
    return shape_make(&plan->pointee, &signature->pointee, pool);
}

/* The value of an integer argument as a count; false when it is negative. */
static bool count_value(const struct step *step, struct registers *registers, uint64_t *count)
{
    const void *argument = arch_argument(registers, step->place);
    uint64_t bits = 0;
    memcpy(&bits, argument, step->shape.size); /* both our platforms are little-endian */
    unsigned shift = 64 - 8 * step->shape.size;
    if (step->is_signed && (int64_t)(bits << shift) < 0) return false;
    *count = step->boolean ? bits != 0 : bits;
    return true;
}

static bool resolve_extent(const struct plan *plan, const struct step *step,
                           struct registers *registers, struct buffer *buffer)
{
    uint64_t count = step->extent;
    if (step->count_step >= 0 && !count_value(&plan->steps[step->count_step], registers, &count))
        return false;
    uint64_t limit = step->direction == DIRECTION_OUT ? PLAN_VALUE_LIMIT : PLAN_KEY_LIMIT;
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
            size_t size = other->size + (plan->steps[j].passing == PASS_STRING);
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
        *buffer = (struct buffer){NULL, 0};
        if (!has_buffer(step)) continue;
        memcpy(&buffer->data, arch_argument(registers, step->place), sizeof(buffer->data));
        if (step->passing == PASS_STRING) {
            if (buffer->data) buffer->size = strnlen((char *)buffer->data, PLAN_KEY_LIMIT);
        } else if (!resolve_extent(plan, step, registers, buffer)) {
            return false;
        }
        if (step->direction != DIRECTION_IN) outputs += buffer->size;
    }
    if (!plan->has_outputs) return true;
    return outputs <= PLAN_VALUE_LIMIT && !outputs_overlap(plan, buffers);
}
