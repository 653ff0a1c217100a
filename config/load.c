#include "config.h"

#include "entry.h"
#include "mangle.h"
#include "text.h"

#include <errno.h>

/* A value in [*] is checked once, not for every section it goes to; a bad one is taken out. */
static void check_defaults(struct loading *loading)
{
    struct section_options unused;
    struct section *defaults = loading->document.defaults;
    for (struct pair **at = defaults ? &defaults->pairs : NULL; at && *at;) {
        struct pair *pair = *at;
        const char *text = entry_one_line(loading->scratch, pair->value.text);
        bool good = option_set(&section_option_table[pair->option], &unused, text, loading->scratch,
                               pair->value.place, loading->diagnostics);
        if (good)
            at = &pair->next;
        else
            *at = pair->next;
    }
}

/* What the environment has decided already is checked all the same. */
static void load_process_section(struct loading *loading)
{
    struct config *config = loading->config;
    const struct section *section = loading->document.process;
    for (const struct pair *pair = section ? section->pairs : NULL; pair; pair = pair->next) {
        const struct option *option = &process_option_table[pair->option];
        struct origin *origin = &config->process_origins[pair->option];
        struct process_options set = config->process;
        const char *text = entry_one_line(loading->scratch, pair->value.text);
        if (!option_set(option, &set, text, &config->pool, pair->value.place, loading->diagnostics))
            continue;
        if (origin->kind == ORIGIN_ENVIRONMENT) continue;
        option_copy(option, &config->process, &set);
        *origin = (struct origin){ORIGIN_SECTION, pair->value.place};
    }
}

static void load_process_environment(struct loading *loading, char *const *environment)
{
    struct config *config = loading->config;
    const struct place nowhere = {NULL, 0, 0};
    for (size_t i = 0; i < PROCESS_OPTION_COUNT; i++) {
        const struct option *option = &process_option_table[i];
        const char *text =
            option->environment ? search_environment(environment, option->environment) : NULL;
        if (text && option_set(option, &config->process, text, &config->pool, nowhere,
                               loading->diagnostics))
            config->process_origins[i] = (struct origin){ORIGIN_ENVIRONMENT, nowhere};
    }
}

/* The section of a name in MEMO_SYMBOLS, which may be of C++; a new one if there is none. */
static struct section *section_of_request(struct loading *loading, const char *name)
{
    struct document *document = &loading->document;
    struct source source = {name, {"MEMO_SYMBOLS", 0, 0}};
    const char *symbol = name;
    if (mangle_is_wanted(name)) symbol = mangle(&source, loading->scratch, loading->diagnostics);
    if (!symbol) return NULL;
    size_t length = strlen(symbol);
    struct section *section = names_find(&document->names, symbol, length);
    bool found = section;
    if (found && section != document->defaults && section != document->process) return section;
    section = pool_alloc(loading->scratch, sizeof *section);
    if (!section) return NULL;
    *section = (struct section){.name = source, .symbol = symbol};
    document_append(document, section);
    return found || names_add(&document->names, symbol, length, section) ? section : NULL;
}

/* NAME or NAME=MAXSIZE of MEMO_SYMBOLS: marks its section. */
static void request_symbol(struct loading *loading, const char *text, size_t length)
{
    const char *equals = memchr(text, '=', length);
    size_t name = equals ? (size_t)(equals - text) : length;
    const char *maxsize = equals ? equals + 1 : text + length;
    const char *copy = pool_strndup(loading->scratch, text, name);
    struct section *section = copy ? section_of_request(loading, copy) : NULL;
    if (section)
        section->requested =
            pool_strndup(loading->scratch, maxsize, (size_t)(text + length - maxsize));
}

static void load_requests(struct loading *loading, char *const *environment)
{
    const char *at = search_environment(environment, "MEMO_SYMBOLS");
    while (at && *at) {
        size_t length = strcspn(at, " \t\n");
        if (length > 0) request_symbol(loading, at, length);
        at += length + (at[length] != '\0');
    }
}

/* A section for each that the catalogue would take, as if a file named them. */
static void append_choice(struct loading *loading)
{
    for (size_t i = 0; i < catalogue_choice_count; i++) {
        struct section *section = pool_alloc(loading->scratch, sizeof *section);
        const char *symbol = catalogue_choice_symbol(i);
        if (!section) return;
        *section =
            (struct section){.name = {symbol, {NULL, 0, 0}}, .symbol = symbol, .chosen = true};
        document_append(&loading->document, section);
    }
}

static void load_records(struct loading *loading)
{
    struct source tag;
    bool is_union;
    const struct section *at = loading->document.records;
    records_open(&loading->records, &loading->config->pool, loading->scratch, loading->diagnostics);
    for (; at && section_is_record(at, &is_union, &tag); at = at->next) {
        const struct source *fields = section_value(at, OPTION_FIELDS), none = {0};
        if (!fields && !at->broken)
            diagnose(loading->diagnostics, SEVERITY_ERROR, at->name.place,
                     "[%.100s] has no 'fields = ...'", at->name.text);
        records_define(&loading->records, is_union, &tag, fields && !at->broken ? fields : &none);
    }
    records_understand(&loading->records);
}

static void load_all(struct loading *loading, const struct config_request *request)
{
    struct config *config = loading->config;
    struct found_file file =
        search_config(request, &config->pool, loading->scratch, loading->diagnostics);
    document_open(&loading->document, loading->scratch);
    config->file = file.path;
    if (file.text) document_read(&loading->document, &file, loading->scratch, loading->diagnostics);
    load_requests(loading, request->environment);
    config->choice = !file.path && !search_environment(request->environment, "MEMO_SYMBOLS");
    if (config->choice && request->choice) append_choice(loading);
    load_process_section(loading);
    check_defaults(loading);
    load_records(loading);
    options_initialize(section_option_table, SECTION_OPTION_COUNT, &loading->initial);
    for (const struct section *at = loading->document.symbols; at; at = at->next)
        loading->whole += !at->broken;
    loading->lazy = loading->running && loading->whole > CONFIG_FEW;
    entries_make(loading);
}

static struct loading *loading_open(struct config *config, bool running,
                                    struct diagnostics *diagnostics)
{
    struct loading *loading = pool_alloc(&config->pool, sizeof *loading);
    if (!loading) return NULL;
    loading->config = config;
    loading->diagnostics = diagnostics;
    loading->running = running;
    loading->scratch = running ? &config->pool : &loading->passing;
    return loading;
}

void config_load(struct config *config, const struct config_request *request,
                 struct diagnostics *diagnostics)
{
    int error = errno;
    *config = (struct config){0};
    struct loading *loading = loading_open(config, request->running, diagnostics);
    options_initialize(process_option_table, PROCESS_OPTION_COUNT, &config->process);
    if (loading) load_process_environment(loading, request->environment);
    if (loading && !config->process.disable) load_all(loading, request);
    if (config->pool.exhausted ||
        (loading && (loading->scratch->exhausted || loading->parsing.exhausted)))
        diagnose(diagnostics, SEVERITY_WARNING, (struct place){config->file, 0, 0},
                 "no memory for the whole config: the rest of it is left out");
    if (loading) {
        pool_release(&loading->passing);
        pool_release(&loading->parsing);
    }
    if (request->running || config->choice) config->loading = loading;
    errno = error;
}
