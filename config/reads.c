#include "reads.h"

#include "record.h"
#include "text.h"

/* A list on its way to a record. */
struct reading {
    struct meaning *meaning;
    const struct record *whole;
    bool *wanted; /* one per field of `whole` */
    uint32_t count;
};

static bool fail(struct meaning *meaning, struct place place, const char *text)
{
    diagnose(meaning->diagnostics, SEVERITY_ERROR, place, "%s", text);
    return false;
}

static bool refuse_field(struct reading *reading, const struct token *name)
{
    const struct record *whole = reading->whole;
    struct suggestion suggestion = suggest_for(name->text, name->length);
    struct suggest_text room;
    for (uint32_t i = 0; i < whole->field_count; i++)
        suggest_offer(&suggestion, whole->fields[i].name, strlen(whole->fields[i].name));
    diagnose(reading->meaning->diagnostics, SEVERITY_ERROR, name->place,
             "struct %.60s has no field '%.*s'%s", whole->name,
             name->length < 40 ? (int)name->length : 40, name->text,
             suggest_phrase(&suggestion, &room));
    return false;
}

static bool want_field(struct reading *reading, const struct token *name)
{
    const struct record *whole = reading->whole;
    for (uint32_t i = 0; i < whole->field_count; i++) {
        if (!text_is(name->text, name->length, whole->fields[i].name)) continue;
        if (reading->wanted[i])
            return fail(reading->meaning, name->place, "this field is there twice");
        reading->wanted[i] = true;
        reading->count++;
        return true;
    }
    return refuse_field(reading, name);
}

/* From past the '{' to the '}'. */
static bool read_list(struct reading *reading, struct lexer *lexer)
{
    for (;;) {
        if (lexer->token.kind != TOKEN_WORD)
            return fail(reading->meaning, lexer->token.place,
                        "write the names of the fields that the function reads, or of an output "
                        "writes, as '{a, b}'");
        if (!want_field(reading, &lexer->token)) return false;
        lexer_next(lexer);
        if (lexer->token.kind == '}') return true;
        if (lexer->token.kind != ',')
            return fail(reading->meaning, lexer->token.place, "write ',' or '}' here");
        lexer_next(lexer);
    }
}

/* The record with the wanted fields alone, in their places. */
static const struct record *select_fields(const struct reading *reading)
{
    const struct record *whole = reading->whole;
    struct pool *pool = reading->meaning->pool;
    struct record *record = pool_alloc(pool, sizeof *record);
    struct field *fields = pool_alloc(pool, reading->count * sizeof *fields);
    if (!record || !fields) return NULL;
    *record = *whole;
    record->fields = fields;
    record->field_count = 0;
    for (uint32_t i = 0; i < whole->field_count; i++)
        if (reading->wanted[i]) fields[record->field_count++] = whole->fields[i];
    return record;
}

bool reads_understand(struct meaning *meaning, const struct declarator *declarator,
                      struct parameter *parameter)
{
    struct reading reading = {.meaning = meaning, .whole = parameter->type.record};
    struct lexer lexer;
    struct place place = declarator->reads.place;
    bool passed = parameter->passing == PASS_VALUE || parameter->passing == PASS_ARRAY;
    if (!passed || parameter->type.kind != TYPE_RECORD)
        return fail(meaning, place, "only of a struct can the fields that count be named");
    if (reading.whole->is_union)
        return fail(meaning, place, "all bytes of a union count: leave out '{...}'");
    if (parameter->passing == PASS_ARRAY && parameter->direction == DIRECTION_SCRATCH)
        return fail(meaning, place, "nothing is read of what is 'scratch': leave out '{...}'");
    reading.wanted = pool_alloc(meaning->names.pool, reading.whole->field_count);
    if (!reading.wanted) return false;
    lexer_open(&lexer, &(struct source){declarator->reads.text, place});
    lexer_next(&lexer);
    if (!read_list(&reading, &lexer)) return false;
    const struct record *named = select_fields(&reading);
    bool written = parameter->passing == PASS_ARRAY && parameter->direction == DIRECTION_OUT;
    if (named && written && record_has_string(named))
        return fail(meaning, place,
                    "a string that an output leads to can't be among the fields "
                    "that are written: leave out '{...}'");
    *(written ? &parameter->writes : &parameter->reads) = named;
    return named != NULL;
}
