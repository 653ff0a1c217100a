#include "parameter.h"

#include "length.h"
#include "reads.h"
#include "text.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* DESIGN 5: a longer key is never made, so a fixed extent beyond it is a mistake. */
#define KEY_BYTES    ((uint64_t)64 << 10)
#define OUTPUT_BYTES ((uint64_t)INT32_MAX)

#define NAME_SHOWN 64
#define TEXT_SHOWN 80

static const struct type pointer = TYPE_OF_POINTER;

/* A parameter in the middle of being understood, with its name ready for messages. */
struct subject {
    struct meaning *meaning;
    const struct declarator *declarator;
    uint32_t number;
    char name[NAME_SHOWN]; /* "p" where the prototype has none */
};

static bool fail(struct subject *subject, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Reports at the parameter's start: `'const double *p' TEXT`. */
static bool fail(struct subject *subject, const char *format, ...)
{
    char text[400];
    const struct declarator *d = subject->declarator;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    diagnose(subject->meaning->diagnostics, SEVERITY_ERROR, d->place, "'%.*s%s' %s",
             d->length < TEXT_SHOWN ? (int)d->length : TEXT_SHOWN, d->text,
             d->length < TEXT_SHOWN ? "" : "...", text);
    return false;
}

static bool is_size_name(const char *name, size_t length)
{
    static const char *const whole[] = {"n", "nb", "nel", "nelem", "max", "limit"};
    static const char *const endings[] = {"len",   "length", "size",  "sz", "count", "cnt",
                                          "bytes", "num",    "nmemb", "_n", "avail"};
    char folded[NAME_SHOWN];
    if (length >= sizeof folded) return false;
    for (size_t i = 0; i < length; i++)
        folded[i] = text_lower(name[i]);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (text_is(folded, length, whole[i])) return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (length >= ending && text_is(folded + length - ending, ending, endings[i])) return true;
    }
    return false;
}

/* The parameter behind this one if it may be its length: then `const char *` has two readings. */
static const struct declarator *length_behind(const struct subject *subject)
{
    const struct declaration *declaration = subject->meaning->declaration;
    if (subject->number + 1 >= declaration->count) return NULL;
    const struct declarator *next = &declaration->parameters[subject->number + 1];
    if (!declarator_is_count(next)) return NULL;
    bool named_so = next->name.kind ? is_size_name(next->name.text, next->name.length)
                                    : strcmp(next->specifiers.spelling, "size_t") == 0;
    return named_so && !length_names(declaration, next) ? next : NULL;
}

/* What to show as "n" in advice: the parameter behind, if it could be one. */
static const char *length_hint(const struct subject *subject, char hint[NAME_SHOWN])
{
    const struct declaration *declaration = subject->meaning->declaration;
    uint32_t next = subject->number + 1;
    const struct declarator *d = next < declaration->count ? &declaration->parameters[next] : NULL;
    bool fits = d && declarator_is_count(d) && d->name.kind && d->name.length < NAME_SHOWN;
    snprintf(hint, NAME_SHOWN, "%.*s", fits ? (int)d->name.length : 1, fits ? d->name.text : "n");
    return hint;
}

static const char *word_of(enum direction_word direction)
{
    return direction == WORD_OUT ? "out" : direction == WORD_INOUT ? "inout" : "scratch";
}

/* Whether characters of this type make text: what `out` writes up to its NUL. */
static bool is_text(const struct specifiers *specifiers)
{
    return specifiers->is_char || specifiers->is_wide;
}

