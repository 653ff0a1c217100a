/* A verb's options, by getopt_long(3); apart from the rest because <getopt.h> and config/ both
 * have a `struct option`. */
#ifndef MEMO_ARGUMENTS_H
#define MEMO_ARGUMENTS_H

#include <stdbool.h>

enum takes { TAKES_NOTHING, TAKES_VALUE, TAKES_OPTIONAL };

struct argument {
    const char *name; /* --name; NULL ends a table */
    int code;         /* a letter (then -x is the same) or a number from 256 up */
    enum takes takes;
};

#define ARGUMENTS_END   (-1)
#define ARGUMENTS_WRONG '?' /* what is wrong has been said on stderr */

struct arguments {
    const char *value; /* of the option just returned, or NULL */
    int rest;          /* at ARGUMENTS_END: index of the first operand */
};

/* The next option's code. With `in_order` the first operand ends the options, otherwise operands
 * and options may be mixed. argv[0] starts what is printed. */
int arguments_next(struct arguments *arguments, int argc, char **argv, const struct argument *table,
                   bool in_order);

#endif
