#include "entry.h"

#include "dependency.h"
#include "impure.h"
#include "prototype.h"
#include "suggest.h"
#include "text.h"

/* An entry being put together. */
struct making {
    struct loading *loading;
    const struct section *section;
    const struct catalogue_entry *known;
    struct entry entry;
    struct origin origins[SECTION_OPTION_COUNT];
};

const char *entry_one_line(struct pool *scratch, const char *text)
{
    char *line = pool_alloc(scratch, strlen(text) + 1), *end = line;
    if (!line) return text;
    for (; *text; text++) {
        if (!text_is_space(*text))
            *end++ = *text;
        else if (end > line && end[-1] != ' ')
            *end++ = ' ';
    }
    return line;
}

/* Sets what a section gives and notes where it came from. */
static void apply_section(struct making *making, const struct section *section,
                          enum origin_kind kind)
{
    struct loading *loading = making->loading;
    struct entry *entry = &making->entry;
    for (const struct pair *pair = section ? section->pairs : NULL; pair; pair = pair->next) {
        if (loading->lazy && pair->option == OPTION_PROTOTYPE) continue; /* it is for people */
        const char *text = entry_one_line(loading->scratch, pair->value.text);
        if (option_set(&section_option_table[pair->option], &entry->options, text,
                       &loading->config->pool, pair->value.place, loading->diagnostics))
            making->origins[pair->option] = (struct origin){kind, pair->value.place};
    }
}

static void apply_catalogue(struct making *making)
{
    const struct catalogue_entry *known = making->known;
    struct entry *entry = &making->entry;
    if (!known) return;
    for (unsigned i = 0; i < SECTION_OPTION_COUNT; i++) {
        if (!(known->given & 1u << i)) continue;
        option_copy(&section_option_table[i], &entry->options, &known->options);
        making->origins[i] = (struct origin){ORIGIN_CATALOGUE, {known->file, 0, 0}};
    }
    entry->dependencies = known->dependencies;
    entry->dependency_count = known->dependency_count;
}

/* A library of the program's own may define another function of that name: who names one knows that
 * it is what the catalogue says, and nobody has. */
static void trust_libc_alone(struct making *making)
{
    if (!making->section->chosen || !making->known || making->entry.options.library) return;
    making->entry.options.library = "lib[cm].so.6";
    making->origins[OPTION_LIBRARY] =
        (struct origin){ORIGIN_CATALOGUE, {making->known->file, 0, 0}};
}

/* What a prototype of the section's own does not say is not taken from the catalogue's. */
static void take_back(struct making *making, enum section_option option)
{
    if (section_value(making->section, option)) return;
    option_copy(&section_option_table[option], &making->entry.options, &making->loading->initial);
    making->origins[option] = (struct origin){.kind = ORIGIN_DEFAULT};
}

/* A prototype of the section's own comes with its own `returns` and `writes`; one of the
 * catalogue's is parsed again only where the section says something else about it. */
static bool is_known(const struct making *making)
{
    return !section_value(making->section, OPTION_PROTOTYPE) &&
           !section_value(making->section, OPTION_RETURNS) &&
           !section_value(making->section, OPTION_WRITES);
}

static void read_prototype(struct making *making)
{
    struct loading *loading = making->loading;
    struct entry *entry = &making->entry;
    const struct source *own = section_value(making->section, OPTION_PROTOTYPE);
    const struct source *returns = section_value(making->section, OPTION_RETURNS);
    const struct source *writes = section_value(making->section, OPTION_WRITES);
    const struct place place = own ? own->place : returns ? returns->place : writes->place;
    /* From some sections on, memory that is used again pays for its mapping. */
    struct pool *scratch = loading->whole > 8 ? &loading->parsing : loading->scratch;
    bool given = !own && making->known && making->known->given & 1u << OPTION_RETURNS;
    struct prototype prototype = {
        .declaration = own ? *own : (struct source){making->known->prototype, place},
        .returns =
            returns ? *returns : (struct source){given ? entry->options.returns : NULL, place},
        .writes = writes ? *writes : (struct source){entry->options.writes, place},
    };
    entry->signature = prototype_parse(entry->symbol, &prototype, &loading->records, scratch);
    pool_reset(&loading->parsing);
}

