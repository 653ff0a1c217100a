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

/* A label and a text that goes on below itself where the line is full. */
static void print_line(const char *label, enum style style, const char *text)
{
    int column = INDENT + LABEL;

    printf("%*s%-*s", INDENT, "", LABEL, label);
    output_style(style);
    while (*text) {
        int blanks = (int)strspn(text, " "), word = (int)strcspn(text + blanks, " ");
        if (column > INDENT + LABEL && column + blanks + word > WIDTH) {
            printf("\n%*s", INDENT + LABEL, "");
            column = INDENT + LABEL;
            text += blanks;
            blanks = 0;
        }
        printf("%.*s", blanks + word, text);
        column += blanks + word;
        text += blanks + word;
    }
    output_style(STYLE_PLAIN);
    putchar('\n');
}

/* Defaults are many and tell little: they share lines. */
static void print_defaults(struct pool *pool, const struct option *table, size_t count,
                           const void *options, const struct origin *origins)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++) {
        const char *value = words_value(pool, &table[i], options);
        if (origins[i].kind == ORIGIN_DEFAULT && value)
            text = output_format(pool, "%s%s%s=%s", text, *text ? ", " : "", table[i].name, value);
    }
    if (*text) print_line("by default", STYLE_DIM, text);
}

static void print_option(struct pool *pool, const struct option *option, const void *options,
                         const struct origin *origin)
{
    const char *value = words_value(pool, option, options);
    print_line(option->name, STYLE_PLAIN,
               output_format(pool, "%s  (%s)", value ? value : "-", words_origin(pool, origin)));
}

static void print_options(struct pool *pool, const struct option *table, size_t count,
                          const void *options, const struct origin *origins)
{
    for (size_t i = 0; i < count; i++)
        if (origins[i].kind != ORIGIN_DEFAULT) print_option(pool, &table[i], options, &origins[i]);
    print_defaults(pool, table, count, options, origins);
}

static void print_signature(struct pool *pool, const struct signature *signature)
{
    for (unsigned i = 0; i < signature->parameter_count; i++)
        print_line(output_format(pool, "%s:", words_parameter_name(pool, signature, i)),
                   STYLE_PLAIN, words_parameter(pool, signature, i));
    print_line("result:", STYLE_PLAIN, words_result(pool, signature));
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

/* The prototype, the first option, stands before what was understood of it. */
static void print_section(struct check *check, size_t i)
{
    struct pool *pool = &check->settings.pool;
    const struct entry *entry = &check->loaded.config.entries[i];

    printf("\n");
    output_text(STYLE_BOLD, output_format(pool, "[%s]", entry->symbol), 0);
    printf("\n");
    if (check->verdicts) {
        print_line("verdict", verdict_style(&check->verdicts[i]), check->verdicts[i].text);
        print_imports(pool, &check->verdicts[i]);
    }
    print_option(pool, &section_option_table[OPTION_PROTOTYPE], &entry->options,
                 &entry->origins[OPTION_PROTOTYPE]);
    if (entry->signature) print_signature(pool, entry->signature);
    print_options(pool, section_option_table + 1, SECTION_OPTION_COUNT - 1, &entry->options,
                  entry->origins + 1);
}

/* The catalogue's choice for no program in particular is a list that --catalogue gives. */
static void print_sections(struct check *check)
{
    const struct config *config = &check->loaded.config;

    if (config->choice && !check->name) {
        puts("\nAll that `memoize check --catalogue` marks as maybe, where a program uses it");
        return;
    }
    for (size_t i = 0; i < config->entry_count; i++)
        print_section(check, i);
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
           config->file     ? config->file
           : config->choice ? "no file, the catalogue's choice"
                            : "no file",
           config->entry_count, config->entry_count == 1 ? "" : "s", found->errors,
           found->errors == 1 ? "" : "s", found->warnings, found->warnings == 1 ? "" : "s");
    if (config->process.disable)
        printf("Disabled  %s: nothing is cached\n",
               words_origin(pool, &config->process_origins[OPTION_DISABLE]));
    if (check->name) print_program(check);
    printf("\n");
    output_text(STYLE_BOLD, "[memo]", 0);
    printf("\n");
    print_options(pool, process_option_table, PROCESS_OPTION_COUNT, &config->process,
                  config->process_origins);
    print_sections(check);
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
    const struct option *worth = &section_option_table[OPTION_WORTH];
    struct table rows;

    table_start(&rows, pool, 4, 0);
    for (size_t i = 0; i < catalogue_entry_count; i++) {
        const struct catalogue_entry *entry = catalogue_entry(i, pool);
        if (!entry) continue;
        table_row(&rows, STYLE_PLAIN, entry->symbol, entry->file,
                  words_value(pool, worth, &entry->options), entry->prototype);
    }
    table_print(&rows);
}
