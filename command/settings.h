/* What -c and -s ask for, shared by the verbs; and the config that follows from it. */
#ifndef MEMO_SETTINGS_H
#define MEMO_SETTINGS_H

#include "config/config.h"

#include <stdbool.h>

struct settings {
    struct pool pool;
    const char *file;    /* -c; NULL: search */
    const char *symbols; /* the -s, in the form of MEMO_SYMBOLS; NULL: none */
};

/* -s NAME[=SIZE], after what MEMO_SYMBOLS has already. Says what is wrong with it and returns
 * false if it can't be one. */
bool settings_symbol(struct settings *settings, const char *symbol);

/* `path` from the root, in the pool. */
const char *settings_absolute(struct settings *settings, const char *path);

/* One message of config_load(). */
struct finding {
    struct finding *next;
    enum severity severity;
    struct place place;
    const char *text;
};

struct loaded {
    struct diagnostics diagnostics; /* first: report() finds the rest by it */
    struct pool *pool;
    struct finding *findings, **last;
    struct config config;
};

/* Reads the config as libmemo.so will in a program of that file name. */
void settings_load(struct settings *settings, struct loaded *loaded, const char *program);

/* Adds to the findings, in the place of config_load(). */
void settings_warn(struct loaded *loaded, struct place place, const char *text);

/* Prints the findings to stderr, one line each: FILE:LINE:COLUMN: error: TEXT */
void settings_print_findings(const struct loaded *loaded);

#endif
