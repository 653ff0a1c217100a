#include "options.h"

#include "text.h"
#include "value.h"

#define SECTION(field) offsetof(struct section_options, field)
#define PROCESS(field) offsetof(struct process_options, field)

const struct option section_option_table[SECTION_OPTION_COUNT] = {
    [OPTION_PROTOTYPE] = {.name = "prototype",
                          .type = VALUE_TEXT,
                          .initial = "",
                          .offset = SECTION(prototype),
                          .help = "the C declaration; symbols of the catalogue have one"},
    [OPTION_LIBRARY] = {.name = "library",
                        .type = VALUE_TEXT,
                        .initial = "any",
                        .words = "any",
                        .offset = SECTION(library),
                        .help = "glob on the file name of the object that must define the symbol"},
    [OPTION_MAXSIZE] = {.name = "maxsize",
                        .type = VALUE_COUNT,
                        .initial = "4096",
                        .words = "unlimited",
                        .maximum = (uint64_t)1 << 40,
                        .offset = SECTION(maxsize),
                        .help = "entries kept, or unlimited; 0 counts calls and caches nothing"},
    [OPTION_TTL] = {.name = "ttl",
                    .type = VALUE_DURATION,
                    .initial = "none",
                    .words = "none",
                    .minimum = 1,
                    .maximum = INT64_MAX,
                    .offset = SECTION(ttl_ns),
                    .help = "age after which an entry is not served: 500ms, 10s, 5m, 1h, 1d"},
    [OPTION_DEPENDS] = {.name = "depends",
                        .type = VALUE_TEXT,
                        .initial = "none",
                        .words = "none",
                        .offset = SECTION(depends),
                        .help = "what else decides the result: env:NAME, file:PATH, locale, "
                                "call:SYMBOL; a change clears the cache"},
    [OPTION_RETURNS] = {.name = "returns",
                        .type = VALUE_TEXT,
                        .initial = "value",
                        .offset = SECTION(returns),
                        .help = "how to take the result: value, pointer, static, malloc, or the "
                                "parameter that is returned"},
    [OPTION_WRITES] = {.name = "writes",
                       .type = VALUE_TEXT,
                       .initial = "none",
                       .words = "none",
                       .offset = SECTION(writes),
                       .help = "globals that every call sets, as int signgam, char *tzname[2]"},
    [OPTION_ERRORS] = {.name = "errors",
                       .type = VALUE_WORD,
                       .initial = "skip",
                       .words = "skip keep",
                       .offset = SECTION(errors),
                       .help = "calls that set errno, other than to EDOM or ERANGE: skip or keep"},
    [OPTION_ADAPTIVE] = {.name = "adaptive",
                         .type = VALUE_WORD,
                         .initial = "on",
                         .words = "off on front",
                         .offset = SECTION(adaptive),
                         .help = "on lets go of the symbol while caching it does not pay; off "
                                 "always caches, front without a table"},
    [OPTION_VERIFY] = {.name = "verify",
                       .type = VALUE_SHARE,
                       .initial = "0",
                       .offset = SECTION(verify_ppm),
                       .help = "share of hits that also call the original and compare, 0 to 1"},
    [OPTION_CONDITION] = {.name = "condition",
                          .type = VALUE_WORD,
                          .initial = "none",
                          .words = "none unchanged fixed-zone no-epoch",
                          .offset = SECTION(condition),
                          .help = "cache only until a dependency first changes (unchanged), in "
                                  "time zones without transitions (fixed-zone), or the "
                                  "same for formats with %s alone (no-epoch)"},
    [OPTION_WORTH] = {.name = "worth",
                      .type = VALUE_WORD,
                      .initial = "maybe",
                      .words = "maybe never named",
                      .offset = SECTION(worth),
                      .help = "whether a look-up can pay: maybe, never (a call costs no more), or "
                              "for those who name the function alone (named)"},
    [OPTION_FORCE] = {.name = "force",
                      .type = VALUE_BOOLEAN,
                      .initial = "no",
                      .offset = SECTION(force),
                      .help = "cache what the list of impure functions or a condition refuses"},
    [OPTION_ENABLED] = {.name = "enabled",
                        .type = VALUE_BOOLEAN,
                        .initial = "yes",
                        .offset = SECTION(enabled),
                        .help = "no leaves the symbol alone"},
};

