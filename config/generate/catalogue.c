/* Turns the files of config/catalogue into C: `generate-catalogue FILE... > catalogue.c`.
 *
 * Runs on the machine that builds, whose types are those of the machine it builds for. The files
 * are read as any config is; an error in one of them ends the build. */
#include "config/catalogue.h"
#include "config/options.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void report(struct diagnostics *self, enum severity severity, struct place place,
                   const char *text)
{
    (void)self;
    (void)severity;
    fprintf(stderr, "%s:%d:%d: %s\n", place.file ? place.file : "", place.line, place.column, text);
}

/* A C string literal, or NULL. */
static void print_text(const char *text)
{
    if (!text) {
        printf("NULL");
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        putchar(*text);
    }
    putchar('"');
}

static void print_type(const struct type *type)
{
    printf("{%d, %u, %u, ", type->kind, type->size, type->alignment);
    if (type->record)
        printf("&record_%s}", type->record->name);
    else
        printf("NULL}");
}

static void print_parameters(const struct entry *entry, size_t number)
{
    const struct signature *signature = entry->signature;
    if (signature->parameter_count == 0) return;
    printf("static const struct parameter parameters_%zu[] = {\n", number);
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        printf("    {\"%s\", ", parameter->name);
        print_type(&parameter->type);
        printf(", %d, %d, {%" PRIu64 "u, %d}},\n", parameter->passing, parameter->direction,
               parameter->extent.literal, parameter->extent.parameter);
    }
    printf("};\n");
}

static void print_signature(const struct entry *entry, size_t number)
{
    const struct signature *signature = entry->signature;
    print_parameters(entry, number);
    printf("static const struct signature signature_%zu = {\"%s\", ", number, signature->symbol);
    print_type(&signature->result);
    printf(", ");
    print_type(&signature->pointee);
    printf(", %d, %d, %d, %u, ", signature->returns, signature->returned, signature->floating,
           signature->parameter_count);
    if (signature->parameter_count)
        printf("parameters_%zu};\n", number);
    else
        printf("NULL};\n");
}

static void print_dependencies(const struct entry *entry, size_t number)
{
    if (entry->dependency_count == 0) return;
    printf("static const struct dependency dependencies_%zu[] = {\n", number);
    for (size_t i = 0; i < entry->dependency_count; i++) {
        printf("    {%d, ", entry->dependencies[i].kind);
        print_text(entry->dependencies[i].name);
        printf("},\n");
    }
    printf("};\n");
}

/* The field that an option is kept in goes by the option's own name, but for this one. */
static const char *field_name(const struct option *option)
{
    return strcmp(option->name, "ttl") == 0 ? "ttl_ns" : option->name;
}

static void print_option(const struct option *option, const void *options)
{
    const char *field = (const char *)options + option->offset;
    printf(".%s = ", field_name(option));
    switch (option->type) {
    case VALUE_TEXT:
        print_text(*(const char *const *)field);
        break;
    case VALUE_BOOLEAN:
        printf("%d", *(const bool *)field);
        break;
    case VALUE_WORD:
        printf("%u", *(const unsigned *)field);
        break;
    default:
        printf("%" PRIu64 "u", *(const uint64_t *)field);
        break;
    }
    printf(", ");
}

static uint32_t given_options(const struct entry *entry)
{
    uint32_t given = 0;
    for (unsigned i = 0; i < SECTION_OPTION_COUNT; i++)
        if (entry->origins[i].kind != ORIGIN_DEFAULT) given |= 1u << i;
    return given;
}

static void print_entry(const struct entry *entry, size_t number)
{
    uint32_t given = given_options(entry);
    printf("    {\"%s\", \"%s\", ", entry->symbol, file_name(entry->place.file));
    print_text(entry->prototype);
    printf(",\n     &signature_%zu, ", number);
    if (entry->dependency_count)
        printf("dependencies_%zu", number);
    else
        printf("NULL");
    printf(", %zu, {", entry->dependency_count);
    for (unsigned i = 0; i < SECTION_OPTION_COUNT; i++)
        if (given & 1u << i) print_option(&section_option_table[i], &entry->options);
    printf("}, %u},\n", given);
}

static int compare(const void *a, const void *b)
{
    const struct entry *const *left = a, *const *right = b;
    return strcmp((*left)->symbol, (*right)->symbol);
}

static int fail(const char *what, const char *name)
{
    fprintf(stderr, "generate-catalogue: %s: %s\n", what, name);
    return 1;
}

static int print_all(const struct entry **entries, size_t count)
{
    qsort(entries, count, sizeof *entries, compare);
    printf("/* Made from config/catalogue by config/generate/catalogue.c. */\n"
           "#include \"config/catalogue.h\"\n#include \"config/record.h\"\n\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(entries[i - 1]->symbol, entries[i]->symbol) == 0)
            return fail("in two files", entries[i]->symbol);
        print_signature(entries[i], i);
        print_dependencies(entries[i], i);
    }
    printf("\nconst struct catalogue_entry catalogue_entries[] = {\n");
    for (size_t i = 0; i < count; i++)
        print_entry(entries[i], i);
    if (count == 0) printf("    {0},\n");
    printf("};\n\nconst size_t catalogue_entry_count = %zu;\n", count);
    return fflush(stdout) != 0;
}

int main(int argc, char **argv)
{
    const struct entry **entries = NULL;
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        struct diagnostics diagnostics = {.report = report};
        struct config_request request = {.program = "", .file = argv[i]};
        struct config *config = calloc(1, sizeof *config); /* kept: the entries lead into it */
        if (!config) return fail("no memory", argv[i]);
        config_load(config, &request, &diagnostics);
        if (diagnostics.errors) return fail("not usable", argv[i]);
        entries = realloc(entries, (count + config->entry_count + 1) * sizeof *entries);
        if (!entries) return fail("no memory", argv[i]);
        for (size_t n = 0; n < config->entry_count; n++)
            entries[count++] = &config->entries[n];
    }
    return print_all(entries, count);
}
