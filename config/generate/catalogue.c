/* Turns the files of config/catalogue into C: `generate-catalogue FILE... > catalogue.c`.
 *
 * Runs on the machine that builds. What it writes is right for any other too: every size, sign and
 * place is an expression that the compiler of the table works out. The files are read as any config
 * is; an error in one of them ends the build. */
#include "config/catalogue_tables.h"
#include "config/declaration.h"
#include "config/generate/numbers.h"
#include "config/options.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_CALLED 64

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

static void print_record_type(const struct record *record, const char *spelling)
{
    char name[64];
    snprintf(name, sizeof name, "record_%s", record->name);
    printf("{TYPE_RECORD, sizeof(%s), _Alignof(%s), ", spelling, spelling);
    print_record(name);
    printf("}");
}

/* As an expression of C: sizes are those of the machine that the table is compiled for. `spelling`
 * is how the prototype has it. */
static void print_type(const struct type *type, const char *spelling)
{
    switch (type->kind) {
    case TYPE_VOID:
        printf("{0}");
        break;
    case TYPE_BOOL:
        printf("TYPE_OF_BOOL");
        break;
    case TYPE_SIGNED:
    case TYPE_UNSIGNED:
        printf("TYPE_OF_INTEGER(%s)", spelling);
        break;
    case TYPE_FLOAT:
        printf("TYPE_OF_FLOAT(%s)", spelling);
        break;
    case TYPE_COMPLEX:
        printf("TYPE_OF_COMPLEX(%s)", spelling);
        break;
    case TYPE_POINTER:
        printf("TYPE_OF_POINTER");
        break;
    case TYPE_RECORD:
        print_record_type(type->record, spelling);
        break;
    }
}

/* `string s` has no type before the name, and no header has the enums. */
static const char *spelling_of(const struct declarator *declarator)
{
    const char *spelling = declarator->specifiers.spelling;
    if (declarator->form == FORM_WIDE) return "wchar_t";
    if (strncmp(spelling, "enum ", 5) == 0) return "int";
    return *spelling ? spelling : "char";
}

/* The fields that are read of a parameter: integers all, as far as the catalogue goes. */
static bool print_reads(const struct parameter *parameter, const char *spelling, size_t number,
                        size_t i)
{
    const struct record *reads = parameter->reads;
    if (parameter->writes) return false;
    if (!reads) return true;
    printf("static const struct field fields_%zu_%zu[] = {\n", number, i);
    for (uint32_t n = 0; n < reads->field_count; n++) {
        const struct type *type = &reads->fields[n].type;
        bool integer = type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED;
        if (!integer || reads->fields[n].count != 1) return false;
        printf("    FIELD_INTEGER(%s, %s),\n", spelling, reads->fields[n].name);
    }
    printf("};\nstatic const struct record reads_%zu_%zu = {\"%s\", sizeof(%s), _Alignof(%s), "
           "%u, fields_%zu_%zu, false};\n",
           number, i, reads->name, spelling, spelling, reads->field_count, number, i);
    return true;
}

/* Those of its array's length that depend on another parameter. */
static void print_alternatives(const struct extent *extent)
{
    for (uint32_t n = 0; n < extent->alternative_count; n++) {
        const struct alternative *alternative = &extent->alternatives[n];
        printf("    {%" PRIu64 "u, %" PRIu64 "u, %d, %d},\n", alternative->equals,
               alternative->literal, alternative->chooser, alternative->parameter);
    }
}

/* `alternatives`: how many there are of parameters before. */
static void print_extent(const struct extent *extent, size_t alternatives)
{
    printf(".extent = {.literal = %" PRIu64 "u, .parameter = %d", extent->literal,
           extent->parameter);
    printf(", .alternative_count = %" PRIu32 ", .alternatives = FIRST(struct alternative, %zu)}",
           extent->alternative_count, alternatives);
}

static void print_parameter(const struct parameter *parameter, const char *spelling, size_t number,
                            size_t i, size_t alternatives)
{
    printf("    {.name = ");
    print_text(parameter->name);
    printf(", .type = ");
    print_type(&parameter->type, spelling);
    if (parameter->pointee) {
        char name[64];
        snprintf(name, sizeof name, "record_%s", parameter->pointee->name);
        printf(", .pointee = ");
        print_record(name);
    }
    if (parameter->reads) {
        char name[64];
        snprintf(name, sizeof name, "reads_%zu_%zu", number, i);
        printf(", .reads = ");
        print_record(name);
    }
    printf(", .passing = %d, .direction = %d, ", parameter->passing, parameter->direction);
    print_extent(&parameter->extent, alternatives);
    printf("},\n");
}

