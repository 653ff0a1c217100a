#include "report/describe.h"

#include <string.h>

#define TEXT_SHOWN  40 /* bytes of a string or buffer */
#define BYTES_SHOWN 16

static void describe_bytes(struct emitter *emitter, const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size && i < BYTES_SHOWN; i++)
        emit(emitter, "%02x", bytes[i]);
    if (size > BYTES_SHOWN) emit(emitter, "...");
}

/* Characters of `unit` bytes: 1, or those of wchar_t. */
static void describe_text(struct emitter *emitter, const unsigned char *text, size_t size,
                          uint32_t unit)
{
    emit(emitter, unit == 1 ? "\"" : "L\"");
    for (size_t i = 0; i < size / unit && i < TEXT_SHOWN; i++) {
        uint32_t character = 0;
        memcpy(&character, text + i * unit, unit);
        bool plain = character >= 0x20 && character < 0x7f && character != '"' && character != '\\';
        emit(emitter, plain ? "%c" : "\\x%02x", character);
    }
    emit(emitter, size / unit > TEXT_SHOWN ? "...\"" : "\"");
}

/* printf of a double calls no malloc at this precision. */
static void describe_float(struct emitter *emitter, const struct type *type, const void *bytes)
{
    float single;
    double number;
    long double extended;
    if (type->size == sizeof(float)) {
        memcpy(&single, bytes, sizeof(single));
        emit(emitter, "%.9g", (double)single);
    } else if (type->size == sizeof(double)) {
        memcpy(&number, bytes, sizeof(number));
        emit(emitter, "%.17g", number);
    } else {
        memset(&extended, 0, sizeof(extended));
        memcpy(&extended, bytes, type_data_size(type));
        emit(emitter, "%.21Lg", extended);
    }
}

static void describe_integer(struct emitter *emitter, const struct type *type, const void *bytes)
{
    uint64_t bits = 0;
    memcpy(&bits, bytes, type->size);
    unsigned shift = 64 - 8 * type->size;
    if (type->kind == TYPE_SIGNED)
        emit(emitter, "%lld", (long long)((int64_t)(bits << shift) >> shift));
    else
        emit(emitter, "%llu", (unsigned long long)bits);
}

static void describe_value(struct emitter *emitter, const struct type *type,
                           const unsigned char *bytes, size_t size)
{
    bool integer =
        type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED || type->kind == TYPE_BOOL;
    if (type->kind == TYPE_FLOAT && size >= type_data_size(type))
        describe_float(emitter, type, bytes);
    else if (integer && type->size <= 8 && size >= type->size)
        describe_integer(emitter, type, bytes);
    else
        describe_bytes(emitter, bytes, size);
}

static void describe_argument(struct emitter *emitter, const struct parameter *parameter,
                              const struct step *step, struct registers *registers,
                              const struct buffer *buffer)
{
    unsigned char gathered[64];
    void *pointer;
    switch (step->passing) {
    case PASS_VALUE:
        if (step->location.piece_count == 1) {
            describe_value(emitter, &parameter->type, arch_argument(registers, &step->location),
                           parameter->type.size);
            return;
        }
        arch_gather(registers, &step->location, gathered);
        describe_value(emitter, &parameter->type, gathered, parameter->type.size);
        return;
    case PASS_HANDLE:
        memcpy(&pointer, arch_argument(registers, &step->location), sizeof(pointer));
        emit(emitter, "%p", pointer);
        return;
    case PASS_STRING:
        if (buffer->data)
            describe_text(emitter, buffer->data, buffer->size, step->unit);
        else
            emit(emitter, "NULL");
        return;
    case PASS_ARRAY:
    case PASS_TEXT:
    case PASS_GIFT:
        break;
    }
    if (!buffer->data)
        emit(emitter, "NULL");
    else if (step->direction != DIRECTION_IN)
        emit(emitter, "output");
    else if (buffer->size == parameter->type.size)
        describe_value(emitter, &parameter->type, buffer->data, buffer->size);
    else
        describe_bytes(emitter, buffer->data, buffer->size);
}

void describe_call(struct emitter *emitter, const struct memo *memo, struct registers *registers,
                   const struct buffer *buffers)
{
    const struct signature *signature = memo->entry->signature;
    emit(emitter, "%s(", memo->entry->symbol);
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        emit(emitter, "%s%s%s", i ? ", " : "", parameter->name, *parameter->name ? " = " : "");
        describe_argument(emitter, parameter, &memo->plan.steps[i], registers, &buffers[i]);
    }
    emit(emitter, ")");
}

/* The bytes from the first that differ on, or the number that the result is. */
static void describe_result(struct emitter *emitter, const struct memo *memo,
                            const unsigned char *value, size_t size, size_t from)
{
    const struct type *type = &memo->plan.result;
    bool number = memo->plan.returns == RETURNS_VALUE && !memo->plan.has_strings &&
                  from < type_data_size(type);
    if (size <= from)
        emit(emitter, "nothing");
    else if (number)
        describe_value(emitter, type, value, size < type->size ? size : type->size);
    else
        describe_bytes(emitter, value + from, size - from);
}

void describe_difference(struct emitter *emitter, const struct memo *memo,
                         const unsigned char *cached, size_t cached_size,
                         const unsigned char *actual, size_t actual_size)
{
    size_t from = 0;
    while (from < cached_size && from < actual_size && cached[from] == actual[from])
        from++;
    if (from == cached_size && from == actual_size) {
        emit(emitter, ": errno or floating-point flags differ from those cached");
        return;
    }
    emit(emitter, ": cached ");
    describe_result(emitter, memo, cached, cached_size, from);
    emit(emitter, ", true ");
    describe_result(emitter, memo, actual, actual_size, from);
}
