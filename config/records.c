#include "records.h"

#include "record.h"
#include "text.h"

enum state { STATE_NEW, STATE_BEGUN, STATE_DONE };

struct definition {
    bool is_union;
    enum state state;
    struct source tag, fields;
    struct record *record; /* NULL: not understood, or an error in it was reported */
    struct definition *next;
};

/* A struct in the middle of being laid out. */
struct layout {
    struct records *records;
    const struct definition *definition;
    const struct declarations *list;
    struct field *fields;
    uint64_t size; /* so far */
    uint32_t alignment;
    struct names names;
};

void records_open(struct records *records, struct pool *pool, struct pool *scratch,
                  struct diagnostics *diagnostics)
{
    *records =
        (struct records){.names = {.pool = scratch}, .pool = pool, .diagnostics = diagnostics};
    records->end = &records->first;
}

static bool fail_at(struct records *records, const struct source *tag, bool is_union,
                    const char *text)
{
    diagnose(records->diagnostics, SEVERITY_ERROR, tag->place, "[%s %.100s] %s",
             is_union ? "union" : "struct", tag->text, text);
    return false;
}

/* geo::point too, as prototypes of C++ name it. */
static bool is_tag(const char *text)
{
    struct lexer lexer;
    lexer_open(&lexer, &(struct source){text, {0}});
    return lexer.token.kind == TOKEN_WORD && text[lexer.token.length] == '\0' &&
           lexer_peek(&lexer).kind == TOKEN_END && !type_is_keyword(&lexer.token);
}

void records_define(struct records *records, bool is_union, const struct source *tag,
                    const struct source *fields)
{
    size_t length = strlen(tag->text);
    const struct definition *other = names_find(&records->names, tag->text, length);
    if (!is_tag(tag->text)) {
        fail_at(records, tag, is_union, "is not the name of a struct or union");
        return;
    }
    if (record_find(tag->text, length)) {
        fail_at(records, tag, is_union, "is known already, from libc: leave this section out");
        return;
    }
    if (other && !fields->text) return;
    if (other) {
        diagnose(records->diagnostics, SEVERITY_ERROR, tag->place,
                 "[%s %.100s] is there already, as a %s in line %d", is_union ? "union" : "struct",
                 tag->text, other->is_union ? "union" : "struct", other->tag.place.line);
        return;
    }
    struct definition *definition = pool_alloc(records->names.pool, sizeof *definition);
    if (!definition) return;
    *definition = (struct definition){.is_union = is_union, .tag = *tag, .fields = *fields};
    if (!fields->text) definition->state = STATE_DONE;
    if (!names_add(&records->names, tag->text, length, definition)) return;
    *records->end = definition;
    records->end = &definition->next;
}

/* C11 6.7.2.1 leaves the places to the ABI, and both of ours do the same: every field at the next
 * multiple of its alignment, the whole filled up to a multiple of the largest. */
static bool place_field(struct layout *layout, const struct declarator *item, struct field *field)
{
    const struct type *type = &field->type;
    struct records *records = layout->records;
    uint64_t start = layout->definition->is_union ? 0 : layout->size, bytes;
    start = (start + type->alignment - 1) & ~(uint64_t)(type->alignment - 1);
    bool large = __builtin_mul_overflow((uint64_t)field->count, (uint64_t)type->size, &bytes) ||
                 bytes > RECORD_BYTES || start + bytes > RECORD_BYTES;
    if (large) {
        diagnose(records->diagnostics, SEVERITY_ERROR, item->place,
                 "with this field it is more than 64 KiB: it could never be cached");
        return false;
    }
    field->offset = (uint32_t)start;
    if (start + bytes > layout->size) layout->size = start + bytes;
    if (type->alignment > layout->alignment) layout->alignment = type->alignment;
    return true;
}

static bool name_field(struct layout *layout, const struct declarator *item, struct field *field)
{
    struct records *records = layout->records;
    const struct token *name = &item->name;
    if (!name->kind) {
        diagnose(records->diagnostics, SEVERITY_ERROR, item->place,
                 "this field has no name: write TYPE NAME");
        return false;
    }
    if (names_find(&layout->names, name->text, name->length)) {
        diagnose(records->diagnostics, SEVERITY_ERROR, name->place,
                 "another field is called '%.*s' already", (int)name->length, name->text);
        return false;
    }
    field->name = pool_strndup(records->pool, name->text, name->length);
    return field->name && names_add(&layout->names, name->text, name->length, field);
}

/* Nobody knows which member of a union is meant, so none of them can be followed. */
static bool check_string(struct layout *layout, const struct declarator *item,
                         const struct field *field)
{
    bool nested = field->type.kind == TYPE_RECORD && record_has_string(field->type.record);
    if (!layout->definition->is_union || (field->kind == FIELD_DATA && !nested)) return true;
    diagnose(layout->records->diagnostics, SEVERITY_ERROR, item->place,
             nested ? "a struct with strings can't be a member of a union"
                    : "a string in a union can't be followed: write 'handle %.*s' if its address "
                      "alone counts",
             (int)item->name.length, item->name.text);
    return false;
}

