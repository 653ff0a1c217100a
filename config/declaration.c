#include "declaration.h"

#include "extent.h"
#include "text.h"
#include "type_names.h"

/* State of one reading. */
struct reader {
    struct lexer lexer;
    struct diagnostics *diagnostics;
    bool failed, is_cplusplus;
    bool in_struct; /* or among globals: no parameters */
};

static bool fail(struct reader *reader, struct place place, const char *text)
{
    diagnose(reader->diagnostics, SEVERITY_ERROR, place, "%s", text);
    reader->failed = true;
    return false;
}

/* The words shown in messages: long ones are cut. */
#define SHOWN(token) (token)->length < 40 ? (int)(token)->length : 40, (token)->text

static bool fail_at_token(struct reader *reader, const char *expected)
{
    const struct token *token = &reader->lexer.token;
    reader->failed = true;
    if (token->kind == TOKEN_END)
        diagnose(reader->diagnostics, SEVERITY_ERROR, token->place,
                 "the prototype ends too early: %s", expected);
    else
        diagnose(reader->diagnostics, SEVERITY_ERROR, token->place, "unexpected '%.*s': %s",
                 SHOWN(token),
                 text_starts(token->text, "__attribute")
                     ? "this attribute changes how the function is called, or a type"
                     : expected);
    return false;
}

/* Past what is left of a parameter or field: to what ends it. */
static void skip_rest(struct reader *reader, int end)
{
    struct lexer *lexer = &reader->lexer;
    for (;;) {
        int kind = lexer->token.kind;
        if (kind == TOKEN_END || kind == ',' || kind == end) return;
        if (kind == '(' || kind == '[' || kind == '{')
            lexer_skip_group(lexer);
        else
            lexer_next(lexer);
    }
}

static void skip_qualifiers(struct reader *reader)
{
    while (qualifier_skip(&reader->lexer, NULL))
        ;
}

/* Stars and what may stand between them. */
static void read_stars(struct reader *reader, struct declarator *declarator)
{
    for (;;) {
        skip_qualifiers(reader);
        int kind = reader->lexer.token.kind;
        if (kind == '*')
            declarator->stars++;
        else if (kind == '&')
            declarator->form = declarator->form == FORM_REFERENCE ? FORM_MOVED : FORM_REFERENCE;
        else
            break;
        lexer_next(&reader->lexer);
    }
}

/* In parentheses, a word that is a type makes them those of a function (C11 6.7.6.3, 11). */
static bool is_name(const struct token *token)
{
    return token->kind == TOKEN_WORD && !type_is_keyword(token) &&
           !type_named(token->text, token->length);
}

/* What parentheses in a declarator mean; they and a name inside are passed over. */
static void read_parentheses(struct reader *reader, struct declarator *declarator)
{
    struct lexer *lexer = &reader->lexer;
    struct lexer ahead = *lexer;
    lexer_next(&ahead);
    if (is_name(&ahead.token) && lexer_peek(&ahead).kind == ')') {
        declarator->name = ahead.token;
        lexer_skip_group(lexer);
        return;
    }
    while (ahead.token.kind == '*' || qualifier_skip(&ahead, NULL))
        if (ahead.token.kind == '*') lexer_next(&ahead);
    if (is_name(&ahead.token)) declarator->name = ahead.token;
    lexer_skip_group(lexer);
    declarator->form = lexer->token.kind == '[' ? FORM_POINTER_TO_ARRAY : FORM_FUNCTION;
    while (lexer->token.kind == '(' || lexer->token.kind == '[')
        lexer_skip_group(lexer);
}

/* What only a struct's field can be, and ours cannot. */
static bool refuse_layout(struct reader *reader)
{
    struct lexer *lexer = &reader->lexer;
    const struct token *token = &lexer->token;
    if (token_is(token, "_Alignas") || token_is(token, "alignas") || token_is(token, "_Atomic"))
        return fail(reader, token->place,
                    "a field that is aligned or atomic by a word of its own can't be expressed");
    if (token->kind == '[' && lexer_peek(lexer).kind == ']')
        return fail(reader, token->place,
                    "an array without a size: a struct that ends in one can't be expressed");
    if (token->kind == ':')
        return fail(reader, token->place,
                    "a bit-field's place in memory can't be expressed: write the integer that "
                    "holds all of them");
    return true;
}

