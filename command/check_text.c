/* memoize check, for people. */
#include "check.h"

#include "output.h"
#include "words.h"

#include "config/catalogue.h"

#include <stdio.h>
#include <string.h>

#define INDENT 2
#define LABEL  14
#define WIDTH  100

static void print_line(const char *label, const char *text)
{
    printf("%*s%-*s%s\n", INDENT, "", LABEL, label, text);
}

/* Defaults are many and tell little: they share lines. */
static void print_defaults(struct pool *pool, const struct option *table, size_t count,
                           const void *options, const struct origin *origins)
{
    int column = 0;

    for (size_t i = 0; i < count; i++) {
        const char *value = words_value(pool, &table[i], options);
        if (origins[i].kind != ORIGIN_DEFAULT || !value) continue;
        const char *text = output_format(pool, "%s = %s", table[i].name, value);
        int width = (int)strlen(text);
        if (column == 0 || column + width > WIDTH) {
            printf("%s%*s%-*s", column ? ",\n" : "", INDENT, "", LABEL, column ? "" : "by default");
            column = INDENT + LABEL + width;
        } else {
            fputs(", ", stdout);
            column += width + 2;
        }
        output_text(STYLE_DIM, text, 0);
    }
    if (column) putchar('\n');
}

/* The prototype has a line of its own, as it would make the column of values too wide. */
static void print_options(struct pool *pool, const struct option *table, size_t count,
                          const void *options, const struct origin *origins)
{
    struct table rows;

    table_start(&rows, pool, 3, INDENT);
    for (size_t i = 0; i < count; i++) {
        const char *value = words_value(pool, &table[i], options);
        if (origins[i].kind == ORIGIN_DEFAULT ||
            &table[i] == &section_option_table[OPTION_PROTOTYPE])
            continue;
        table_row(&rows, STYLE_PLAIN, output_format(pool, "%-*s", LABEL - 2, table[i].name),
                  value ? value : "-", words_origin(pool, &origins[i]));
    }
    table_print(&rows);
    print_defaults(pool, table, count, options, origins);
}

static void print_signature(struct pool *pool, const struct signature *signature)
{
    for (unsigned i = 0; i < signature->parameter_count; i++)
        print_line(output_format(pool, "%s:", words_parameter_name(pool, signature, i)),
                   words_parameter(pool, signature, i));
    print_line("result:", words_result(pool, signature));
}

static const char *kinds_text(unsigned kinds)
{
    static const char *const texts[] = {
        "",     "call",       "address",       "call, address",
        "data", "call, data", "address, data", "call, address, data",
    };
    return texts[kinds & 7];
}

static void print_imports(struct pool *pool, const struct verdict *verdict)
{
    struct table rows;

    table_start(&rows, pool, 3, INDENT);
    for (size_t i = 0; i < verdict->import_count; i++) {
        const struct import *import = &verdict->imports[i];
        const char *provider = "nobody";
        if (import->provider)
            provider = output_format(
                pool, "%s%s%s%s", import->provider->name, *import->definition.version ? " " : "",
                import->definition.version, import->definition.indirect ? " (ifunc)" : "");
        table_row(&rows, STYLE_PLAIN,
                  output_format(pool, "%-*s", LABEL - 2, i == 0 ? "imported by" : ""),
                  output_format(pool, "%s (%s)", import->object->name,
                                kinds_text(import->reference.kinds)),
                  output_format(pool, "from %s", provider));
    }
    table_print(&rows);
}

static enum style verdict_style(const struct verdict *verdict)
{
    return verdict->cached ? STYLE_GOOD : STYLE_DOUBT;
}

static void print_section(struct check *check, size_t i)
{
    struct pool *pool = &check->settings.pool;
    const struct entry *entry = &check->loaded.config.entries[i];

    printf("\n");
    output_text(STYLE_BOLD, output_format(pool, "[%s]", entry->symbol), 0);
    printf("\n");
    if (check->verdicts) {
        printf("%*s%-*s", INDENT, "", LABEL, "verdict");
        output_text(verdict_style(&check->verdicts[i]), check->verdicts[i].text, 0);
        printf("\n");
        print_imports(pool, &check->verdicts[i]);
    }
    if (entry->options.prototype)
        print_line("prototype",
                   output_format(pool, "%s   %s", entry->options.prototype,
                                 words_origin(pool, &entry->origins[OPTION_PROTOTYPE])));
    if (entry->signature) print_signature(pool, entry->signature);
    print_options(pool, section_option_table, SECTION_OPTION_COUNT, &entry->options,
                  entry->origins);
}

static void print_program(struct check *check)
{
    const struct program *program = &check->program;
    size_t cached = 0, count = check->loaded.config.entry_count;

    for (size_t i = 0; i < count; i++)
        cached += check->verdicts[i].cached;
    printf("Program   %s", check->name);
    if (*program->script) printf(", a script run by %s", program->path);
    if (program->library) printf(", a library: what loads it is not known");
    if (program->obstacle != OBSTACLE_NONE) {
        printf(", which %s: nothing can be cached\n", program->reason);
        return;
    }
    printf(", %zu object%s; %zu of %zu functions will be cached\n", check->objects.count,
           check->objects.count == 1 ? "" : "s", cached, count);
    if (check->objects.missing > 0)
        printf("          %zu not found, first %s\n", check->objects.missing,
               check->objects.first_missing);
}

void check_print_text(struct check *check)
{
    struct pool *pool = &check->settings.pool;
    const struct config *config = &check->loaded.config;
    const struct diagnostics *found = &check->loaded.diagnostics;

    printf("Config    %s, %zu function%s, %d error%s, %d warning%s\n",
           config->file ? config->file : "no file", config->entry_count,
           config->entry_count == 1 ? "" : "s", found->errors, found->errors == 1 ? "" : "s",
           found->warnings, found->warnings == 1 ? "" : "s");
    if (config->process.disable)
        printf("Disabled  %s: nothing is cached\n",
               words_origin(pool, &config->process_origins[OPTION_DISABLE]));
    if (check->name) print_program(check);
    printf("\n");
    output_text(STYLE_BOLD, "[memo]", 0);
    printf("\n");
    print_options(pool, process_option_table, PROCESS_OPTION_COUNT, &config->process,
                  config->process_origins);
    for (size_t i = 0; i < config->entry_count; i++)
        print_section(check, i);
}

static void print_option_table(struct pool *pool, const struct option *table, size_t count)
{
    struct table rows;

    table_start(&rows, pool, 4, INDENT);
    for (size_t i = 0; i < count; i++)
        table_row(&rows, STYLE_PLAIN, table[i].name, *table[i].initial ? table[i].initial : "-",
                  table[i].environment ? table[i].environment : "", table[i].help);
    table_print(&rows);
}

void check_print_options_text(struct pool *pool)
{
    puts("In [memo], for the process: name, default, environment variable, meaning");
    print_option_table(pool, process_option_table, PROCESS_OPTION_COUNT);
    puts("\nIn a function's section, or in [*] for all of them");
    print_option_table(pool, section_option_table, SECTION_OPTION_COUNT);
}

void check_print_catalogue_text(struct pool *pool)
{
    struct table rows;

    table_start(&rows, pool, 3, 0);
    for (size_t i = 0; i < catalogue_entry_count; i++)
        table_row(&rows, STYLE_PLAIN, catalogue_entries[i].symbol, catalogue_entries[i].file,
                  catalogue_entries[i].prototype);
    table_print(&rows);
}
