#include "call/shape.h"

/* Lists being filled; a first walk without memory only counts. */
struct builder {
    struct grain *grains;
    struct string_field *strings;
    struct run *texts;
    uint32_t grain_count, string_count, text_count;
};

static void add_grains(struct builder *builder, uint32_t offset, uint32_t size, uint32_t count)
{
    if (builder->grains)
        builder->grains[builder->grain_count] = (struct grain){offset, size, count};
    builder->grain_count++;
}

static void add_text(struct builder *builder, uint32_t offset, uint32_t size)
{
    if (builder->texts) builder->texts[builder->text_count] = (struct run){offset, size};
    builder->text_count++;
}

static void add_string(struct builder *builder, uint32_t offset, bool is_list)
{
    if (builder->strings)
        builder->strings[builder->string_count] = (struct string_field){offset, is_list};
    builder->string_count++;
}

/* Numbers without bytes between them are told together. */
static void add_numbers(struct builder *builder, const struct type *type, uint32_t offset,
                        uint32_t count)
{
    struct type part = *type;
    if (type->kind == TYPE_COMPLEX) {
        part = (struct type){TYPE_FLOAT, type->size / 2, type->alignment, NULL};
        count *= 2;
    }
    uint32_t size = type_data_size(&part);
    if (size == part.size) {
        add_grains(builder, offset, size, count);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        add_grains(builder, offset + i * part.size, size, 1);
}

static void add_type(struct builder *builder, const struct type *type, const struct record *fields,
                     uint32_t offset);

static void add_field(struct builder *builder, const struct field *field, uint32_t offset)
{
    if (field->is_text) add_text(builder, offset, field->count);
    if (field->kind == FIELD_DATA && field->type.kind != TYPE_RECORD) {
        add_numbers(builder, &field->type, offset, field->count);
        return;
    }
    for (uint32_t i = 0; i < field->count; i++, offset += field->type.size) {
        if (field->kind != FIELD_DATA) add_string(builder, offset, field->kind == FIELD_STRINGS);
        add_type(builder, &field->type, field->type.record, offset);
    }
}

static void add_type(struct builder *builder, const struct type *type, const struct record *fields,
                     uint32_t offset)
{
    if (type->kind != TYPE_RECORD) {
        add_numbers(builder, type, offset, 1);
    } else if (fields->is_union) {
        add_grains(builder, offset, 1, type->size); /* any part of it may be written */
    } else {
        for (uint32_t i = 0; i < fields->field_count; i++)
            add_field(builder, &fields->fields[i], offset + fields->fields[i].offset);
    }
}

/* Runs: the grains that are no strings, joined where they touch. */
static void join_runs(struct shape *shape, struct run *runs)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < shape->grain_count; i++) {
        const struct grain *grain = &shape->grains[i];
        uint32_t size = grain->size * grain->count;
        if (shape_has_string(shape, grain->offset)) continue;
        shape->packed += size;
        if (count && runs[count - 1].offset + runs[count - 1].size == grain->offset)
            runs[count - 1].size += size;
        else
            runs[count++] = (struct run){grain->offset, size};
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
    builder.texts = pool_alloc(pool, builder.text_count * sizeof(*builder.texts));
    if (!runs || !builder.grains || !builder.strings || !builder.texts) return false;
    builder.grain_count = builder.string_count = builder.text_count = 0;
    add_type(&builder, type, fields, 0);
    *shape = (struct shape){
        .size = type->size,
        .runs = runs,
        .grain_count = builder.grain_count,
        .grains = builder.grains,
        .string_count = builder.string_count,
        .strings = builder.strings,
        .text_count = builder.text_count,
        .texts = builder.texts,
    };
    join_runs(shape, runs);
    return true;
}