/* From the stars to the end of a parameter. */
static bool read_declarator(struct reader *reader, struct declarator *declarator)
{
    struct lexer *lexer = &reader->lexer;
    enum form form = declarator->form;
    read_stars(reader, declarator);
    if (lexer->token.kind == TOKEN_WORD && !type_is_keyword(&lexer->token)) {
        declarator->name = lexer->token;
        lexer_next(lexer);
    } else if (lexer->token.kind == '(') {
        read_parentheses(reader, declarator);
    }
    skip_qualifiers(reader);
    if (reader->in_struct && !refuse_layout(reader)) return false;
    if (lexer->token.kind == '[' && !extents_read(lexer, declarator, reader->diagnostics)) {
        reader->failed = true;
        return false;
    }
    if (lexer->token.kind == '(') {
        declarator->form = FORM_FUNCTION;
        lexer_skip_group(lexer);
    }
    skip_qualifiers(reader);
    if (form == FORM_HANDLE) {
        if (declarator->form != FORM_HANDLE) declarator->stars++; /* a pointer of some kind */
        declarator->form = FORM_HANDLE;
    }
    return true;
}

/* Behind the name of a parameter or field. */
static bool is_end_of_name(int kind)
{
    return kind == ',' || kind == ')' || kind == ';' || kind == '[' || kind == TOKEN_END;
}

/* A word of ours, where C cannot mean a type of that name. */
static bool take_word(struct reader *reader, const char *word, bool alone)
{
    struct lexer *lexer = &reader->lexer;
    if (!token_is(&lexer->token, word)) return false;
    int next = lexer_peek(lexer).kind;
    if (next != TOKEN_WORD && !(alone && (is_end_of_name(next) || next == '*'))) return false;
    lexer_next(lexer);
    return true;
}

static void read_words(struct reader *reader, struct declarator *declarator)
{
    if (take_word(reader, "out", false))
        declarator->direction = WORD_OUT;
    else if (take_word(reader, "inout", false))
        declarator->direction = WORD_INOUT;
    else if (take_word(reader, "scratch", false))
        declarator->direction = WORD_SCRATCH;
    if (declarator->direction) declarator->gift = take_word(reader, "malloc", false);
    bool is_const = false;
    struct lexer bookmark = reader->lexer;
    while (qualifier_skip(&reader->lexer, &is_const))
        ;
    if (take_word(reader, "handle", true))
        declarator->form = FORM_HANDLE;
    else if (take_word(reader, "string", true))
        declarator->form = FORM_STRING;
    else if (take_word(reader, "wstring", true))
        declarator->form = FORM_WIDE;
    else if (reader->in_struct && take_word(reader, "strings", true))
        declarator->form = FORM_STRINGS;
    else
        reader->lexer = bookmark;
}

/* `handle NAME`, `string NAME` have no type before the name; `handle TYPE *NAME` has. */
static void read_type(struct reader *reader, struct declarator *declarator)
{
    struct lexer *lexer = &reader->lexer;
    enum form form = declarator->form;
    bool bare = form == FORM_STRING || form == FORM_WIDE || form == FORM_STRINGS;
    if (form == FORM_HANDLE) {
        bool word = lexer->token.kind == TOKEN_WORD && !type_is_keyword(&lexer->token);
        bare = word ? is_end_of_name(lexer_peek(lexer).kind) : lexer->token.kind != TOKEN_WORD;
    }
    declarator->specifiers = (struct specifiers){.place = lexer->token.place};
    if (!bare) specifiers_read(lexer, &declarator->specifiers);
}

