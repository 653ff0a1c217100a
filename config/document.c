#include "document.h"

#include "ini.h"
#include "suggest.h"
#include "text.h"

struct reading {
    struct document *document;
    struct pool *scratch;
    struct diagnostics *diagnostics;
    struct section *section; /* the one being read */
    struct pair **pair_end;
    struct section unknown; /* stands for what has no header that could be read */
};

/* Words of DESIGN's table that a later version brings. */
static const char *const later_keys[] = {"verify", "writes"};

void document_open(struct document *document, struct pool *scratch)
{
    *document = (struct document){.names = {.pool = scratch}};
    document->end = &document->symbols;
}

void document_append(struct document *document, struct section *section)
{
    *document->end = section;
    document->end = &section->next;
}

static bool is_named(const struct section *section, const char *name)
{
    return section && strcmp(section->name.text, name) == 0;
}

static void start_section(struct reading *reading, const struct source *name)
{
    struct document *document = reading->document;
    size_t length = strlen(name->text);
    struct section *first = names_find(&document->names, name->text, length);
    struct section *section = pool_alloc(reading->scratch, sizeof *section);
    reading->section = section ? section : &reading->unknown;
    reading->unknown.pairs = NULL;
    reading->pair_end = &reading->section->pairs;
    if (!section) return;
    section->name = *name;
    section->name.place.column = 1;
    if (first) {
        diagnose(reading->diagnostics, SEVERITY_ERROR, section->name.place,
                 "[%.100s] is there already, in line %d: make one section of both", name->text,
                 first->name.place.line);
        section->broken = true;
    } else if (!names_add(&document->names, name->text, length, section)) {
        section->broken = true;
    }
    if (is_named(section, "*")) {
        if (!first) document->defaults = section;
    } else if (is_named(section, "memo")) {
        if (!first) document->process = section;
    } else {
        document_append(document, section);
    }
}

static int find_option(const struct option *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0) return (int)i;
    return -1;
}

static void offer_options(struct suggestion *suggestion, const struct option *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        suggest_offer(suggestion, table[i].name, strlen(table[i].name));
}

/* A key that its section does not have: of another kind of section, of a later version, or wrong.
 */
static void refuse_key(struct reading *reading, const struct source *key, bool process)
{
    struct diagnostics *diagnostics = reading->diagnostics;
    struct suggestion suggestion = suggest_for(key->text, strlen(key->text));
    struct suggest_text room;
    for (size_t i = 0; i < sizeof later_keys / sizeof *later_keys; i++) {
        if (strcmp(key->text, later_keys[i]) != 0) continue;
        diagnose(diagnostics, SEVERITY_ERROR, key->place, "'%s' is not supported yet", key->text);
        return;
    }
    if (process && find_option(section_option_table, SECTION_OPTION_COUNT, key->text) >= 0) {
        diagnose(diagnostics, SEVERITY_ERROR, key->place,
                 "'%s' is not a key of [memo]: write it in [*] or in the section of a symbol",
                 key->text);
        return;
    }
    if (!process && find_option(process_option_table, PROCESS_OPTION_COUNT, key->text) >= 0) {
        diagnose(diagnostics, SEVERITY_ERROR, key->place,
                 "'%s' is for the whole process: write it in [memo]", key->text);
        return;
    }
    if (diagnostics->errors < 100) {
        if (process)
            offer_options(&suggestion, process_option_table, PROCESS_OPTION_COUNT);
        else
            offer_options(&suggestion, section_option_table, SECTION_OPTION_COUNT);
    }
    diagnose(diagnostics, SEVERITY_ERROR, key->place, "'%.60s' is not a key%s", key->text,
             suggest_phrase(&suggestion, &room));
}

/* What describes one function cannot be a default for all. */
static bool check_default(struct reading *reading, const struct source *key, int option)
{
    bool own = option == OPTION_PROTOTYPE || option == OPTION_DEPENDS || option == OPTION_RETURNS ||
               option == OPTION_CONDITION;
    if (!own || !is_named(reading->section, "*")) return true;
    diagnose(reading->diagnostics, SEVERITY_ERROR, key->place,
             "'%s' describes one function: write it in the section of a symbol, not in [*]",
             key->text);
    return false;
}

/* Of a key that stands twice, neither is taken for the one that was meant. */
static bool check_once(struct reading *reading, const struct source *key, int option)
{
    for (struct pair *pair = reading->section->pairs; pair; pair = pair->next) {
        if (pair->option != (unsigned)option) continue;
        diagnose(reading->diagnostics, SEVERITY_ERROR, key->place,
                 "'%s' is there already, in line %d", key->text, pair->value.place.line);
        return false;
    }
    return true;
}

static bool add_pair(struct reading *reading, const struct ini_item *item)
{
    bool process = is_named(reading->section, "memo");
    const struct source *key = &item->name;
    int option = process ? find_option(process_option_table, PROCESS_OPTION_COUNT, key->text)
                         : find_option(section_option_table, SECTION_OPTION_COUNT, key->text);
    if (option < 0) {
        refuse_key(reading, key, process);
        return false;
    }
    if (!check_default(reading, key, option) || !check_once(reading, key, option)) return false;
    if (!*item->value.text) {
        diagnose(reading->diagnostics, SEVERITY_ERROR, key->place,
                 "'%s' has no value: write one or leave the line out", key->text);
        return false;
    }
    struct pair *pair = pool_alloc(reading->scratch, sizeof *pair);
    if (!pair) return false;
    *pair = (struct pair){.option = (unsigned)option, .value = item->value};
    *reading->pair_end = pair;
    reading->pair_end = &pair->next;
    return true;
}

/* Keys that belong to no section: said once, for the first of them. */
static void refuse_homeless(struct reading *reading, const struct source *key)
{
    if (reading->unknown.broken) return;
    diagnose(reading->diagnostics, SEVERITY_ERROR, key->place,
             "'%.60s' stands before the first section: write [memo], [*] or [SYMBOL] above it",
             key->text);
    reading->unknown.broken = true;
}

void document_read(struct document *document, const struct found_file *file, struct pool *scratch,
                   struct diagnostics *diagnostics)
{
    struct ini ini;
    struct ini_item item;
    struct reading reading = {.document = document, .scratch = scratch, .diagnostics = diagnostics};
    reading.section = &reading.unknown;
    ini_open(&ini, file->path, file->text, file->length, diagnostics);
    while (ini_next(&ini, &item) != INI_END) {
        bool unknown = reading.section == &reading.unknown;
        if (item.kind == INI_SECTION) {
            start_section(&reading, &item.name);
        } else if (item.kind == INI_BROKEN_SECTION) {
            reading.section = &reading.unknown;
            reading.unknown.broken = true;
        } else if (unknown && item.kind == INI_PAIR) {
            refuse_homeless(&reading, &item.name);
        } else if (item.kind == INI_BROKEN || !add_pair(&reading, &item)) {
            reading.section->broken = true;
        }
    }
}

const struct source *section_value(const struct section *section, unsigned option)
{
    for (const struct pair *pair = section ? section->pairs : NULL; pair; pair = pair->next)
        if (pair->option == option) return &pair->value;
    return NULL;
}
