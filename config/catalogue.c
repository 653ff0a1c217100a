#include "catalogue.h"

#include "catalogue_tables.h"

#include <string.h>

static const char *text_at(const char *offset)
{
    return offset ? catalogue_text + (uintptr_t)offset : NULL;
}

/* A copy of `count` elements of a table from number `first` on. */
static void *copy(struct pool *pool, const void *table, uintptr_t first, size_t count, size_t size)
{
    void *elements = pool_alloc(pool, count * size);
    if (elements) memcpy(elements, (const char *)table + first * size, count * size);
    return elements;
}

static void fill_type(struct type *type)
{
    type->record = catalogue_records[(uintptr_t)type->record];
}

static void fill_options(struct section_options *options)
{
    for (size_t i = 0; i < SECTION_OPTION_COUNT; i++) {
        const struct option *option = &section_option_table[i];
        const char **text = (const char **)((char *)options + option->offset);
        if (option->type == VALUE_TEXT) *text = text_at(*text);
    }
}

static bool fill_dependencies(struct catalogue_entry *entry, struct pool *pool)
{
    struct dependency *dependencies =
        copy(pool, catalogue_dependencies, (uintptr_t)entry->dependencies, entry->dependency_count,
             sizeof *dependencies);
    for (size_t i = 0; dependencies && i < entry->dependency_count; i++)
        dependencies[i].name = text_at(dependencies[i].name);
    entry->dependencies = dependencies;
    return dependencies != NULL;
}

static bool fill_signature(struct signature *signature, struct pool *pool)
{
    struct parameter *parameters =
        copy(pool, catalogue_parameters, (uintptr_t)signature->parameters,
             signature->parameter_count, sizeof *parameters);
    struct global *globals = copy(pool, catalogue_globals, (uintptr_t)signature->globals,
                                  signature->global_count, sizeof *globals);
    if (!parameters || !globals) return false;
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        parameters[i].name = text_at(parameters[i].name);
        parameters[i].pointee = catalogue_records[(uintptr_t)parameters[i].pointee];
        parameters[i].reads = catalogue_records[(uintptr_t)parameters[i].reads];
        fill_type(&parameters[i].type);
        /* nothing is written in them: they stay where they are */
        struct extent *extent = &parameters[i].extent;
        extent->alternatives = catalogue_alternatives + (uintptr_t)extent->alternatives;
    }
    for (uint32_t i = 0; i < signature->global_count; i++) {
        globals[i].name = text_at(globals[i].name);
        fill_type(&globals[i].type);
    }
    fill_type(&signature->result);
    fill_type(&signature->pointee);
    signature->symbol = text_at(signature->symbol);
    signature->parameters = parameters;
    signature->globals = globals;
    return true;
}

const struct catalogue_entry *catalogue_entry(size_t index, struct pool *pool)
{
    struct catalogue_entry *entry = copy(pool, catalogue_entries, index, 1, sizeof *entry);
    struct signature *signature = copy(pool, catalogue_signatures, index, 1, sizeof *signature);
    if (!entry || !signature) return NULL;
    entry->symbol = text_at(entry->symbol);
    entry->file = text_at(entry->file);
    entry->prototype = text_at(entry->prototype);
    entry->signature = signature;
    fill_options(&entry->options);
    return fill_dependencies(entry, pool) && fill_signature(signature, pool) ? entry : NULL;
}

const char *catalogue_symbol(size_t index)
{
    return text_at(catalogue_entries[index].symbol);
}

/* Where `symbol` stands among so many sorted ones; `count`: nowhere. */
static size_t find(const char *symbol, const char *symbol_at(size_t index), size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(symbol, symbol_at(middle));
        if (order == 0) return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return count;
}

const struct catalogue_entry *catalogue_find(const char *symbol, struct pool *pool)
{
    size_t index = find(symbol, catalogue_symbol, catalogue_entry_count);
    return index < catalogue_entry_count ? catalogue_entry(index, pool) : NULL;
}

const char *catalogue_choice_symbol(size_t index)
{
    return text_at(catalogue_choices[index].symbol);
}

size_t catalogue_choose(const char *symbol)
{
    size_t index = find(symbol, catalogue_choice_symbol, catalogue_choice_count);
    return index < catalogue_choice_count ? catalogue_choices[index].entry : catalogue_entry_count;
}

const char *catalogue_called(size_t index, size_t *count)
{
    *count = catalogue_calls[index].count;
    return text_at(catalogue_calls[index].symbol);
}