static bool set_array(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    bool is_const = d->specifiers.is_const,
         text = d->direction == WORD_OUT && is_text(&d->specifiers) && d->form == FORM_PLAIN;
    parameter->passing = text ? PASS_TEXT : PASS_ARRAY;
    parameter->type = d->specifiers.type;
    parameter->direction = d->direction == WORD_OUT       ? DIRECTION_OUT
                           : d->direction == WORD_SCRATCH ? DIRECTION_SCRATCH
                           : is_const                     ? DIRECTION_IN
                                                          : DIRECTION_INOUT;
    if (is_const && d->direction != WORD_NONE)
        return fail(subject, "is const and cannot be written: leave out one of the two words");
    if (d->dimensions && !length_understand(subject->meaning, d, &parameter->extent)) return false;
    bool keyed = parameter->direction == DIRECTION_IN || parameter->direction == DIRECTION_INOUT;
    uint64_t limit = keyed ? KEY_BYTES : OUTPUT_BYTES, bytes;
    uint64_t elements = length_literal(&parameter->extent);
    if (__builtin_mul_overflow(elements, (uint64_t)parameter->type.size, &bytes) || bytes > limit)
        return fail(subject, "is more than %s: it could never be cached",
                    limit == KEY_BYTES ? "the 64 KiB of a key" : "2 GiB");
    return true;
}

static bool understand_value(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const struct type *type = &d->specifiers.type;
    const char *name = subject->name;
    if (type->kind == TYPE_VOID)
        return fail(subject, "is no parameter: 'void' stands alone, as in '(void)'");
    if (d->direction != WORD_NONE)
        return fail(subject,
                    "is passed by value and cannot be written: write '%s %s[1]' with the "
                    "direction, or leave it out",
                    d->specifiers.spelling, name);
    parameter->passing = PASS_VALUE;
    parameter->type = *type;
    return true;
}

static bool understand_array(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const char *name = subject->name;
    if (d->specifiers.type.kind == TYPE_VOID)
        return fail(subject, "has no element type: write 'unsigned char' for bytes");
    if (d->specifiers.is_char && !d->specifiers.is_const && d->direction == WORD_NONE)
        return fail(subject,
                    "can be read two ways: write 'out char %s[...]' for text that it "
                    "writes, or 'inout char %s[...]' for bytes it reads and writes",
                    name, name);
    return set_array(subject, parameter);
}

/* A pointer to char or wchar_t. */
static bool understand_text_pointer(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const char *name = subject->name, *type = d->specifiers.spelling;
    const char *word = d->specifiers.is_wide ? "wstring" : "string";
    if (d->direction != WORD_NONE)
        return fail(subject, "does not say how many %s: write '%s %s %s[n]' with the size",
                    d->specifiers.is_wide ? "characters" : "bytes", word_of(d->direction), type,
                    name);
    if (!d->specifiers.is_const)
        return fail(subject,
                    "can be read several ways: write '%s %s' (only read), 'out %s "
                    "%s[n]' (text it writes), 'inout %s %s[n]' (%s) or 'handle %s'",
                    word, name, type, name, type, name, d->specifiers.is_wide ? "numbers" : "bytes",
                    name);
    char hint[NAME_SHOWN];
    if (length_behind(subject))
        return fail(subject,
                    "with an integer behind it can be read two ways: write '%s %s' "
                    "(to its NUL) or 'const %s %s[%s]'",
                    word, name, type, name, length_hint(subject, hint));
    parameter->passing = PASS_STRING;
    parameter->type = d->specifiers.type;
    return true;
}

static bool understand_pointer(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const char *name = subject->name, *type = d->specifiers.spelling;
    char hint[NAME_SHOWN];
    if (d->specifiers.type.kind == TYPE_RECORD) return set_array(subject, parameter);
    if (is_text(&d->specifiers)) return understand_text_pointer(subject, parameter);
    length_hint(subject, hint);
    if (d->specifiers.type.kind == TYPE_VOID)
        return fail(subject,
                    "does not say what it points to: write 'const unsigned char %s[%s]' "
                    "(read), 'out unsigned char %s[%s]' (written) or 'handle %s'",
                    name, hint, name, hint, name);
    if (d->direction != WORD_NONE) {
        const char *word = word_of(d->direction);
        return fail(subject, "does not say how many: write '%s %s %s[1]' or '%s %s %s[%s]'", word,
                    type, name, word, type, name, hint);
    }
    if (d->specifiers.is_const)
        return fail(subject,
                    "can be read several ways: write 'const %s %s[1]', 'const %s %s[%s]' "
                    "or 'handle %s'",
                    type, name, type, name, hint, name);
    return fail(subject,
                "can be read several ways: write 'out %s %s[1]' (written), '%s %s[1]' "
                "(read and written), [%s] for several, or 'handle %s'",
                type, name, type, name, hint, name);
}

