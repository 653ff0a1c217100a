#include "settings.h"

#include "output.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *settings_absolute(struct settings *settings, const char *path)
{
    char directory[PATH_MAX];

    if (*path == '/' || !getcwd(directory, sizeof(directory))) return path;
    return output_format(&settings->pool, "%s/%s", strcmp(directory, "/") == 0 ? "" : directory,
                         path);
}

bool settings_symbol(struct settings *settings, const char *symbol)
{
    size_t name = strcspn(symbol, "=");

    if (name == 0 || strpbrk(symbol, " \t\n") || (symbol[name] && !symbol[name + 1])) {
        output_error("-s '%s': write a function's name, or NAME=SIZE", symbol);
        return false;
    }
    const char *before = settings->symbols ? settings->symbols : getenv("MEMO_SYMBOLS");
    settings->symbols = before && *before ? output_format(&settings->pool, "%s %s", before, symbol)
                                          : output_format(&settings->pool, "%s", symbol);
    return true;
}

static void add_finding(struct loaded *loaded, enum severity severity, struct place place,
                        const char *text)
{
    struct finding *finding = pool_alloc(loaded->pool, sizeof(*finding));

    if (!finding) return;
    *finding = (struct finding){
        .severity = severity, .place = place, .text = output_format(loaded->pool, "%s", text)};
    *loaded->last = finding;
    loaded->last = &finding->next;
}

static void collect(struct diagnostics *self, enum severity severity, struct place place,
                    const char *text)
{
    add_finding((struct loaded *)self, severity, place, text);
}

void settings_load(struct settings *settings, struct loaded *loaded, const char *program)
{
    extern char **environ;

    if (settings->symbols) setenv("MEMO_SYMBOLS", settings->symbols, 1);
    *loaded = (struct loaded){.diagnostics.report = collect, .pool = &settings->pool};
    loaded->last = &loaded->findings;
    struct config_request request = {
        .program = program, .environment = environ, .file = settings->file, .choice = true};
    config_load(&loaded->config, &request, &loaded->diagnostics);
}

void settings_warn(struct loaded *loaded, struct place place, const char *text)
{
    add_finding(loaded, SEVERITY_WARNING, place, text);
    loaded->diagnostics.warnings++;
}

void settings_print_findings(const struct loaded *loaded)
{
    fflush(stdout);
    for (const struct finding *finding = loaded->findings; finding; finding = finding->next) {
        const char *kind = finding->severity == SEVERITY_ERROR ? "error" : "warning";
        if (!finding->place.file) {
            fprintf(stderr, "memoize: %s: %s\n", kind, finding->text);
        } else if (finding->place.line == 0) {
            fprintf(stderr, "%s: %s: %s\n", finding->place.file, kind, finding->text);
        } else {
            fprintf(stderr, "%s:%d:%d: %s: %s\n", finding->place.file, finding->place.line,
                    finding->place.column, kind, finding->text);
        }
    }
}