/* After a word that is no type we know, another type: the first was a macro of the header. */
static bool check_macro(struct reader *reader, const struct declarator *declarator)
{
    const struct token *token = &reader->lexer.token;
    bool known = type_is_keyword(token) || token->kind == TOKEN_WORD;
    if (declarator->specifiers.kind != SPECIFIERS_UNKNOWN || !known) return true;
    struct token next = lexer_peek(&reader->lexer);
    if (!type_is_keyword(token) && next.kind != TOKEN_WORD && next.kind != '*') return true;
    diagnose(reader->diagnostics, SEVERITY_ERROR, declarator->specifiers.place,
             "unknown word '%s' before the type: leave out the macros of the header",
             declarator->specifiers.spelling);
    reader->failed = true;
    return false;
}

static bool read_parameter(struct reader *reader, struct declarator *declarator)
{
    const struct token *token = &reader->lexer.token;
    *declarator = (struct declarator){.place = token->place};
    if (token->kind == TOKEN_DOTS)
        return fail(reader, token->place,
                    "a variable number of arguments can't be cached: leave this symbol out");
    if (token_is(token, "in") && lexer_peek(&reader->lexer).kind == TOKEN_WORD)
        return fail(reader, token->place, "'in' is no word of a prototype: write 'const'");
    read_words(reader, declarator);
    read_type(reader, declarator);
    if (!check_macro(reader, declarator)) return false;
    if (declarator->form == FORM_PLAIN && declarator->specifiers.kind == SPECIFIERS_NONE)
        return fail_at_token(reader, "a parameter starts with its type");
    if (!read_declarator(reader, declarator)) return false;
    if (token->kind == '{') {
        declarator->reads = *token;
        lexer_skip_group(&reader->lexer);
    }
    if (token->kind != ',' && token->kind != ')')
        return fail_at_token(reader, "write ',' or ')' here");
    return true;
}

/* An upper bound, for one allocation. */
static size_t count_declarators(const char *text)
{
    size_t count = 1;
    for (; *text; text++)
        count += *text == ',' || *text == ';';
    return count < DECLARATION_PARAMETERS ? count : DECLARATION_PARAMETERS;
}

static void note_text(struct declarator *declarator, const char *text, const char *end)
{
    while (end > text && text_is_space(end[-1]))
        end--;
    declarator->text = text;
    declarator->length = (size_t)(end - text);
}

/* From past the '(' to past the ')'. */
static bool read_parameters(struct reader *reader, struct declaration *declaration)
{
    struct lexer *lexer = &reader->lexer;
    bool none = token_is(&lexer->token, "void") && lexer_peek(lexer).kind == ')';
    if (none)
        lexer_next(lexer);
    else if (lexer->token.kind == ')' && reader->is_cplusplus)
        none = true;
    else if (lexer->token.kind == ')')
        return fail(reader, lexer->token.place, "'()' leaves the parameters open: write '(void)'");
    while (!none) {
        if (declaration->count == DECLARATION_PARAMETERS)
            return fail(reader, lexer->token.place, "this is more parameters than a key can hold");
        struct declarator *parameter = &declaration->parameters[declaration->count++];
        const char *text = lexer->token.text;
        if (!read_parameter(reader, parameter)) {
            parameter->form = FORM_BROKEN;
            skip_rest(reader, ')');
        }
        note_text(parameter, text, lexer->token.text);
        if (lexer->token.kind == TOKEN_END)
            return reader->failed ? false : fail_at_token(reader, "write ')' here");
        if (lexer->token.kind == ')') break;
        lexer_next(lexer);
    }
    lexer_next(lexer);
    return true;
}

static bool read_function(struct reader *reader, struct declarator *function)
{
    struct lexer *lexer = &reader->lexer;
    function->place = lexer->token.place;
    struct token next = lexer_peek(lexer);
    if (lexer->token.kind == TOKEN_WORD && next.kind == '(' && !type_is_keyword(&lexer->token) &&
        !token_is(&lexer->token, "__attribute__"))
        return fail(reader, lexer->token.place,
                    "the type of the result is missing: write it "
                    "before the name, or void");
    specifiers_read(lexer, &function->specifiers);
    if (!check_macro(reader, function)) return false;
    if (function->specifiers.kind == SPECIFIERS_NONE)
        return fail_at_token(reader, "a prototype starts with the type of the result");
    read_stars(reader, function);
    if (lexer->token.kind == '(') {
        read_parentheses(reader, function);
        if (function->form != FORM_PLAIN)
            return fail(reader, function->place,
                        "a pointer to a function or array as the result is not supported");
    } else if (lexer->token.kind == TOKEN_WORD) {
        function->name = lexer->token;
        lexer_next(lexer);
    }
    if (!function->name.kind) return fail_at_token(reader, "write the function's name here");
    if (lexer->token.kind != '(') return fail_at_token(reader, "write '(' and the parameters");
    lexer_next(lexer);
    return true;
}