static bool understand_handle(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const struct type *type = &d->specifiers.type;
    bool number = d->specifiers.kind == SPECIFIERS_TYPE && d->stars == 0;
    if (d->direction != WORD_NONE)
        return fail(subject, "is a handle, of which the address counts: leave out the direction");
    if (d->dimensions > 0 || (number && type->kind != TYPE_VOID && *d->specifiers.spelling))
        return fail(subject, "is no pointer to be kept by its address: leave out 'handle'");
    parameter->passing = PASS_HANDLE;
    parameter->type = pointer;
    return true;
}

static bool understand_string(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    static const struct type character = TYPE_OF_INTEGER(char), wide = TYPE_OF_INTEGER(wchar_t);
    bool is_wide = d->form == FORM_WIDE;
    if (d->direction != WORD_NONE)
        return fail(subject, "is only read: for text that the call writes, write 'out %s %s[n]'",
                    is_wide ? "wchar_t" : "char", subject->name);
    if (d->stars > 0 || d->dimensions > 0)
        return fail(subject, "says twice that it is a pointer: write '%s %s'",
                    is_wide ? "wstring" : "string", subject->name);
    parameter->passing = PASS_STRING;
    parameter->type = is_wide ? wide : character;
    return true;
}

/* `out char *end[1]`: the call leaves addresses behind, whatever stands at them. */
static bool understand_addresses(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    parameter->passing = PASS_ARRAY;
    parameter->type = pointer;
    parameter->direction = DIRECTION_OUT;
    if (d->specifiers.kind == SPECIFIERS_TYPE) parameter->pointee = d->specifiers.type.record;
    if (!length_understand(subject->meaning, d, &parameter->extent)) return false;
    if (length_literal(&parameter->extent) > OUTPUT_BYTES / sizeof(void *))
        return fail(subject, "is more than 2 GiB: it could never be cached");
    return true;
}

/* `out malloc char *output[1]`: the call leaves a fresh string there, which the caller frees. */
static bool understand_gift(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    const struct specifiers *specifiers = &d->specifiers;
    bool known = specifiers->kind == SPECIFIERS_TYPE;
    bool bytes = known && type_is_count(&specifiers->type) && specifiers->type.size == 1;
    if (d->direction != WORD_OUT)
        return fail(subject, "says that the caller frees it: write 'out malloc'");
    if (d->form != FORM_PLAIN || d->stars != 1 || d->dimensions != 1 || d->extent.kind ||
        d->alternative.kind || d->elements != 1)
        return fail(subject, "is no pointer to one new string: write 'out malloc char *%s[1]'",
                    subject->name);
    if (!bytes && !(known && specifiers->is_wide))
        return fail(subject,
                    "is no string, the only thing of which a copy can be made: write 'out malloc "
                    "char *%s[1]'",
                    subject->name);
    parameter->passing = PASS_GIFT;
    parameter->type = specifiers->type;
    parameter->direction = DIRECTION_OUT;
    return true;
}

/* C++ passes references as pointers to one. */
static bool understand_reference(struct subject *subject, struct parameter *parameter)
{
    const struct declarator *d = subject->declarator;
    if (d->dimensions > 0 || d->stars > 0)
        return fail(subject,
                    "is a reference to a pointer or array; if the address alone decides the "
                    "result, write 'handle %s'",
                    subject->name);
    if (d->specifiers.type.kind == TYPE_VOID) return fail(subject, "refers to nothing");
    return set_array(subject, parameter);
}

