#include "arguments.h"

#include <getopt.h>
#include <stdio.h>

#define MOST_OPTIONS 16

int arguments_next(struct arguments *arguments, int argc, char **argv, const struct argument *table,
                   bool in_order)
{
    struct option options[MOST_OPTIONS + 1] = {0};
    char letters[2 * MOST_OPTIONS + 2], *letter = letters;

    if (in_order) *letter++ = '+';
    for (int i = 0; table[i].name && i < MOST_OPTIONS; i++) {
        static const int takes[] = {no_argument, required_argument, optional_argument};
        options[i].name = table[i].name;
        options[i].has_arg = takes[table[i].takes];
        options[i].val = table[i].code;
        if (table[i].code >= 256) continue;
        *letter++ = (char)table[i].code;
        if (table[i].takes == TAKES_VALUE) *letter++ = ':';
    }
    *letter = '\0';
    int code = getopt_long(argc, argv, letters, options, NULL);
    arguments->value = optarg;
    arguments->rest = optind;
    if (code == ARGUMENTS_WRONG) fprintf(stderr, "Try '%s --help'.\n", argv[0]);
    return code;
}
