/* Reads C++ names, one a line, and prints the symbol of each, or the message that refuses it. */
#include "config/mangle.h"

#include <stdio.h>
#include <string.h>

static void report(struct diagnostics *self, enum severity severity, struct place place,
                   const char *text)
{
    (void)self;
    (void)severity;
    (void)place;
    puts(text);
}

int main(void)
{
    char line[4096];
    struct pool pool = {0};
    struct diagnostics diagnostics = {.report = report};
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        const struct source name = {line, {NULL, 0, 0}};
        const char *symbol = mangle(&name, &pool, &diagnostics);
        if (symbol) puts(symbol);
    }
    pool_release(&pool);
    return 0;
}
