/* What `memoize check` found out; told as text or as JSON. */
#ifndef MEMO_CHECK_REPORT_H
#define MEMO_CHECK_REPORT_H

#include "program.h"
#include "settings.h"
#include "verdict.h"

struct check {
    struct settings settings;
    struct loaded loaded;
    const char *name;       /* the program as given, or NULL */
    struct program program; /* and what is known of it */
    struct objects objects;
    struct verdict *verdicts; /* one per config.entries[], where a program is given */
};

void check_print_text(struct check *check);
void check_print_json(struct check *check);

/* The option tables and the catalogue themselves, without any config. */
void check_print_options_text(struct pool *pool);
void check_print_options_json(void);
void check_print_catalogue_text(struct pool *pool);
void check_print_catalogue_json(struct pool *pool);

#endif