static bool understand_field(struct layout *layout, const struct declarator *item,
                             struct field *field)
{
    uint64_t count;
    enum field_kind kind;
    if (item->form == FORM_BROKEN || !name_field(layout, item, field)) return false;
    if (!declaration_understand(layout->records, item, &field->type, &count, &kind)) return false;
    field->kind = kind;
    field->is_text = item->form == FORM_PLAIN && item->specifiers.is_char && item->dimensions == 1;
    field->count = count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
    return check_string(layout, item, field) && place_field(layout, item, field);
}

static struct record *lay_out(struct layout *layout)
{
    struct records *records = layout->records;
    const struct definition *definition = layout->definition;
    const struct declarations *list = layout->list;
    bool good = !list->failed;
    if (list->count > RECORD_FIELDS) {
        diagnose(records->diagnostics, SEVERITY_ERROR, list->items[RECORD_FIELDS].place,
                 "these are more than %d fields: make arrays or structs of them", RECORD_FIELDS);
        return NULL;
    }
    layout->fields = pool_alloc(records->pool, list->count * sizeof *layout->fields);
    struct record *record = pool_alloc(records->pool, sizeof *record);
    if (!layout->fields || !record) return NULL;
    for (uint32_t i = 0; i < list->count; i++)
        good &= understand_field(layout, &list->items[i], &layout->fields[i]);
    if (!good) return NULL;
    uint64_t mask = layout->alignment - 1;
    *record = (struct record){
        .name = pool_strndup(records->pool, definition->tag.text, strlen(definition->tag.text)),
        .size = (uint32_t)((layout->size + mask) & ~mask),
        .alignment = layout->alignment,
        .field_count = list->count,
        .fields = layout->fields,
        .is_union = definition->is_union,
    };
    return record->name ? record : NULL;
}

static void understand(struct records *records, struct definition *definition)
{
    struct declarations list;
    struct layout layout = {.records = records,
                            .definition = definition,
                            .list = &list,
                            .alignment = 1,
                            .names = {.pool = records->names.pool}};
    if (definition->state != STATE_NEW) return;
    definition->state = STATE_BEGUN;
    records->depth++;
    if (declarations_read(&list, &definition->fields, records->names.pool, records->diagnostics))
        definition->record = lay_out(&layout);
    records->depth--;
    definition->state = STATE_DONE;
}

void records_understand(struct records *records)
{
    for (struct definition *at = records->first; at; at = at->next)
        understand(records, at);
}

/* Where a header has a typedef for a struct, its prototypes name that alone. */
static void resolve_typedef(const struct records *records, struct specifiers *specifiers)
{
    const struct token *tag = &specifiers->tag;
    if (specifiers->kind != SPECIFIERS_UNKNOWN) return;
    const struct definition *definition = names_find(&records->names, tag->text, tag->length);
    if (!definition) return;
    specifiers->kind = SPECIFIERS_RECORD;
    specifiers->is_union = definition->is_union;
}

void records_resolve(struct records *records, struct specifiers *specifiers)
{
    const struct token *tag = &specifiers->tag;
    resolve_typedef(records, specifiers);
    if (specifiers->kind != SPECIFIERS_RECORD || !tag->kind || specifiers->inner) return;
    const struct record *record = record_find(tag->text, tag->length);
    struct definition *definition = names_find(&records->names, tag->text, tag->length);
    if (!record && definition && records->depth < RECORD_NESTING) {
        understand(records, definition);
        record = definition->record;
    }
    if (!record || record->is_union != specifiers->is_union) return;
    specifiers->kind = SPECIFIERS_TYPE;
    specifiers->type = (struct type){TYPE_RECORD, record->size, record->alignment, record};
}

/* What there is of this tag, but not to be used here. */
static const char *record_problem(const struct records *records,
                                  const struct specifiers *specifiers)
{
    const struct token *tag = &specifiers->tag;
    if (specifiers->inner) return "give it a section of its own, [struct NAME] with 'fields = ...'";
    if (!tag->kind) return "the name of the struct is missing";
    const struct definition *definition = names_find(&records->names, tag->text, tag->length);
    const struct record *known = record_find(tag->text, tag->length);
    if (known) return known->is_union ? "it is a union" : "it is a struct";
    if (!definition) return NULL;
    if (definition->is_union != specifiers->is_union)
        return definition->is_union ? "it is a union" : "it is a struct";
    if (definition->state == STATE_BEGUN) return "a struct can't contain itself";
    if (definition->state == STATE_NEW) return "structs are nested more than 16 deep";
    return "its own section has an error";
}

/* A struct or union of which there is no record. */
static bool refuse_record(struct records *records, const struct specifiers *specifiers,
                          const char *name)
{
    const char *problem = record_problem(records, specifiers), *handle = name ? name : "";
    const char *address = name ? "; if the address alone decides the result, write 'handle " : "";
    const char *quote = name ? "'" : "", *spelling = specifiers->spelling;
    const char *refusal = record_refusal(specifiers->tag.text, specifiers->tag.length);
    if (problem)
        diagnose(records->diagnostics, SEVERITY_ERROR, specifiers->place, "'%s': %s%s%s%s",
                 spelling, problem, address, handle, quote);
    else if (refusal)
        diagnose(records->diagnostics, SEVERITY_ERROR, specifiers->place,
                 "'%s': it holds %s, which can't be kept%s%s%s", spelling, refusal, address, handle,
                 quote);
    else
        diagnose(records->diagnostics, SEVERITY_ERROR, specifiers->place,
                 "'%s' is not known: add a section [%s] with 'fields = int a, double b[3], ...'"
                 "%s%s%s",
                 spelling, spelling, address, handle, quote);
    return false;
}