/* An entry with the spelling of its types, which no signature has: its prototype, read again. */
struct item {
    const struct entry *entry;
    struct declaration declaration;
    struct declarations globals;
};

static bool read_item(struct item *item, const struct entry *entry)
{
    static struct diagnostics diagnostics = {.report = report};
    static struct pool pool;
    const struct source prototype = {entry->prototype, {0}}, writes = {entry->options.writes, {0}};
    *item = (struct item){.entry = entry};
    return declaration_read(&item->declaration, &prototype, false, &pool, &diagnostics) &&
           (!writes.text || declarations_read(&item->globals, &writes, &pool, &diagnostics));
}

/* What parameters point to. */
static bool print_details(const struct item *item, size_t number)
{
    const struct signature *signature = item->entry->signature;
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const char *spelling = spelling_of(&item->declaration.parameters[i]);
        if (!print_reads(&signature->parameters[i], spelling, number, i)) return false;
    }
    return true;
}

/* Returns how many alternatives there are with its own. */
static size_t print_parameters(const struct item *item, size_t number, size_t alternatives)
{
    const struct signature *signature = item->entry->signature;
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        print_parameter(&signature->parameters[i], spelling_of(&item->declaration.parameters[i]),
                        number, i, alternatives);
        alternatives += signature->parameters[i].extent.alternative_count;
    }
    return alternatives;
}

static void print_all_alternatives(const struct item *items, size_t count)
{
    printf("\nconst struct alternative catalogue_alternatives[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const struct signature *signature = items[i].entry->signature;
        for (uint32_t n = 0; n < signature->parameter_count; n++)
            print_alternatives(&signature->parameters[n].extent);
    }
    printf("    {0},\n};\n");
}

static void print_globals(const struct item *item)
{
    const struct signature *signature = item->entry->signature;
    for (uint32_t i = 0; i < signature->global_count; i++) {
        printf("    {");
        print_text(signature->globals[i].name);
        printf(", ");
        print_type(&signature->globals[i].type, spelling_of(&item->globals.items[i]));
        printf(", %" PRIu64 "u},\n", signature->globals[i].count);
    }
}

/* `parameters` and `globals`: how many there are of entries before. */
static void print_signature(const struct item *item, size_t parameters, size_t globals)
{
    const struct signature *signature = item->entry->signature;
    const char *spelling = spelling_of(&item->declaration.function);
    printf("    {.symbol = ");
    print_text(signature->symbol);
    printf(", .result = ");
    print_type(&signature->result, spelling);
    printf(", .pointee = ");
    print_type(&signature->pointee, spelling);
    printf(",\n     .returns_text = %d, .returns = %d, .returned = %d, .floating = %d",
           signature->returns_text, signature->returns, signature->returned, signature->floating);
    printf(", .parameter_count = %u, .parameters = FIRST(struct parameter, %zu)",
           signature->parameter_count, parameters);
    printf(", .global_count = %u, .globals = FIRST(struct global, %zu)},\n",
           signature->global_count, globals);
}

static void print_dependencies(const struct entry *entry)
{
    for (size_t i = 0; i < entry->dependency_count; i++) {
        printf("    {%d, ", entry->dependencies[i].kind);
        print_text(entry->dependencies[i].name);
        printf("},\n");
    }
}

