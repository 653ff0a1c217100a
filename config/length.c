#include "length.h"

#include "extent.h"
#include "text.h"

static const char form[] = "write it as 'name == number ? count : count', where a count is a "
                           "number or a parameter";

static bool fail(struct meaning *meaning, const struct token *token, const char *problem)
{
    diagnose(meaning->diagnostics, SEVERITY_ERROR, token->place, "%s%s", problem, form);
    return false;
}

static bool refuse_name(struct meaning *meaning, const struct token *name, const char *role)
{
    const struct declaration *declaration = meaning->declaration;
    int shown = name->length < 40 ? (int)name->length : 40;
    if (names_find(&meaning->names, name->text, name->length)) {
        diagnose(meaning->diagnostics, SEVERITY_ERROR, name->place,
                 "'%.*s' is no integer passed by value: it cannot %s", shown, name->text, role);
        return false;
    }
    if (declaration->failed) return false; /* it may be what could not be read */
    struct suggestion suggestion = suggest_for(name->text, name->length);
    struct suggest_text room;
    uint32_t count = meaning->diagnostics->errors < 100 ? declaration->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct declarator *d = &declaration->parameters[i];
        if (declarator_is_count(d)) suggest_offer(&suggestion, d->name.text, d->name.length);
    }
    diagnose(meaning->diagnostics, SEVERITY_ERROR, name->place, "no parameter is called '%.*s'%s",
             shown, name->text, suggest_phrase(&suggestion, &room));
    return false;
}

/* The number of the parameter of that name: any by-value integer, before or after this one. */
static bool find_count(struct meaning *meaning, const struct token *name, const char *role,
                       int *number)
{
    const struct declarator *found = names_find(&meaning->names, name->text, name->length);
    if (!found || !declarator_is_count(found)) return refuse_name(meaning, name, role);
    *number = (int)(found - meaning->declaration->parameters);
    return true;
}

/* `4`, `2*8` or `n`. */
static bool read_count(struct meaning *meaning, struct lexer *lexer, uint64_t *literal,
                       int *parameter)
{
    struct token first = lexer->token;
    *literal = 0;
    *parameter = -1;
    if (first.kind == TOKEN_WORD) {
        lexer_next(lexer);
        return find_count(meaning, &first, "be an extent", parameter);
    }
    if (extent_constant(lexer, literal)) return true;
    return fail(meaning, &first, "this is no count: ");
}

/* A number that the chooser can have, as its type widens it. */
static bool read_value(struct meaning *meaning, struct lexer *lexer,
                       struct alternative *alternative)
{
    const struct declarator *chooser = &meaning->declaration->parameters[alternative->chooser];
    const struct type *type = &chooser->specifiers.type;
    struct token first = lexer->token;
    bool negative = first.kind == '-';
    uint64_t value, limit = type->kind == TYPE_SIGNED ? (uint64_t)1 << (8 * type->size - 1)
                            : type->size == 8         ? UINT64_MAX
                                                      : ((uint64_t)1 << 8 * type->size) - 1;
    if (negative) lexer_next(lexer);
    if (!extent_constant(lexer, &value)) return fail(meaning, &first, "this is no number: ");
    bool fits = type->kind == TYPE_SIGNED ? value < limit || (negative && value == limit)
                                          : value <= limit && !(negative && value);
    if (!fits) {
        diagnose(meaning->diagnostics, SEVERITY_ERROR, first.place, "'%.*s' never has this value",
                 chooser->name.length < 40 ? (int)chooser->name.length : 40, chooser->name.text);
        return false;
    }
    alternative->equals = negative ? -value : value;
    return true;
}

static bool take(struct lexer *lexer, int mark)
{
    if (lexer->token.kind != mark) return false;
    lexer_next(lexer);
    return true;
}

/* `name == number ? count :` */
static bool read_alternative(struct meaning *meaning, struct lexer *lexer,
                             struct alternative *alternative)
{
    struct token name = lexer->token;
    lexer_next(lexer);
    const char *second = lexer->token.text + 1;
    if (!take(lexer, '=') || lexer->token.text != second || !take(lexer, '='))
        return fail(meaning, &name, "");
    if (!find_count(meaning, &name, "choose one", &alternative->chooser)) return false;
    if (!read_value(meaning, lexer, alternative)) return false;
    if (!take(lexer, '?')) return fail(meaning, &lexer->token, "'?' is missing here: ");
    if (!read_count(meaning, lexer, &alternative->literal, &alternative->parameter)) return false;
    return take(lexer, ':') || fail(meaning, &lexer->token, "':' is missing here: ");
}

static uint32_t count_alternatives(struct lexer lexer)
{
    uint32_t count = 0;
    for (; lexer.token.kind != ']' && lexer.token.kind != TOKEN_END; lexer_next(&lexer))
        count += lexer.token.kind == '?';
    return count;
}

static bool understand_alternatives(struct meaning *meaning, const struct token *first,
                                    struct extent *extent)
{
    struct lexer lexer;
    lexer_open(&lexer, &(struct source){first->text, first->place});
    uint32_t most = count_alternatives(lexer);
    if (most > LENGTH_ALTERNATIVES)
        return fail(meaning, first, "these are more than 64 alternatives: ");
    struct alternative *alternatives = pool_alloc(meaning->pool, (most + 1) * sizeof *alternatives);
    if (!alternatives) return false;
    extent->alternatives = alternatives;
    do {
        if (!read_alternative(meaning, &lexer, &alternatives[extent->alternative_count]))
            return false;
        extent->alternative_count++;
    } while (extent->alternative_count < most && lexer.token.kind == TOKEN_WORD &&
             lexer_peek(&lexer).kind == '=');
    if (!read_count(meaning, &lexer, &extent->literal, &extent->parameter)) return false;
    return lexer.token.kind == ']' || fail(meaning, &lexer.token, "this is too much: ");
}

bool length_understand(struct meaning *meaning, const struct declarator *declarator,
                       struct extent *extent)
{
    *extent = (struct extent){.literal = declarator->elements, .parameter = -1};
    if (declarator->alternative.kind)
        return understand_alternatives(meaning, &declarator->alternative, extent);
    if (!declarator->extent.kind) return true;
    extent->literal = 0;
    return find_count(meaning, &declarator->extent, "be an extent", &extent->parameter);
}

uint64_t length_literal(const struct extent *extent)
{
    uint64_t most = extent->literal;
    for (uint32_t i = 0; i < extent->alternative_count; i++)
        if (extent->alternatives[i].literal > most) most = extent->alternatives[i].literal;
    return most;
}

static bool same_word(const struct token *one, const struct token *other)
{
    return one->kind == TOKEN_WORD && one->length == other->length &&
           memcmp(one->text, other->text, one->length) == 0;
}

bool length_names(const struct declaration *declaration, const struct declarator *size)
{
    for (uint32_t i = 0; size->name.kind && i < declaration->count; i++) {
        const struct declarator *d = &declaration->parameters[i];
        struct lexer lexer;
        if (same_word(&d->extent, &size->name)) return true;
        if (!d->alternative.kind) continue;
        lexer_open(&lexer, &(struct source){d->alternative.text, d->alternative.place});
        for (; lexer.token.kind != ']' && lexer.token.kind != TOKEN_END; lexer_next(&lexer))
            if (same_word(&lexer.token, &size->name)) return true;
    }
    return false;
}