static void find_signature(struct making *making)
{
    if (section_value(making->section, OPTION_PROTOTYPE)) {
        take_back(making, OPTION_RETURNS);
        take_back(making, OPTION_WRITES);
    }
    if (is_known(making))
        making->entry.signature = making->known ? making->known->signature : NULL;
    else if (making->loading->lazy)
        making->entry.section = making->section;
    else
        read_prototype(making);
}

bool config_understand(struct config *config, struct entry *entry)
{
    if (entry->section) {
        struct making making = {
            .loading = config->loading,
            .section = entry->section,
            .known = catalogue_find(entry->symbol, &config->pool),
            .entry = *entry,
        };
        int errors = making.loading->diagnostics->errors;
        read_prototype(&making);
        bool whole = !config->pool.exhausted && !making.loading->parsing.exhausted;
        bool good = whole && making.loading->diagnostics->errors == errors;
        entry->signature = good ? making.entry.signature : NULL;
        entry->section = NULL;
    }
    return entry->signature != NULL;
}

static bool fail(struct making *making, const char *text)
{
    diagnose(making->loading->diagnostics, SEVERITY_ERROR, making->section->name.place,
             "[%.100s] %s", making->section->name.text, text);
    return false;
}

/* Only a name that the dynamic linker could know is looked for. */
static bool check_symbol(struct making *making)
{
    const char *symbol = making->entry.symbol;
    if (!*symbol || text_is_digit(*symbol)) return fail(making, "is not the name of a symbol");
    for (const char *at = symbol; *at; at++) {
        if (text_is_name(*at) || *at == '.') continue;
        if (*at == '@')
            return fail(making, "names a version: leave it out, every version is cached apart");
        return fail(making, "is not the name of a symbol");
    }
    return true;
}

static bool refuse_unknown(struct making *making)
{
    const char *symbol = making->entry.symbol;
    struct suggestion suggestion = suggest_for(symbol, strlen(symbol));
    struct suggest_text room;
    size_t count = making->loading->diagnostics->errors < 100 ? catalogue_entry_count : 0;
    for (size_t i = 0; i < count; i++)
        suggest_offer(&suggestion, catalogue_symbol(i), strlen(catalogue_symbol(i)));
    const char *phrase = suggest_phrase(&suggestion, &room);
    bool command = making->section->name.place.line == 0;
    diagnose(making->loading->diagnostics, SEVERITY_ERROR, making->section->name.place,
             "[%.100s] is not in the catalogue%s", symbol,
             *phrase   ? phrase
             : command ? ": it needs a config file with its prototype"
                       : ": add 'prototype = ...', the declaration from its header");
    return false;
}

/* What MEMO_SYMBOLS says stands above everything. */
static void apply_request(struct making *making)
{
    const struct origin origin = {ORIGIN_COMMAND, making->section->name.place};
    const struct place place = {"MEMO_SYMBOLS", 0, 0};
    struct loading *loading = making->loading;
    struct entry *entry = &making->entry;
    const char *maxsize = making->section->requested;
    if (!maxsize) return;
    entry->options.enabled = true;
    making->origins[OPTION_ENABLED] = origin;
    if (!*maxsize) return;
    option_set(&section_option_table[OPTION_MAXSIZE], &entry->options, maxsize,
               &loading->config->pool, place, loading->diagnostics);
    making->origins[OPTION_MAXSIZE] = origin;
}

/* The calls that `no-epoch` is about are told by their format, which is read byte by byte. */
static void check_condition(struct making *making)
{
    struct entry *entry = &making->entry;
    if (!entry->signature || entry->options.condition != CONDITION_NO_EPOCH) return;
    for (uint32_t i = 0; i < entry->signature->parameter_count; i++) {
        const struct parameter *parameter = &entry->signature->parameters[i];
        if (parameter->passing != PASS_STRING || parameter->type.size == 1) continue;
        fail(making, "has a wide string: condition = no-epoch is for formats of bytes");
        entry->signature = NULL;
        return;
    }
}