const struct option process_option_table[PROCESS_OPTION_COUNT] = {
    [OPTION_MAXMEMORY] = {.name = "maxmemory",
                          .type = VALUE_BYTES,
                          .initial = "64M",
                          .minimum = 64 << 10,
                          .maximum = (uint64_t)1 << 46,
                          .offset = PROCESS(maxmemory),
                          .help = "bytes for all symbols together, with k, M or G"},
    [OPTION_STATS] = {.name = "stats",
                      .environment = "MEMO_STATS",
                      .type = VALUE_TEXT,
                      .initial = "none",
                      .words = "none",
                      .offset = PROCESS(stats),
                      .help = "report at exit: stderr, or a path (%p process id, %n program; "
                              ".json at its end gives JSON)"},
    [OPTION_LOG] = {.name = "log",
                    .environment = "MEMO_LOG",
                    .type = VALUE_WORD,
                    .initial = "warning",
                    .words = "none error warning info debug",
                    .offset = PROCESS(log),
                    .help = "messages on stderr: none, error, warning, info, debug"},
    [OPTION_VERIFY_ALL] = {.name = "verify",
                           .environment = "MEMO_VERIFY",
                           .type = VALUE_BOOLEAN,
                           .initial = "no",
                           .offset = PROCESS(verify),
                           .help = "yes also calls the original at every hit, and compares"},
    [OPTION_DISABLE] = {.name = "disable",
                        .environment = "MEMO_DISABLE",
                        .type = VALUE_BOOLEAN,
                        .initial = "no",
                        .offset = PROCESS(disable),
                        .help = "yes does nothing at all"},
};

const struct option record_option_table[RECORD_OPTION_COUNT] = {
    [OPTION_FIELDS] = {.name = "fields",
                       .type = VALUE_TEXT,
                       .initial = "",
                       .offset = offsetof(struct record_options, fields),
                       .help = "all fields in order, as int a, double b[3], const char *s, "
                               "strings list, struct other o, handle p"},
};

/* A parsed value before it is written; which member counts is the option's type. */
union value {
    const char *text;
    uint64_t number;
    uint32_t share;
    unsigned word;
    bool truth;
};

_Static_assert(sizeof(enum log_level) == sizeof(unsigned), "words are stored as unsigned");

static size_t value_size(enum value_type type)
{
    switch (type) {
    case VALUE_TEXT:
        return sizeof(const char *);
    case VALUE_BOOLEAN:
        return sizeof(bool);
    case VALUE_WORD:
        return sizeof(unsigned);
    case VALUE_SHARE:
        return sizeof(uint32_t);
    default:
        return sizeof(uint64_t);
    }
}

static bool value_parse(const struct option *option, const char *text, union value *value)
{
    bool good = false;
    if (option->type != VALUE_WORD && option->words && strcmp(text, option->words) == 0) {
        *value = (union value){0};
        if (option->type == VALUE_COUNT) value->number = MAXSIZE_UNLIMITED;
        return true;
    }
    switch (option->type) {
    case VALUE_TEXT:
        value->text = text;
        return true;
    case VALUE_WORD:
        return value_word(text, option->words, &value->word);
    case VALUE_BOOLEAN:
        return value_boolean(text, &value->truth);
    case VALUE_SHARE:
        return value_share(text, &value->share);
    case VALUE_COUNT:
        good = value_count(text, &value->number);
        break;
    case VALUE_BYTES:
        good = value_bytes(text, &value->number);
        break;
    case VALUE_DURATION:
        good = value_duration(text, &value->number);
        break;
    }
    return good && value->number >= option->minimum && value->number <= option->maximum;
}

/* What may be written, for a message. */
static const char *value_advice(const struct option *option)
{
    switch (option->type) {
    case VALUE_COUNT:
        return "write a number from 0 up, as 4096, or unlimited";
    case VALUE_BYTES:
        return "write bytes with k, M or G, from 64k up, as 64M";
    case VALUE_DURATION:
        return "write a number and us, ms, s, m, h or d, as 500ms, or none";
    case VALUE_SHARE:
        return "write a share from 0 to 1 with at most six decimals, as 0.01";
    case VALUE_BOOLEAN:
        return "write yes or no";
    default:
        return "write one of:";
    }
}

bool option_set(const struct option *option, void *options, const char *text, struct pool *pool,
                struct place place, struct diagnostics *diagnostics)
{
    union value value;
    if (!value_parse(option, text, &value)) {
        const char *name = place.file || !option->environment ? option->name : option->environment;
        const char *words = option->type == VALUE_WORD ? option->words : "";
        diagnose(diagnostics, SEVERITY_ERROR, place, "%s = %.100s: %s%s%s", name, text,
                 value_advice(option), *words ? " " : "", words);
        return false;
    }
    if (option->type == VALUE_TEXT && value.text) {
        value.text = pool_strndup(pool, text, strlen(text));
        if (!value.text) return false;
    }
    memcpy((char *)options + option->offset, &value, value_size(option->type));
    return true;
}

void option_copy(const struct option *option, void *to, const void *from)
{
    memcpy((char *)to + option->offset, (const char *)from + option->offset,
           value_size(option->type));
}

void options_initialize(const struct option *table, size_t count, void *options)
{
    for (size_t i = 0; i < count; i++) {
        union value value = {0};
        if (*table[i].initial) value_parse(&table[i], table[i].initial, &value);
        memcpy((char *)options + table[i].offset, &value, value_size(table[i].type));
    }
}