/* Forms of C and C++ that no word of ours gives a meaning to. */
static bool refuse_form(struct subject *subject)
{
    const char *name = subject->name;
    const struct declarator *d = subject->declarator;
    if (d->form == FORM_FUNCTION)
        return fail(subject,
                    "is a pointer to a function: a call that calls back can't be cached; "
                    "if it is never called, write 'handle %s'",
                    name);
    if (d->form == FORM_MOVED)
        return fail(subject, "is a reference to what may be moved away: its calls can't be cached");
    if (d->form == FORM_REFERENCE)
        return fail(subject, "is a C++ reference: write '%s %s[1]' with const or out",
                    d->specifiers.spelling, name);
    if (d->form == FORM_POINTER_TO_ARRAY)
        return fail(subject, "is a pointer to an array: write '%s %s[N][M]'",
                    d->specifiers.spelling, name);
    if (d->dimensions > 0 && d->direction == WORD_NONE)
        return fail(subject,
                    "leads to other pointers, which can't be followed; if its own address alone "
                    "decides the result, write 'handle %s'",
                    name);
    const char *type = d->specifiers.spelling;
    if (is_text(&d->specifiers))
        return fail(subject,
                    "leads to other pointers, which can't be followed: write 'out %s *%s[1]' if "
                    "the call only leaves an address there, 'out malloc %s *%s[1]' if it leaves a "
                    "new string there that the caller frees, or 'handle %s' if its own address "
                    "alone decides the result",
                    type, name, type, name, name);
    return fail(subject,
                "leads to other pointers, which can't be followed: write 'out %s *%s[1]' if the "
                "call only leaves an address there, or 'handle %s' if its own address alone "
                "decides the result",
                type, name, name);
}

static bool understand(struct meaning *meaning, uint32_t number, struct parameter *parameter)
{
    const struct declarator *d = &meaning->declaration->parameters[number];
    struct subject subject = {.meaning = meaning, .declarator = d, .number = number, .name = "p"};
    if (d->name.kind)
        snprintf(subject.name, sizeof subject.name, "%.*s",
                 d->name.length < NAME_SHOWN ? (int)d->name.length : NAME_SHOWN - 1, d->name.text);
    *parameter = (struct parameter){.name = "", .extent = {.literal = 1, .parameter = -1}};
    if (d->form == FORM_BROKEN) return false;
    if (d->name.kind) parameter->name = pool_strndup(meaning->pool, d->name.text, d->name.length);
    if (!parameter->name) return false;
    if (d->gift) return understand_gift(&subject, parameter);
    if (d->form == FORM_HANDLE) return understand_handle(&subject, parameter);
    if (d->form == FORM_STRING || d->form == FORM_WIDE)
        return understand_string(&subject, parameter);
    bool reference = d->form == FORM_REFERENCE && meaning->is_cplusplus;
    bool behind = d->stars > 0 || d->dimensions > 0 || reference;
    if (d->form != FORM_PLAIN && !reference) return refuse_form(&subject);
    if (d->direction == WORD_OUT && d->stars == 1 && d->dimensions > 0 && !reference)
        return understand_addresses(&subject, parameter);
    if (!specifiers_check(meaning->records, &d->specifiers, behind ? subject.name : NULL))
        return false;
    if (reference) return understand_reference(&subject, parameter);
    if (d->stars + (d->dimensions > 0) > 1) return refuse_form(&subject);
    if (d->stars > 0) return understand_pointer(&subject, parameter);
    if (d->dimensions > 0) return understand_array(&subject, parameter);
    return understand_value(&subject, parameter);
}

bool parameter_understand(struct meaning *meaning, uint32_t number, struct parameter *parameter)
{
    const struct declarator *d = &meaning->declaration->parameters[number];
    return understand(meaning, number, parameter) &&
           (!d->reads.kind || reads_understand(meaning, d, parameter));
}

bool parameters_name(struct meaning *meaning)
{
    const struct declaration *declaration = meaning->declaration;
    bool good = true;
    for (uint32_t i = 0; i < declaration->count; i++) {
        struct declarator *d = &declaration->parameters[i];
        if (!d->name.kind) continue;
        if (!names_find(&meaning->names, d->name.text, d->name.length)) {
            if (!names_add(&meaning->names, d->name.text, d->name.length, d)) return false;
            continue;
        }
        diagnose(meaning->diagnostics, SEVERITY_ERROR, d->name.place,
                 "another parameter is called '%.*s' already", (int)d->name.length, d->name.text);
        good = false;
    }
    return good;
}