/* Where the section asks to be left alone, nothing but its values is looked at. */
static void understand(struct making *making)
{
    struct loading *loading = making->loading;
    struct entry *entry = &making->entry;
    const struct source *depends = section_value(making->section, OPTION_DEPENDS);
    const char *impure = impure_reason(entry->symbol);
    if (!entry->options.enabled || !check_symbol(making)) return;
    if (impure && !entry->options.force) {
        diagnose(loading->diagnostics, SEVERITY_ERROR, making->section->name.place,
                 "[%s] is not cached, for it %s: if you know better, write 'force = yes'",
                 entry->symbol, impure);
        return;
    }
    if (!making->known && !section_value(making->section, OPTION_PROTOTYPE)) {
        refuse_unknown(making);
        return;
    }
    if (depends) dependencies_parse(entry, depends, &loading->config->pool, loading->diagnostics);
    find_signature(making);
    check_condition(making);
}

static bool keep_origins(struct making *making)
{
    if (making->loading->running) return true;
    struct origin *origins = pool_alloc(&making->loading->config->pool, sizeof making->origins);
    if (origins) memcpy(origins, making->origins, sizeof making->origins);
    making->entry.origins = origins;
    return origins != NULL;
}

/* False where it is to be left out. */
static bool make(struct making *making)
{
    struct loading *loading = making->loading;
    const struct section *section = making->section;
    struct entry *entry = &making->entry;
    int errors = loading->diagnostics->errors;
    entry->symbol = loading->running ? section->symbol
                                     : pool_strndup(&loading->config->pool, section->symbol,
                                                    strlen(section->symbol));
    entry->place = section->name.place;
    entry->options = loading->initial;
    if (!entry->symbol) return false;
    apply_catalogue(making);
    trust_libc_alone(making);
    apply_section(making, loading->document.defaults, ORIGIN_DEFAULTS_SECTION);
    apply_section(making, section, ORIGIN_SECTION);
    apply_request(making);
    entry->prototype = entry->options.prototype;
    understand(making);
    /* Without memory a value or a dependency may be missing: then better no entry. */
    bool whole = keep_origins(making) && !loading->config->pool.exhausted &&
                 !loading->scratch->exhausted && !loading->parsing.exhausted;
    bool good = !section->broken && loading->diagnostics->errors == errors;
    return whole && good && (!entry->options.enabled || entry->signature || entry->section);
}

struct entry *config_choose(struct config *config, const char *symbol)
{
    size_t index = catalogue_choose(symbol);
    if (index == catalogue_entry_count) return NULL;
    const char *name = catalogue_symbol(index);
    const struct section section = {.name = {name, {NULL, 0, 0}}, .symbol = name, .chosen = true};
    struct making making = {
        .loading = config->loading,
        .section = &section,
        .known = catalogue_entry(index, &config->pool),
    };
    struct entry *entry = pool_alloc(&config->pool, sizeof *entry);
    if (!entry || !making.known || !make(&making)) return NULL;
    *entry = making.entry;
    return entry;
}

void entries_make(struct loading *loading)
{
    struct config *config = loading->config;
    config->entries = pool_alloc(&config->pool, loading->whole * sizeof *config->entries);
    if (!config->entries) return;
    for (const struct section *at = loading->document.symbols; at; at = at->next) {
        /* What is wrong with a broken section is still told, but nothing of it is kept. */
        struct pool *pool = at->broken ? &loading->parsing : &config->pool;
        struct making making = {
            .loading = loading,
            .section = at,
            .known = catalogue_find(at->symbol, pool),
        };
        if (make(&making)) config->entries[config->entry_count++] = making.entry;
        pool_reset(&loading->parsing);
    }
}
