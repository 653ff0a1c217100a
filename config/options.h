/* Every option of the config language, declared once: the table in options.c is what the parser,
 * the environment, --help, memo.conf, the man page and the test that they agree all read. */
#ifndef MEMO_OPTIONS_H
#define MEMO_OPTIONS_H

#include "diagnostic.h"
#include "pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAXSIZE_UNLIMITED UINT64_MAX

enum errors_policy { ERRORS_SKIP, ERRORS_KEEP };

/* When a section refuses to cache although asked to. `force = yes` overrides it: whoever acts on
 * a condition looks at `force` first, the loader keeps both as they were written. */
enum condition {
    CONDITION_NONE,
    CONDITION_UNCHANGED,  /* only until an env: or file: dependency first changes (localtime_r) */
    CONDITION_FIXED_ZONE, /* only while the time zone has no transitions (mktime) */
    CONDITION_NO_EPOCH,   /* the same, for calls whose text holds a %s conversion (strftime) */
};

/* The catalogue's word on an entry: for `memoize check`, and for a process without a config, which
 * takes what is WORTH_MAYBE. What a config names is cached whatever it says. */
enum worth {
    WORTH_MAYBE, /* measuring decides */
    WORTH_NEVER, /* a call costs no more than a look-up */
    WORTH_NAMED, /* for those who name it alone: answers may be late, or arguments secret */
};

/* Who decides how a slot caches: the cost rule, or the config: all of it, or the front alone. */
enum adaptive { ADAPTIVE_OFF, ADAPTIVE_ON, ADAPTIVE_FRONT };

enum log_level { LOG_NONE, LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* Order is that of section_option_table[]. */
enum section_option {
    OPTION_PROTOTYPE,
    OPTION_LIBRARY,
    OPTION_MAXSIZE,
    OPTION_TTL,
    OPTION_DEPENDS,
    OPTION_RETURNS,
    OPTION_WRITES,
    OPTION_ERRORS,
    OPTION_ADAPTIVE,
    OPTION_VERIFY,
    OPTION_CONDITION,
    OPTION_WORTH,
    OPTION_FORCE,
    OPTION_ENABLED,
    SECTION_OPTION_COUNT
};

/* Texts are NULL where the option's word for nothing (`any`, `none`) stands. */
struct section_options {
    const char *prototype; /* on one line */
    const char *library;   /* glob on the provider's file name; NULL: any */
    uint64_t maxsize;
    uint64_t ttl_ns;     /* 0: none */
    const char *depends; /* text; parsed into entry.dependencies */
    const char *returns; /* text; parsed into the signature */
    const char *writes;  /* the same */
    enum errors_policy errors;
    uint32_t verify_ppm; /* share of hits that are verified, in parts per million */
    enum adaptive adaptive;
    bool force, enabled;
    enum condition condition;
    enum worth worth;
};

enum process_option {
    OPTION_MAXMEMORY,
    OPTION_STATS,
    OPTION_LOG,
    OPTION_VERIFY_ALL,
    OPTION_DISABLE,
    PROCESS_OPTION_COUNT
};

struct process_options {
    uint64_t maxmemory; /* bytes */
    const char *stats;  /* NULL: no report; "stderr", or a path with %p and %n */
    enum log_level log;
    bool verify; /* every hit of every symbol */
    bool disable;
};

/* Of a section that defines a struct or union. */
enum record_option { OPTION_FIELDS, RECORD_OPTION_COUNT };

struct record_options {
    const char *fields;
};

enum origin_kind {
    ORIGIN_DEFAULT,
    ORIGIN_CATALOGUE,
    ORIGIN_DEFAULTS_SECTION,
    ORIGIN_SECTION,
    ORIGIN_ENVIRONMENT,
    ORIGIN_COMMAND /* MEMO_SYMBOLS, which is `memoize run -s` */
};

struct origin {
    enum origin_kind kind;
    struct place place; /* of the value, for the two sections */
};

enum value_type {
    VALUE_TEXT,
    VALUE_COUNT,
    VALUE_BYTES,
    VALUE_DURATION,
    VALUE_SHARE, /* 0 to 1, kept as uint32_t in parts per million */
    VALUE_BOOLEAN,
    VALUE_WORD
};

struct option {
    const char *name;
    const char *environment; /* "MEMO_LOG", or NULL */
    enum value_type type;
    const char *initial; /* default, as it would be written; "" where there is none to write */
    /* VALUE_WORD: "skip keep", in the enum's order. Of the other types: the one word that may
     * stand for nothing (NULL, 0) or, of a count, for MAXSIZE_UNLIMITED; NULL if there is none. */
    const char *words;
    uint64_t minimum, maximum; /* of the parsed number */
    size_t offset;             /* of the field in section_options, process_options, ... */
    const char *help;          /* one line, for --help, memo.conf and the man page */
};

extern const struct option section_option_table[SECTION_OPTION_COUNT];
extern const struct option process_option_table[PROCESS_OPTION_COUNT];
extern const struct option record_option_table[RECORD_OPTION_COUNT];

/* Parses `text` as `option` says and writes the field at options + option->offset; a text is
 * copied to `pool`. On a bad value reports at `place` what may be written instead, leaves the
 * field alone and returns false; so too, silently, when the pool has no memory. In the report the
 * option goes by its name, or by that of its variable where place.file is NULL. */
bool option_set(const struct option *option, void *options, const char *text, struct pool *pool,
                struct place place, struct diagnostics *diagnostics);

/* Copies one option's field from `from` to `to`; texts are shared. */
void option_copy(const struct option *option, void *to, const void *from);

/* Writes every initial value. `options` is a section_options or process_options as `table` says;
 * nothing is allocated. */
void options_initialize(const struct option *table, size_t count, void *options);

#endif
