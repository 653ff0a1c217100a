#include "prototype.h"

#include "globals.h"
#include "parameter.h"
#include "record.h"
#include "text.h"

static bool fail(struct meaning *meaning, struct place place, const char *text)
{
    diagnose(meaning->diagnostics, SEVERITY_ERROR, place, "%s", text);
    return false;
}

/* A C++ name in a header says less than its mangled form, so only plain names are compared. */
static bool check_name(struct meaning *meaning, const char *symbol)
{
    const struct token *name = &meaning->declaration->function.name;
    if (text_is(name->text, name->length, symbol) || text_starts(symbol, "_Z")) return true;
    diagnose(meaning->diagnostics, SEVERITY_ERROR, name->place,
             "the prototype declares '%.*s' but the section is [%.100s]: make them equal",
             name->length < 100 ? (int)name->length : 100, name->text, symbol);
    return false;
}

/* The mangled name of a const member function tells of a first parameter that headers hide. */
static bool check_member(struct meaning *meaning, const char *symbol)
{
    const struct declaration *declaration = meaning->declaration;
    if (!text_starts(symbol, "_ZNK")) return true;
    const struct declarator *first = declaration->count ? &declaration->parameters[0] : NULL;
    if (first && (first->form != FORM_PLAIN || first->stars || first->dimensions)) return true;
    if (declaration->failed) return false;
    return fail(meaning, declaration->function.name.place,
                "a member function has a hidden first parameter: write it, as 'handle self'");
}

static bool understand_result(struct meaning *meaning, struct signature *signature)
{
    static const struct type pointer = TYPE_OF_POINTER;
    const struct declarator *function = &meaning->declaration->function;
    const struct specifiers *specifiers = &function->specifiers;
    if (function->form == FORM_REFERENCE || function->form == FORM_MOVED)
        return fail(meaning, specifiers->place, "the result is a C++ reference: write a pointer");
    if (function->stars > 0) {
        signature->result = pointer;
        if (function->stars > 1)
            signature->pointee = pointer;
        else if (specifiers->kind == SPECIFIERS_TYPE)
            signature->pointee = specifiers->type;
        signature->returns_text =
            function->stars == 1 && (specifiers->is_wide || (type_is_count(&signature->pointee) &&
                                                             signature->pointee.size == 1));
        return true;
    }
    if (!specifiers_check(meaning->records, specifiers, NULL)) return false;
    signature->result = specifiers->type;
    return true;
}

static bool is_pointer(const struct parameter *parameter)
{
    return parameter->passing != PASS_VALUE;
}

/* The copy that `returns = static` and `malloc` make has to know its length. */
static bool check_copied(struct meaning *meaning, const struct signature *signature,
                         const struct source *returns)
{
    const struct specifiers *specifiers = &meaning->declaration->function.specifiers;
    const struct type *pointee = &signature->pointee;
    bool is_record = pointee->kind == TYPE_RECORD;
    if (signature->returns == RETURNS_MALLOC && is_record && record_has_string(pointee->record))
        return fail(meaning, returns->place,
                    "returns = malloc can't copy a struct with strings: who frees those is open");
    if (type_is_arithmetic(pointee) || is_record) return true;
    diagnose(meaning->diagnostics, SEVERITY_ERROR, returns->place,
             "returns = %s copies a string or one number or struct that is known, not '%s%s'",
             returns->text, specifiers->spelling,
             meaning->declaration->function.stars > 1 ? " *" : "");
    return false;
}

static int find_parameter(const struct meaning *meaning, const char *name)
{
    const struct declarator *found = names_find(&meaning->names, name, strlen(name));
    return found ? (int)(found - meaning->declaration->parameters) : -1;
}

static bool set_returned(struct meaning *meaning, struct signature *signature,
                         const struct source *returns)
{
    int number = find_parameter(meaning, returns->text);
    if (number >= 0 && is_pointer(&signature->parameters[number])) {
        signature->returns = RETURNS_PARAMETER;
        signature->returned = number;
        return true;
    }
    diagnose(meaning->diagnostics, SEVERITY_ERROR, returns->place,
             number < 0
                 ? "returns = %.60s is neither value, pointer, static or malloc nor the name of a "
                   "parameter"
                 : "returns = %.60s names a parameter that is no pointer",
             returns->text);
    return false;
}