/* What may stand behind the parameters: qualifiers, glibc's macros, one ';'. */
static void read_tail(struct reader *reader)
{
    struct lexer *lexer = &reader->lexer;
    for (;;) {
        const struct token *token = &lexer->token;
        if (token_is(token, "const")) {
            fail(reader, token->place,
                 "a member function has a hidden first parameter: write it, as 'handle self', and "
                 "leave out this 'const'");
            return;
        }
        if (qualifier_skip(lexer, NULL)) continue;
        bool macro = token->kind == TOKEN_WORD && text_starts(token->text, "__") &&
                     !token_is(token, "__asm__") && !token_is(token, "__asm") &&
                     !token_is(token, "__attribute__") && !token_is(token, "__attribute");
        if (!macro) break;
        lexer_next(lexer);
        if (lexer->token.kind == '(') lexer_skip_group(lexer);
    }
    if (lexer->token.kind == ';') lexer_next(lexer);
    if (lexer->token.kind != TOKEN_END)
        fail_at_token(reader, "a prototype ends with ')', one to a section");
}

bool declaration_read(struct declaration *declaration, const struct source *source,
                      bool is_cplusplus, struct pool *scratch, struct diagnostics *diagnostics)
{
    struct reader reader = {.diagnostics = diagnostics, .is_cplusplus = is_cplusplus};
    lexer_open(&reader.lexer, source);
    *declaration = (struct declaration){.count = 0};
    declaration->parameters =
        pool_alloc(scratch, count_declarators(source->text) * sizeof *declaration->parameters);
    if (!declaration->parameters) return false;
    bool started = read_function(&reader, &declaration->function);
    if (started && read_parameters(&reader, declaration)) read_tail(&reader);
    declaration->failed = reader.failed;
    return started;
}

static bool read_item(struct reader *reader, struct declarator *item)
{
    struct lexer *lexer = &reader->lexer;
    *item = (struct declarator){.place = lexer->token.place, .elements = 1};
    if (!refuse_layout(reader)) return false;
    read_words(reader, item);
    read_type(reader, item);
    if (!refuse_layout(reader) || !check_macro(reader, item)) return false;
    if (item->form == FORM_PLAIN && item->specifiers.kind == SPECIFIERS_NONE)
        return fail_at_token(reader, "it starts with its type, as in 'int a, double b[3]'");
    if (!read_declarator(reader, item)) return false;
    int kind = lexer->token.kind;
    if (kind == TOKEN_END || kind == ',' || kind == ';') return true;
    return fail_at_token(reader, "write ',' between two of them");
}

bool declarations_read(struct declarations *list, const struct source *source, struct pool *scratch,
                       struct diagnostics *diagnostics)
{
    struct reader reader = {.diagnostics = diagnostics, .in_struct = true};
    struct lexer *lexer = &reader.lexer;
    lexer_open(lexer, source);
    *list = (struct declarations){.count = 0};
    list->items = pool_alloc(scratch, count_declarators(source->text) * sizeof *list->items);
    if (!list->items) return false;
    for (;;) {
        struct declarator *item = &list->items[list->count++];
        const char *text = lexer->token.text;
        if (!read_item(&reader, item)) {
            item->form = FORM_BROKEN;
            skip_rest(&reader, ';');
        }
        note_text(item, text, lexer->token.text);
        int kind = lexer->token.kind;
        if (kind == TOKEN_END) break;
        lexer_next(lexer);
        if (kind == ';' && lexer->token.kind == TOKEN_END) break;
        if (list->count == DECLARATION_PARAMETERS)
            return fail(&reader, lexer->token.place, "there are too many of them");
    }
    list->failed = reader.failed;
    return true;
}
