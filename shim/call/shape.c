#include "call/shape.h"

/* Lists being filled; a first walk without memory only counts. */
struct builder {
    struct run *grains;
    struct string_field *strings;
    uint32_t grain_count, string_count;
};

static void add_grain(struct builder *builder, uint32_t offset, uint32_t size)
{
    if (builder->grains) builder->grains[builder->grain_count] = (struct run){offset, size};
    builder->grain_count++;
}

static void add_string(struct builder *builder, uint32_t offset, bool is_list)
{
    if (builder->strings)
        builder->strings[builder->string_count] = (struct string_field){offset, is_list};
    builder->string_count++;
}

static void add_number(struct builder *builder, const struct type *type, uint32_t offset)
{
    if (type->kind == TYPE_COMPLEX) {
        struct type part = {TYPE_FLOAT, type->size / 2, type->alignment, NULL};
        add_grain(builder, offset, type_data_size(&part));
        add_grain(builder, offset + part.size, type_data_size(&part));
    } else {
        add_grain(builder, offset, type_data_size(type));
    }
}

static void add_type(struct builder *builder, const struct type *type, const struct record *fields,
                     uint32_t offset)
{
    if (type->kind != TYPE_RECORD) {
        add_number(builder, type, offset);
        return;
    }
    if (fields->is_union) {
        add_grain(builder, offset, type->size);
        return;
    }
    for (uint32_t i = 0; i < fields->field_count; i++) {
        const struct field *field = &fields->fields[i];
        for (uint32_t element = 0; element < field->count; element++) {
            uint32_t at = offset + field->offset + element * field->type.size;
            if (field->kind != FIELD_DATA) add_string(builder, at, field->kind == FIELD_STRINGS);
            add_type(builder, &field->type, field->type.record, at);
        }
    }
}

/* Runs: the grains that are no strings, joined where they touch. */
static void join_runs(struct shape *shape, struct run *runs)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < shape->grain_count; i++) {
        const struct run *grain = &shape->grains[i];
        if (shape_has_string(shape, grain->offset)) continue;
        shape->packed += grain->size;
        if (count && runs[count - 1].offset + runs[count - 1].size == grain->offset)
            runs[count - 1].size += grain->size;
        else
            runs[count++] = *grain;
    }
    shape->run_count = count;
}

bool shape_make(struct shape *shape, const struct type *type, const struct record *fields,
                struct pool *pool)
{
    struct builder builder = {0};
    if (!fields) fields = type->record;
    add_type(&builder, type, fields, 0);
    struct run *runs = pool_alloc(pool, builder.grain_count * sizeof(*runs));
    builder.grains = pool_alloc(pool, builder.grain_count * sizeof(*builder.grains));
    builder.strings = pool_alloc(pool, builder.string_count * sizeof(*builder.strings));
    if (!runs || !builder.grains || !builder.strings) return false;
    builder.grain_count = builder.string_count = 0;
    add_type(&builder, type, fields, 0);
    *shape = (struct shape){
        .size = type->size,
        .runs = runs,
        .grain_count = builder.grain_count,
        .grains = builder.grains,
        .string_count = builder.string_count,
        .strings = builder.strings,
    };
    join_runs(shape, runs);
    return true;
}
