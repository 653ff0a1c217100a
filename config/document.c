#include "document.h"

#include "ini.h"
#include "mangle.h"
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

void document_open(struct document *document, struct pool *scratch)
{
    *document = (struct document){.names = {.pool = scratch}};
    document->end = &document->symbols;
    document->record_end = &document->records;
}

void document_append(struct document *document, struct section *section)
{
    *document->end = section;
    document->end = &section->next;
}

bool section_is_record(const struct section *section, bool *is_union, struct source *tag)
{
    const char *text = section->name.text;
    *is_union = text_starts(text, "union");
    size_t length = *is_union ? 5 : 6;
    if (!*is_union && !text_starts(text, "struct")) return false;
    if (!text_is_blank(text[length])) return false;
    *tag = section->name;
    for (tag->text += length; text_is_blank(*tag->text);)
        tag->text++;
    return true;
}

static bool is_named(const struct section *section, const char *name)
{
    return section && strcmp(section->name.text, name) == 0;
}

/* False where its name is one of C++ that has no symbol; that has been reported. */
static bool name_symbol(struct reading *reading, struct section *section)
{
    const char *name = section->name.text, *mangled = name;
    if (mangle_is_wanted(name))
        mangled = mangle(&section->name, reading->scratch, reading->diagnostics);
    section->symbol = mangled ? mangled : name;
    return mangled != NULL;
}

static void start_section(struct reading *reading, const struct source *name)
{
    struct document *document = reading->document;
    struct source tag;
    bool is_union;
    struct section *section = pool_alloc(reading->scratch, sizeof *section);
    reading->section = section ? section : &reading->unknown;
    reading->unknown.pairs = NULL;
    reading->pair_end = &reading->section->pairs;
    if (!section) return;
    section->name = *name;
    section->name.place.column = 1;
    bool named = name_symbol(reading, section);
    size_t length = strlen(section->symbol);
    const struct section *first = names_find(&document->names, section->symbol, length);
    if (first) {
        diagnose(reading->diagnostics, SEVERITY_ERROR, section->name.place,
                 "[%.100s] is there already, in line %d: make one section of both", name->text,
                 first->name.place.line);
        section->broken = true;
    } else if (!names_add(&document->names, section->symbol, length, section)) {
        section->broken = true;
    }
    if (is_named(section, "*")) {
        if (!first) document->defaults = section;
    } else if (is_named(section, "memo")) {
        if (!first) document->process = section;
    } else if (section_is_record(section, &is_union, &tag)) {
        *document->record_end = section;
        document->record_end = &section->next;
    } else if (named) {
        document_append(document, section);
    }
}

/* What may stand in a section. */
struct kind {
    const struct option *table;
    size_t count;
    const char *where; /* where its keys belong */
};

static const struct kind kinds[] = {
    {section_option_table, SECTION_OPTION_COUNT, "in [*] or in the section of a symbol"},
    {process_option_table, PROCESS_OPTION_COUNT, "in [memo]"},
    {record_option_table, RECORD_OPTION_COUNT, "in a section [struct NAME] or [union NAME]"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

static const struct kind *kind_of(const struct section *section)
{
    struct source tag;
    bool is_union;
    if (is_named(section, "memo")) return &kinds[1];
    return &kinds[section_is_record(section, &is_union, &tag) ? 2 : 0];
}

static int find_option(const struct kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->count; i++)
        if (strcmp(kind->table[i].name, name) == 0) return (int)i;
    return -1;
}

/* A key that its section does not have: of another kind of section, or wrong. */
static void refuse_key(struct reading *reading, const struct source *key, const struct kind *kind)
{
    struct diagnostics *diagnostics = reading->diagnostics;
    struct suggestion suggestion = suggest_for(key->text, strlen(key->text));
    struct suggest_text room;
    for (size_t i = 0; i < KINDS; i++) {
        if (find_option(&kinds[i], key->text) < 0) continue;
        diagnose(diagnostics, SEVERITY_ERROR, key->place,
                 "'%s' is not a key of [%.100s]: write it %s", key->text,
                 reading->section->name.text, kinds[i].where);
        return;
    }
    for (size_t i = 0; diagnostics->errors < 100 && i < kind->count; i++)
        suggest_offer(&suggestion, kind->table[i].name, strlen(kind->table[i].name));
    diagnose(diagnostics, SEVERITY_ERROR, key->place, "'%.60s' is not a key%s", key->text,
             suggest_phrase(&suggestion, &room));
}

/* What describes one function cannot be a default for all. */
static bool check_default(struct reading *reading, const struct source *key, int option)
{
    bool own = option == OPTION_PROTOTYPE || option == OPTION_DEPENDS || option == OPTION_RETURNS ||
               option == OPTION_WRITES || option == OPTION_CONDITION;
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
    const struct kind *kind = kind_of(reading->section);
    const struct source *key = &item->name;
    int option = find_option(kind, key->text);
    if (option < 0) {
        refuse_key(reading, key, kind);
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