/* The field that an option is kept in goes by the option's own name, but for those with a unit. */
static const char *field_name(const struct option *option)
{
    if (strcmp(option->name, "ttl") == 0) return "ttl_ns";
    return strcmp(option->name, "verify") == 0 ? "verify_ppm" : option->name;
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
    case VALUE_SHARE:
        printf("%" PRIu32 "u", *(const uint32_t *)field);
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

/* `dependencies`: as above. */
static void print_entry(const struct entry *entry, size_t dependencies)
{
    uint32_t given = given_options(entry);
    printf("    {");
    print_text(entry->symbol);
    printf(", ");
    print_text(file_name(entry->place.file));
    printf(", ");
    print_text(entry->prototype);
    printf(", NULL,\n     FIRST(struct dependency, %zu), %zu, {", dependencies,
           entry->dependency_count);
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

/* Where the types of config/type_names.c and config/record.c come from. */
static const char *const headers[] = {"complex.h", "grp.h",        "inttypes.h", "math.h",
                                      "netdb.h",   "netinet/in.h", "pwd.h",      "stdint.h",
                                      "stdlib.h",  "sys/socket.h", "sys/time.h", "sys/types.h",
                                      "time.h",    "uchar.h",      "wchar.h",    "wctype.h"};

/* The first to name any text, so that their names lie together. */
static void print_choices(const struct item *items, size_t count)
{
    size_t choices = 0;
    printf("\nconst struct catalogue_choice catalogue_choices[] = {\n");
    for (size_t i = 0; i < count; i++) {
        if (items[i].entry->options.worth != WORTH_MAYBE) continue;
        printf("    {");
        print_text(items[i].entry->symbol);
        printf(", %zu},\n", i);
        choices++;
    }
    printf("    {0},\n};\n\nconst size_t catalogue_choice_count = %zu;\n", choices);
}

struct called {
    const char *symbol;
    size_t count;
};

static size_t count_calls(const struct entry *entry, struct called *called, size_t count)
{
    for (size_t i = 0; i < entry->dependency_count; i++) {
        const struct dependency *dependency = &entry->dependencies[i];
        size_t at = 0;
        if (dependency->kind != DEPENDS_CALL) continue;
        while (at < count && strcmp(called[at].symbol, dependency->name) != 0)
            at++;
        if (at == MOST_CALLED) exit(fail("too many symbols are called", dependency->name));
        if (at == count) called[count++] = (struct called){dependency->name, 0};
        called[at].count++;
    }
    return count;
}

static void print_calls(const struct item *items, size_t count)
{
    struct called called[MOST_CALLED];
    size_t end = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].entry->options.worth == WORTH_MAYBE)
            end = count_calls(items[i].entry, called, end);
    printf("\nconst struct catalogue_called catalogue_calls[] = {\n");
    for (size_t i = 0; i < end; i++) {
        printf("    {");
        print_text(called[i].symbol);
        printf(", %zu},\n", called[i].count);
    }
    printf("    {0},\n};\n\nconst size_t catalogue_called_count = %zu;\n", end);
}

/* No table is empty: C has no such array. */
static void print_tables(const struct item *items, size_t count)
{
    size_t parameters = 0, globals = 0, dependencies = 0, alternatives = 0;
    print_all_alternatives(items, count);
    printf("\nconst struct parameter catalogue_parameters[] = {\n");
    for (size_t i = 0; i < count; i++)
        alternatives = print_parameters(&items[i], i, alternatives);
    printf("    {0},\n};\n\nconst struct global catalogue_globals[] = {\n");
    for (size_t i = 0; i < count; i++)
        print_globals(&items[i]);
    printf("    {0},\n};\n\nconst struct dependency catalogue_dependencies[] = {\n");
    for (size_t i = 0; i < count; i++)
        print_dependencies(items[i].entry);
    printf("    {0},\n};\n\nconst struct signature catalogue_signatures[] = {\n");
    for (size_t i = 0; i < count; i++) {
        print_signature(&items[i], parameters, globals);
        parameters += items[i].entry->signature->parameter_count;
        globals += items[i].entry->signature->global_count;
    }
    printf("    {0},\n};\n\nconst struct catalogue_entry catalogue_entries[] = {\n");
    for (size_t i = 0; i < count; i++) {
        print_entry(items[i].entry, dependencies);
        dependencies += items[i].entry->dependency_count;
    }
    printf("    {0},\n};\n\nconst size_t catalogue_entry_count = %zu;\n", count);
}

static int print_all(const struct entry **entries, size_t count)
{
    struct item *items = calloc(count + 1, sizeof *items);
    if (!items) return fail("no memory", "");
    qsort(entries, count, sizeof *entries, compare);
    printf("/* Made from config/catalogue by config/generate/catalogue.c. */\n"
           "#include \"config/catalogue_tables.h\"\n#include \"config/record.h\"\n"
           "#include \"config/type.h\"\n\n");
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        printf("#include <%s>\n", headers[i]);
    printf("\n");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(entries[i - 1]->symbol, entries[i]->symbol) == 0)
            return fail("in two files", entries[i]->symbol);
        if (!read_item(&items[i], entries[i]) || !print_details(&items[i], i))
            return fail("not to be printed", entries[i]->symbol);
    }
    print_choices(items, count);
    print_calls(items, count);
    print_tables(items, count);
    print_records();
    print_texts();
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
