/* memoize check, for programs. */
#include "check.h"

#include "json.h"
#include "words.h"

#include "config/catalogue.h"

static void write_origin(const char *key, const struct origin *origin)
{
    static const char *const kinds[] = {
        [ORIGIN_DEFAULT] = "default",         [ORIGIN_CATALOGUE] = "catalogue",
        [ORIGIN_DEFAULTS_SECTION] = "[*]",    [ORIGIN_SECTION] = "section",
        [ORIGIN_ENVIRONMENT] = "environment", [ORIGIN_COMMAND] = "command",
    };

    json_object(key);
    json_text("kind", kinds[origin->kind]);
    if (origin->kind == ORIGIN_SECTION || origin->kind == ORIGIN_DEFAULTS_SECTION) {
        json_text("file", origin->place.file);
        json_number("line", origin->place.line);
    }
    json_end();
}

static void write_options(struct pool *pool, const char *key, const struct option *table,
                          size_t count, const void *options, const struct origin *origins)
{
    json_object(key);
    for (size_t i = 0; i < count; i++) {
        json_object(table[i].name);
        json_text("value", words_value(pool, &table[i], options));
        write_origin("origin", &origins[i]);
        json_end();
    }
    json_end();
}

static void write_parameter(struct pool *pool, const struct signature *signature, unsigned i)
{
    static const char *const passings[] = {
        [PASS_VALUE] = "value", [PASS_HANDLE] = "handle", [PASS_STRING] = "string",
        [PASS_ARRAY] = "array", [PASS_TEXT] = "text",     [PASS_GIFT] = "malloc",
    };
    static const char *const directions[] = {
        [DIRECTION_IN] = "in",
        [DIRECTION_OUT] = "out",
        [DIRECTION_INOUT] = "inout",
        [DIRECTION_SCRATCH] = "scratch",
    };
    const struct parameter *parameter = &signature->parameters[i];
    const struct extent *extent = &parameter->extent;

    json_object(NULL);
    json_text("name", words_parameter_name(pool, signature, i));
    json_text("means", words_parameter(pool, signature, i));
    json_text("type", words_type(pool, &parameter->type));
    json_text("passing", passings[parameter->passing]);
    json_text("direction", directions[parameter->direction]);
    if (extent->parameter >= 0)
        json_text("extent", words_parameter_name(pool, signature, (unsigned)extent->parameter));
    else
        json_number("extent", (int64_t)extent->literal);
    json_end();
}

static void write_signature(struct pool *pool, const struct signature *signature)
{
    json_array("parameters");
    for (unsigned i = 0; i < signature->parameter_count; i++)
        write_parameter(pool, signature, i);
    json_end();
    json_text("result", words_result(pool, signature));
    json_text("result_type", words_result_type(pool, signature));
}

static void write_verdict(const struct verdict *verdict)
{
    json_text("verdict", verdict->text);
    json_boolean("cached", verdict->cached);
    json_array("imports");
    for (size_t i = 0; i < verdict->import_count; i++) {
        const struct import *import = &verdict->imports[i];
        json_object(NULL);
        json_text("object", import->object->path);
        json_boolean("call", import->reference.kinds & REFERENCE_CALL);
        json_boolean("address", import->reference.kinds & REFERENCE_ADDRESS);
        json_boolean("data", import->reference.kinds & REFERENCE_DATA);
        json_text("provider", import->provider ? import->provider->path : NULL);
        json_text("version", import->provider ? import->definition.version : NULL);
        json_boolean("ifunc", import->provider && import->definition.indirect);
        json_end();
    }
    json_end();
}

static void write_findings(const struct loaded *loaded, const char *key, enum severity severity)
{
    json_array(key);
    for (const struct finding *finding = loaded->findings; finding; finding = finding->next) {
        if (finding->severity != severity) continue;
        json_object(NULL);
        json_text("file", finding->place.file);
        json_number("line", finding->place.line);
        json_number("column", finding->place.column);
        json_text("text", finding->text);
        json_end();
    }
    json_end();
}

static void write_program(const struct check *check)
{
    const struct program *program = &check->program;

    json_object("program");
    json_text("path", program->path);
    json_text("script", *program->script ? program->script : NULL);
    json_text("obstacle", program->obstacle == OBSTACLE_NONE ? NULL : program->reason);
    json_array("objects");
    for (size_t i = 0; i < check->objects.count; i++)
        json_text(NULL, check->objects.files[i].path);
    json_end();
    json_end();
}

void check_print_json(struct check *check)
{
    struct pool *pool = &check->settings.pool;
    const struct config *config = &check->loaded.config;

    json_object(NULL);
    json_text("file", config->file);
    write_findings(&check->loaded, "errors", SEVERITY_ERROR);
    write_findings(&check->loaded, "warnings", SEVERITY_WARNING);
    if (check->name) write_program(check);
    write_options(pool, "process", process_option_table, PROCESS_OPTION_COUNT, &config->process,
                  config->process_origins);
    json_array("sections");
    for (size_t i = 0; i < config->entry_count; i++) {
        const struct entry *entry = &config->entries[i];
        json_object(NULL);
        json_text("symbol", entry->symbol);
        if (check->verdicts) write_verdict(&check->verdicts[i]);
        if (entry->signature) write_signature(pool, entry->signature);
        write_options(pool, "options", section_option_table, SECTION_OPTION_COUNT, &entry->options,
                      entry->origins);
        json_end();
    }
    json_end();
    json_end();
}

static void write_table(const char *key, const struct option *table, size_t count)
{
    json_array(key);
    for (size_t i = 0; i < count; i++) {
        json_object(NULL);
        json_text("name", table[i].name);
        json_text("default", table[i].initial);
        json_text("environment", table[i].environment);
        json_text("words", table[i].words);
        json_text("help", table[i].help);
        json_end();
    }
    json_end();
}

void check_print_options_json(void)
{
    json_object(NULL);
    write_table("process", process_option_table, PROCESS_OPTION_COUNT);
    write_table("section", section_option_table, SECTION_OPTION_COUNT);
    json_end();
}

void check_print_catalogue_json(struct pool *pool)
{
    const struct option *worth = &section_option_table[OPTION_WORTH];

    json_array(NULL);
    for (size_t i = 0; i < catalogue_entry_count; i++) {
        const struct catalogue_entry *entry = catalogue_entry(i, pool);
        if (!entry) continue;
        json_object(NULL);
        json_text("symbol", entry->symbol);
        json_text("file", entry->file);
        json_text("prototype", entry->prototype);
        json_text("worth", words_value(pool, worth, &entry->options));
        json_end();
    }
    json_end();
}
