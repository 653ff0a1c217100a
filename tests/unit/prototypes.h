/* Parses prototypes, shows in a line what was understood, and checks that, or what was refused and
 * why. A test's main() begins with records_open(&records, &pool, &scratch, &messages.diagnostics),
 * define()s the structs that its prototypes name, calls records_understand(&records), and ends by
 * releasing both pools. */
#ifndef MEMO_PROTOTYPES_H
#define MEMO_PROTOTYPES_H

#include "config/prototype.h"
#include "config/records.h"

#include "check.h"
#include "messages.h"

static struct messages messages;
static struct pool pool, scratch;

/* The structs that prototypes may name; the messages about them are cleared. */
static struct records records;

static inline void define(const char *kind, const char *tag, const char *fields)
{
    const struct source name = {tag, {"f", 8, 1}}, list = {fields, {"f", 9, 1}};
    records_define(&records, strcmp(kind, "union") == 0, &name, &list);
}

static inline const struct signature *parse_all(const char *symbol, const char *prototype,
                                                const char *returns, const char *writes)
{
    const struct prototype text = {
        {prototype, {"f", 1, 1}}, {returns, {"f", 2, 1}}, {writes, {"f", 3, 1}}};
    messages_clear(&messages);
    return prototype_parse(symbol, &text, &records, &scratch);
}

static inline const struct signature *parse_as(const char *symbol, const char *prototype,
                                               const char *returns)
{
    return parse_all(symbol, prototype, returns, NULL);
}

static inline const struct signature *parse(const char *prototype, const char *returns)
{
    return parse_as("f", prototype, returns);
}

/* `double` as f8, `int` as i4, `size_t` as u8, a pointer as p8, a record by its name. */
static inline int show_type(char *text, size_t room, const struct type *type)
{
    if (type->kind == TYPE_RECORD) return snprintf(text, room, "%s", type->record->name);
    return snprintf(text, room, "%c%u", "vbiufzpr"[type->kind], type -> size);
}

static inline int show_count(char *text, size_t room, uint64_t literal, int parameter)
{
    if (parameter >= 0) return snprintf(text, room, "#%d", parameter);
    return snprintf(text, room, "%llu", (unsigned long long)literal);
}

/* `[4]`, `[#1]`, `[#0=2?4:#1]` */
static inline int show_extent(char *text, size_t room, const struct extent *extent)
{
    char *at = text, *end = text + room;
    at += snprintf(at, room, "[");
    for (uint32_t i = 0; i < extent->alternative_count; i++) {
        const struct alternative *one = &extent->alternatives[i];
        at += snprintf(at, (size_t)(end - at), "#%d=%lld?", one->chooser, (long long)one->equals);
        at += show_count(at, (size_t)(end - at), one->literal, one->parameter);
        at += snprintf(at, (size_t)(end - at), ":");
    }
    at += show_count(at, (size_t)(end - at), extent->literal, extent->parameter);
    return (int)(at - text) + snprintf(at, (size_t)(end - at), "]");
}

/* Everything of a signature, in a line: `f8 value (x:f8, y:in f8[3], s:string i1)`. */
static inline const char *show(const struct signature *signature)
{
    static char text[4096];
    static const char *const directions[] = {"in ", "out ", "inout "};
    static const char *const returns[] = {"", "pointer ", "static ", "parameter ", "malloc "};
    if (!signature) return messages.text;
    char *at = text, *end = text + sizeof text;
    at += show_type(at, (size_t)(end - at), &signature->result);
    if (signature->result.kind == TYPE_POINTER) {
        at += snprintf(at, (size_t)(end - at), "=>");
        at += show_type(at, (size_t)(end - at), &signature->pointee);
    }
    at += snprintf(at, (size_t)(end - at), " %s", returns[signature->returns]);
    if (signature->returned >= 0)
        at += snprintf(at, (size_t)(end - at), "%d ", signature->returned);
    at += snprintf(at, (size_t)(end - at), "%s(", signature->floating ? "floating " : "");
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const struct parameter *p = &signature->parameters[i];
        at += snprintf(at, (size_t)(end - at), "%s%s:", i ? ", " : "", p->name);
        if (p->passing == PASS_HANDLE) at += snprintf(at, (size_t)(end - at), "handle ");
        if (p->passing == PASS_STRING) at += snprintf(at, (size_t)(end - at), "string ");
        if (p->passing == PASS_TEXT) at += snprintf(at, (size_t)(end - at), "text ");
        if (p->passing == PASS_GIFT) at += snprintf(at, (size_t)(end - at), "malloc ");
        if (p->passing >= PASS_ARRAY)
            at += snprintf(at, (size_t)(end - at), "%s", directions[p->direction]);
        at += show_type(at, (size_t)(end - at), &p->type);
        if (p->passing == PASS_ARRAY || p->passing == PASS_TEXT)
            at += show_extent(at, (size_t)(end - at), &p->extent);
    }
    snprintf(at, (size_t)(end - at), ")");
    return text;
}

/* What show() gives, with c1 for plain char, whose sign is the machine's. */
static inline void expect(const char *got, const char *want)
{
    char text[1024];
    snprintf(text, sizeof text, "%s", want);
    for (char *at = text; (at = strstr(at, "c1")) != NULL; at++)
        if (at[-1] == ' ' || at[-1] == '>') *at = (char)-1 < 0 ? 'i' : 'u';
    CHECK_TEXT(got, text);
}

#define MEANS(prototype, want)            expect(show(parse(prototype, NULL)), want)
#define RETURNS(prototype, returns, want) expect(show(parse(prototype, returns)), want)

/* Refused, with exactly this many errors, the first of which holds `part`. */
static inline void refuses(const char *prototype, const char *returns, int errors, const char *part)
{
    const struct signature *signature = parse(prototype, returns);
    int good = !signature && messages.diagnostics.errors == errors && strstr(messages.text, part);
    if (!good) printf("%s\n  gave: %s\n", prototype, show(signature));
    CHECK(good);
}

#endif