bool specifiers_check(struct records *records, const struct specifiers *specifiers,
                      const char *name)
{
    struct suggestion suggestion = suggest_for(specifiers->spelling, strlen(specifiers->spelling));
    struct suggest_text room;
    const char *problem = "no type";
    switch (specifiers->kind) {
    case SPECIFIERS_TYPE:
        return true;
    case SPECIFIERS_RECORD:
        return refuse_record(records, specifiers, name);
    case SPECIFIERS_NONE:
        break;
    case SPECIFIERS_IMPOSSIBLE:
        problem = "these words make no type of C";
        break;
    case SPECIFIERS_UNSUPPORTED:
        problem = "this type is not supported";
        break;
    case SPECIFIERS_UNKNOWN:
        if (records->diagnostics->errors < 100) type_offer(&suggestion);
        problem = "unknown type";
        if (!*suggestion.nearest && !name) problem = "unknown type: write the C type it stands for";
        break;
    }
    const char *phrase = suggest_phrase(&suggestion, &room);
    bool handle = name && !*suggestion.nearest && specifiers->kind != SPECIFIERS_IMPOSSIBLE;
    diagnose(records->diagnostics, SEVERITY_ERROR, specifiers->place, "'%s': %s%s%s%s%s",
             specifiers->spelling, problem, phrase,
             handle ? "; if the address alone decides the result, write 'handle " : "",
             handle ? name : "", handle ? "'" : "");
    return false;
}

static bool refuse_item(struct records *records, const struct declarator *item, const char *text)
{
    diagnose(records->diagnostics, SEVERITY_ERROR, item->place, "'%.*s' %s",
             item->length < 80 ? (int)item->length : 80, item->text, text);
    return false;
}

static bool refuse_pointer(struct records *records, const struct declarator *item, bool text)
{
    if (text && item->stars == 2 && item->dimensions == 0)
        return refuse_item(records, item,
                           "can be read two ways: write 'strings' and the name if it leads to "
                           "strings up to a null pointer, or 'handle' before it if its address "
                           "alone counts");
    return refuse_item(records, item,
                       text ? "is several strings, which can't be followed: write 'handle' before "
                              "it if their addresses alone count"
                            : "is a pointer, and what it leads to can't be kept: write 'handle' "
                              "before it if its address alone counts");
}

static bool understand_pointer(struct records *records, const struct declarator *item,
                               enum field_kind *kind)
{
    bool text = item->form == FORM_STRING || item->form == FORM_STRINGS ||
                (item->form == FORM_PLAIN && item->specifiers.is_char);
    bool word = item->form == FORM_STRING || item->form == FORM_STRINGS;
    bool number = item->form == FORM_HANDLE && item->specifiers.kind == SPECIFIERS_TYPE &&
                  item->specifiers.type.kind != TYPE_VOID && item->stars == 0;
    bool one = text && item->dimensions == 0 && item->stars == !word;
    *kind = !one ? FIELD_DATA : item->form == FORM_STRINGS ? FIELD_STRINGS : FIELD_STRING;
    if (number) return refuse_item(records, item, "is no pointer: leave out 'handle'");
    if (one || item->form == FORM_HANDLE) return true;
    if (word && item->stars > 0)
        return refuse_item(records, item, "says twice that it is a pointer: leave out the '*'");
    return refuse_pointer(records, item, text);
}

bool declaration_understand(struct records *records, const struct declarator *declarator,
                            struct type *type, uint64_t *count, enum field_kind *kind)
{
    static const struct type pointer = TYPE_OF_POINTER;
    struct specifiers specifiers = declarator->specifiers;
    *kind = FIELD_DATA;
    *count = declarator->dimensions ? declarator->elements : 1;
    if (declarator->direction != WORD_NONE)
        return refuse_item(records, declarator,
                           "has a direction: that is said of the parameter, not here");
    if (declarator->extent.kind || declarator->alternative.kind)
        return refuse_item(records, declarator, "has no fixed size: write a number");
    if (declarator->form == FORM_REFERENCE || declarator->form == FORM_MOVED)
        return refuse_item(records, declarator, "is a C++ reference: write 'handle' and a pointer");
    *type = pointer;
    if (declarator->form != FORM_PLAIN || declarator->stars > 0)
        return understand_pointer(records, declarator, kind);
    records_resolve(records, &specifiers);
    if (!specifiers_check(records, &specifiers, NULL)) return false;
    if (specifiers.type.kind == TYPE_VOID)
        return refuse_item(records, declarator, "has no size: nothing is void");
    *type = specifiers.type;
    return true;
}