/* A word of `returns` that is a parameter's name too could be read two ways. */
static bool check_word(struct meaning *meaning, const struct source *returns)
{
    if (find_parameter(meaning, returns->text) < 0) return true;
    diagnose(meaning->diagnostics, SEVERITY_ERROR, returns->place,
             "returns = %.60s is also the name of a parameter: call that one something else",
             returns->text);
    return false;
}

static bool understand_returns(struct meaning *meaning, struct signature *signature,
                               const struct source *returns)
{
    const char *word = returns->text ? returns->text : "value";
    bool pointer = signature->result.kind == TYPE_POINTER;
    signature->returned = -1;
    if (strcmp(word, "value") == 0) {
        signature->returns = RETURNS_VALUE;
        if (pointer)
            return fail(meaning, meaning->declaration->function.place,
                        "the result is a pointer: add 'returns = static' (a buffer of the "
                        "function's own), 'returns = malloc' (the caller frees it), 'returns = "
                        "pointer' (the address as it is) or 'returns = PARAMETER' (that one is "
                        "returned)");
        return returns->text ? check_word(meaning, returns) : true;
    }
    if (!pointer) {
        diagnose(meaning->diagnostics, SEVERITY_ERROR, returns->place,
                 "returns = %.60s is for results that are pointers: write 'returns = value' or "
                 "leave it out",
                 word);
        return false;
    }
    if (strcmp(word, "pointer") == 0) {
        signature->returns = RETURNS_POINTER;
        return check_word(meaning, returns);
    }
    bool is_malloc = strcmp(word, "malloc") == 0;
    if (!is_malloc && strcmp(word, "static") != 0) return set_returned(meaning, signature, returns);
    signature->returns = is_malloc ? RETURNS_MALLOC : RETURNS_STATIC;
    return check_word(meaning, returns) && check_copied(meaning, signature, returns);
}

static bool understand_parameters(struct meaning *meaning, struct signature *signature)
{
    uint32_t count = meaning->declaration->count;
    struct parameter *parameters = pool_alloc(meaning->pool, count * sizeof *parameters);
    if (!parameters) return false;
    bool good = true;
    signature->parameter_count = count;
    signature->parameters = parameters;
    for (uint32_t i = 0; i < count; i++) {
        good &= parameter_understand(meaning, i, &parameters[i]);
        signature->floating |= type_is_floating(&parameters[i].type);
    }
    return good;
}

/* Every struct that the declaration names, before anybody asks what type it is. */
static void resolve_records(struct records *records, struct declaration *declaration)
{
    records_resolve(records, &declaration->function.specifiers);
    for (uint32_t i = 0; i < declaration->count; i++)
        records_resolve(records, &declaration->parameters[i].specifiers);
}

const struct signature *prototype_parse(const char *symbol, const struct prototype *prototype,
                                        struct records *records, struct pool *scratch)
{
    struct declaration declaration;
    struct diagnostics *diagnostics = records->diagnostics;
    bool mangled = text_starts(symbol, "_Z");
    if (!declaration_read(&declaration, &prototype->declaration, mangled, scratch, diagnostics))
        return NULL;
    resolve_records(records, &declaration);
    struct meaning meaning = {.declaration = &declaration,
                              .names = {.pool = scratch},
                              .records = records,
                              .is_cplusplus = mangled,
                              .pool = records->pool,
                              .diagnostics = diagnostics};
    struct signature *signature = pool_alloc(records->pool, sizeof *signature);
    if (!signature) return NULL;
    signature->symbol = pool_strndup(records->pool, symbol, strlen(symbol));
    bool good = check_name(&meaning, symbol) && !declaration.failed;
    good &= check_member(&meaning, symbol);
    good &= parameters_name(&meaning);
    good &= understand_result(&meaning, signature);
    good &= understand_parameters(&meaning, signature);
    if (good) good &= understand_returns(&meaning, signature, &prototype->returns);
    good &= globals_understand(records, &prototype->writes, scratch, signature);
    signature->floating |= type_is_floating(&signature->result);
    return good && signature->symbol ? signature : NULL;
}
