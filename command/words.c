#include "words.h"

#include "output.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct unit {
    const char *name;
    uint64_t size;
};

/* The largest unit that leaves no rest. */
static const char *with_unit(struct pool *pool, uint64_t number, const struct unit *units)
{
    while (units->size > 1 && number % units->size != 0)
        units++;
    return output_format(pool, "%" PRIu64 "%s", number / units->size, units->name);
}

static const char *duration(struct pool *pool, uint64_t nanoseconds)
{
    static const struct unit units[] = {
        {"d", 86400000000000}, {"h", 3600000000000}, {"m", 60000000000}, {"s", 1000000000},
        {"ms", 1000000},       {"us", 1000},         {"ns", 1},
    };
    return with_unit(pool, nanoseconds, units);
}

static const char *bytes(struct pool *pool, uint64_t number)
{
    static const struct unit units[] = {{"G", 1 << 30}, {"M", 1 << 20}, {"k", 1 << 10}, {"", 1}};
    return with_unit(pool, number, units);
}

/* The word of that index in a list that blanks part. */
static const char *nth_word(struct pool *pool, const char *words, unsigned index)
{
    for (; index > 0 && *words; index--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    return output_format(pool, "%.*s", (int)strcspn(words, " "), words);
}

/* Parts per million as they would be written: 0.01. */
static const char *share(struct pool *pool, uint32_t ppm)
{
    char text[16];
    int length = snprintf(text, sizeof text, "%u.%06u", ppm / 1000000, ppm % 1000000);

    while (text[length - 1] == '0')
        length--;
    if (text[length - 1] == '.') length--;
    return output_format(pool, "%.*s", length, text);
}

const char *words_value(struct pool *pool, const struct option *option, const void *options)
{
    const void *field = (const char *)options + option->offset;
    const char *nothing = option->words; /* "none", "any", "unlimited", or NULL */

    switch (option->type) {
    case VALUE_TEXT: {
        const char *text = *(const char *const *)field;
        if (!text && !nothing && *option->initial) return option->initial;
        return text ? text : nothing;
    }
    case VALUE_COUNT: {
        uint64_t count = *(const uint64_t *)field;
        return count == MAXSIZE_UNLIMITED ? nothing : output_format(pool, "%" PRIu64, count);
    }
    case VALUE_BYTES:
        return bytes(pool, *(const uint64_t *)field);
    case VALUE_DURATION: {
        uint64_t nanoseconds = *(const uint64_t *)field;
        return nanoseconds ? duration(pool, nanoseconds) : nothing;
    }
    case VALUE_SHARE:
        return share(pool, *(const uint32_t *)field);
    case VALUE_BOOLEAN: {
        bool on_off = strcmp(option->initial, "on") == 0 || strcmp(option->initial, "off") == 0;
        if (*(const bool *)field) return on_off ? "on" : "yes";
        return on_off ? "off" : "no";
    }
    case VALUE_WORD:
        return nth_word(pool, option->words, *(const unsigned *)field);
    }
    return NULL;
}

const char *words_origin(struct pool *pool, const struct origin *origin)
{
    const char *file = origin->place.file ? basename(origin->place.file) : "?";

    switch (origin->kind) {
    case ORIGIN_DEFAULT:
        return "default";
    case ORIGIN_CATALOGUE:
        return "catalogue";
    case ORIGIN_DEFAULTS_SECTION:
        return output_format(pool, "[*] %s:%d", file, origin->place.line);
    case ORIGIN_SECTION:
        return output_format(pool, "%s:%d", file, origin->place.line);
    case ORIGIN_ENVIRONMENT:
        return "environment";
    case ORIGIN_COMMAND:
        return "-s";
    }
    return "?";
}

/* A type as <stdint.h> would name it, which leaves no doubt about its width. */
const char *words_type(struct pool *pool, const struct type *type)
{
    switch (type->kind) {
    case TYPE_VOID:
        return "void";
    case TYPE_BOOL:
        return "bool";
    case TYPE_SIGNED:
        return output_format(pool, "int%u_t", type->size * 8);
    case TYPE_UNSIGNED:
        return output_format(pool, "uint%u_t", type->size * 8);
    case TYPE_FLOAT:
        return type->size == 4 ? "float" : type->size == 8 ? "double" : "long double";
    case TYPE_COMPLEX:
        return type->size == 8    ? "float complex"
               : type->size == 16 ? "double complex"
                                  : "long double complex";
    case TYPE_POINTER:
        return "pointer";
    case TYPE_RECORD:
        return output_format(pool, "%s %s", type->record->is_union ? "union" : "struct",
                             type->record->name);
    }
    return "?";
}

const char *words_parameter_name(struct pool *pool, const struct signature *signature, unsigned i)
{
    const char *name = signature->parameters[i].name;
    return *name ? name : output_format(pool, "%u", i + 1);
}

static const char *count(struct pool *pool, const struct signature *signature, uint64_t literal,
                         int parameter)
{
    if (parameter >= 0) return words_parameter_name(pool, signature, (unsigned)parameter);
    return output_format(pool, "%" PRIu64, literal);
}

static const char *extent_text(struct pool *pool, const struct signature *signature,
                               const struct parameter *parameter)
{
    const struct extent *extent = &parameter->extent;
    const char *text = count(pool, signature, extent->literal, extent->parameter);
    for (uint32_t i = extent->alternative_count; i > 0; i--) {
        const struct alternative *alternative = &extent->alternatives[i - 1];
        text = output_format(pool, "%s == %" PRId64 " ? %s : %s",
                             words_parameter_name(pool, signature, (unsigned)alternative->chooser),
                             (int64_t)alternative->equals,
                             count(pool, signature, alternative->literal, alternative->parameter),
                             text);
    }
    return text;
}

static const char *array(struct pool *pool, const struct signature *signature,
                         const struct parameter *parameter)
{
    static const char *const directions[] = {
        [DIRECTION_IN] = "input by content",
        [DIRECTION_OUT] = "output, written in full",
        [DIRECTION_INOUT] = "input by content and output",
        [DIRECTION_SCRATCH] = "memory to work in",
    };
    const char *type = words_type(pool, &parameter->type);
    const char *direction = directions[parameter->direction];
    if (parameter->writes) direction = "output of some fields, as far as they are written";

    if (parameter->type.kind == TYPE_RECORD && parameter->extent.parameter < 0 &&
        parameter->extent.alternative_count == 0 && parameter->extent.literal == 1)
        return output_format(pool, "%s, %s", type, direction);
    return output_format(pool, "%s[%s], %s", type, extent_text(pool, signature, parameter),
                         direction);
}

static const char *text_name(const struct type *type)
{
    return type->size == 1 ? "text" : "wide text";
}

const char *words_parameter(struct pool *pool, const struct signature *signature, unsigned i)
{
    const struct parameter *parameter = &signature->parameters[i];

    switch (parameter->passing) {
    case PASS_VALUE:
        return output_format(pool, "%s by value", words_type(pool, &parameter->type));
    case PASS_HANDLE:
        return "handle, its address alone counts";
    case PASS_STRING:
        return output_format(pool, "%s input, by content up to its NUL",
                             text_name(&parameter->type));
    case PASS_ARRAY:
        return array(pool, signature, parameter);
    case PASS_TEXT:
        return output_format(pool, "%s output, at most %s %s", text_name(&parameter->type),
                             extent_text(pool, signature, parameter),
                             parameter->type.size == 1 ? "bytes" : "characters");
    case PASS_GIFT:
        return output_format(pool, "%s output that the caller frees", text_name(&parameter->type));
    }
    return "?";
}

const char *words_result_type(struct pool *pool, const struct signature *signature)
{
    if (signature->returns != RETURNS_STATIC && signature->returns != RETURNS_MALLOC)
        return words_type(pool, &signature->result);
    const struct type *type = &signature->pointee;
    return signature->returns_text ? text_name(type) : words_type(pool, type);
}

const char *words_result(struct pool *pool, const struct signature *signature)
{
    switch (signature->returns) {
    case RETURNS_VALUE:
        return signature->result.kind == TYPE_VOID
                   ? "nothing"
                   : output_format(pool, "%s by value", words_type(pool, &signature->result));
    case RETURNS_POINTER:
        return "pointer, as it is";
    case RETURNS_STATIC:
        return output_format(pool, "%s in a buffer of this thread's",
                             words_result_type(pool, signature));
    case RETURNS_MALLOC:
        return output_format(pool, "%s that the caller frees", words_result_type(pool, signature));
    case RETURNS_PARAMETER:
        return output_format(pool, "the pointer passed as %s",
                             words_parameter_name(pool, signature, (unsigned)signature->returned));
    }
    return "?";
}
