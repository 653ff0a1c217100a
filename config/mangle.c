#include "mangle.h"

#include "mangle_type.h"
#include "text.h"
#include "token.h"

#include <stdio.h>

/* The candidates for substitutions are looked through one by one. */
#define NAME_BYTES 1000

/* What stands in a function's name or between two commas can't hold more parts. */
#define MODIFIERS 64

/* Something that may come again as S_, S0_, ...: a namespace, a class, a type made of others. Its
 * text is what it would be without substitutions, which tells it from all others. */
struct candidate {
    const char *text;
    size_t length;
};

struct mangler {
    const struct source *name;
    struct diagnostics *diagnostics;
    struct lexer lexer;
    char *out;   /* where the next byte goes */
    char *texts; /* the same, of candidates' texts */
    struct candidate *candidates;
    size_t candidate_count;
};

/* A reason that ends in "or" is advice as well. */
static bool fail(struct mangler *mangler, const char *reason)
{
    bool advice = strcmp(reason + strlen(reason) - 4, ", or") == 0;
    diagnose(
        mangler->diagnostics, SEVERITY_ERROR, mangler->name->place,
        "[%.100s] %s%s write the mangled name ('nm -D FILE' lists them, 'nm -D FILE | c++filt' "
        "says what they are)",
        mangler->name->text, reason, advice ? "" : ":");
    return false;
}

static void emit(struct mangler *mangler, const char *text, size_t length)
{
    memcpy(mangler->out, text, length);
    mangler->out += length;
}

/* <substitution>: S_, S0_ to S9_, SA_ to SZ_, S10_, ... */
static void emit_substitution(struct mangler *mangler, size_t number)
{
    char digits[16], *at = digits + sizeof digits;
    *--at = '_';
    for (size_t rest = number - 1; number > 0; rest /= 36) {
        *--at = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 36];
        if (rest < 36) break;
    }
    *--at = 'S';
    emit(mangler, at, (size_t)(digits + sizeof digits - at));
}

/* Writes what came before as its substitution. */
static bool emit_known(struct mangler *mangler, const char *text, size_t length)
{
    for (size_t i = 0; i < mangler->candidate_count; i++) {
        const struct candidate *candidate = &mangler->candidates[i];
        if (candidate->length != length || memcmp(candidate->text, text, length) != 0) continue;
        emit_substitution(mangler, i);
        return true;
    }
    return false;
}

static void add_candidate(struct mangler *mangler, const char *text, size_t length)
{
    mangler->candidates[mangler->candidate_count++] = (struct candidate){text, length};
}

/* A qualified name as <source-name>s in a row, in mangler->texts: geo::dist is 3geo4dist. */
struct parts {
    const char *text;
    size_t ends[MODIFIERS]; /* of each part, in `text` */
    size_t count;
    bool is_std; /* the first is "St" */
};

static bool split(struct mangler *mangler, const struct token *word, struct parts *parts)
{
    const char *at = word->text, *end = at + word->length;
    *parts = (struct parts){.text = mangler->texts};
    if (text_starts(at, "::")) at += 2;
    while (at < end) {
        const char *colon = memchr(at, ':', (size_t)(end - at));
        size_t length = (size_t)((colon ? colon : end) - at);
        if (parts->count == MODIFIERS) return fail(mangler, "has too many parts");
        if (parts->count == 0 && colon && text_is(at, length, "std")) {
            parts->is_std = true;
            mangler->texts += sprintf(mangler->texts, "St");
        } else {
            mangler->texts += sprintf(mangler->texts, "%zu%.*s", length, (int)length, at);
        }
        parts->ends[parts->count++] = (size_t)(mangler->texts - parts->text);
        at += length + (colon ? 2 : 0);
    }
    return true;
}

/* The first `count` parts, with substitutions for those that came before. */
static void emit_parts(struct mangler *mangler, const struct parts *parts, size_t count)
{
    size_t known = count, start;
    while (known > parts->is_std && !emit_known(mangler, parts->text, parts->ends[known - 1]))
        known--;
    if (known == parts->is_std && known) emit(mangler, "St", 2);
    for (; known < count; known++) {
        start = known ? parts->ends[known - 1] : 0;
        emit(mangler, parts->text + start, parts->ends[known] - start);
        add_candidate(mangler, parts->text, parts->ends[known]);
    }
}

/* The part behind `std::`, for mangle_standard(). */
static enum mangle_standard standard_of(const struct token *word, const char **abbreviation)
{
    size_t skip = text_starts(word->text, "::") ? 7 : 5;
    return mangle_standard(word->text + skip, word->length - skip, abbreviation);
}

static bool is_constructor(const struct parts *parts)
{
    size_t last = parts->count - 1;
    if (last == 0) return false;
    size_t start = parts->ends[last - 1], before = last > 1 ? parts->ends[last - 2] : 0;
    size_t length = parts->ends[last] - start;
    return start - before == length &&
           memcmp(parts->text + start, parts->text + before, length) == 0;
}

/* <encoding> without the parameters: the function's own name is no candidate. */
static bool emit_function(struct mangler *mangler, const struct token *word, bool is_const)
{
    struct parts parts;
    const char *unused;
    if (!split(mangler, word, &parts)) return false;
    size_t last = parts.count - 1, start = last ? parts.ends[last - 1] : 0;
    bool nested = last > parts.is_std;
    if (is_const && !nested) return fail(mangler, "is const, which only members of classes are");
    if (is_constructor(&parts)) return fail(mangler, "is a constructor, which has several symbols");
    if (nested && parts.is_std && standard_of(word, &unused) != STANDARD_CLASS)
        return fail(mangler, "belongs to a template");
    emit(mangler, "_ZNK", !nested ? 2 : is_const ? 4 : 3);
    emit_parts(mangler, &parts, last);
    emit(mangler, parts.text + start, parts.ends[last] - start);
    emit(mangler, "E", nested);
    return true;
}

/* One parameter's type: what stands at its core, and what is made of it from there outwards. */
struct spelled {
    struct parts parts; /* of a class or enum */
    char builtin[4];    /* of all others; "" for those */
    const char *abbreviation;
    char modifiers[MODIFIERS][4];
    size_t count;
};

static bool add_modifier(struct mangler *mangler, struct spelled *type, const char *modifier)
{
    if (type->count == MODIFIERS) return fail(mangler, "has too many parts");
    snprintf(type->modifiers[type->count++], sizeof *type->modifiers, "%s", modifier);
    return true;
}

/* <CV-qualifiers> go in the order restrict, volatile, const and count as one modifier. */
static bool add_qualifiers(struct mangler *mangler, struct spelled *type, unsigned set)
{
    char text[4], *end = text;
    if (set & QUALIFIER_RESTRICT) *end++ = 'r';
    if (set & QUALIFIER_VOLATILE) *end++ = 'V';
    if (set & QUALIFIER_CONST) *end++ = 'K';
    *end = '\0';
    return set == 0 || add_modifier(mangler, type, text);
}

static bool read_core(struct mangler *mangler, struct spelled *type)
{
    struct mangle_core core;
    const char *problem = mangle_read_core(&mangler->lexer, &core);
    if (problem) return fail(mangler, problem);
    memcpy(type->builtin, core.builtin, sizeof type->builtin);
    if (core.class.kind && !split(mangler, &core.class, &type->parts)) return false;
    enum mangle_standard standard =
        type->parts.is_std ? standard_of(&core.class, &type->abbreviation) : STANDARD_CLASS;
    if (standard == STANDARD_TEMPLATE || (type->abbreviation && type->parts.count > 2))
        return fail(mangler, "has a template's class as a parameter");
    return add_qualifiers(mangler, type, core.qualifiers);
}

static bool read_type(struct mangler *mangler, struct spelled *type)
{
    struct lexer *lexer = &mangler->lexer;
    *type = (struct spelled){.count = 0};
    if (!read_core(mangler, type)) return false;
    for (;;) {
        int kind = lexer->token.kind;
        if (kind != '*' && kind != '&') break;
        bool moved = kind == '&' && *lexer->at == '&';
        if (moved) lexer_next(lexer);
        lexer_next(lexer);
        if (!add_modifier(mangler, type, kind == '*' ? "P" : moved ? "O" : "R")) return false;
        if (!add_qualifiers(mangler, type, mangle_read_qualifiers(lexer))) return false;
    }
    bool qualified = type->count && strchr("rVK", *type->modifiers[type->count - 1]);
    if (qualified) type->count--; /* how the function uses its own copy is nobody else's business */
    int kind = lexer->token.kind;
    if (kind == ',' || kind == ')') return true;
    if (kind == TOKEN_WORD) return fail(mangler, "names its parameters: leave the names out, or");
    if (kind == '(')
        return fail(mangler, "has a parameter that is a pointer to a function or array");
    if (kind == '[') return fail(mangler, "has an array as a parameter: write a pointer there, or");
    return fail(mangler, "has a type that is none of the plain ones");
}

/* `text` is the core's, as a candidate. */
static void emit_core(struct mangler *mangler, const struct spelled *type, const char *text)
{
    const struct parts *parts = &type->parts;
    size_t length = (size_t)(mangler->texts - text);
    bool nested = parts->count > 1u + parts->is_std, is_complex = *type->builtin == 'C';
    if (*type->builtin) {
        if (is_complex && emit_known(mangler, text, length)) return;
        emit(mangler, text, length);
        if (is_complex) add_candidate(mangler, text, length);
    } else if (type->abbreviation) {
        emit(mangler, type->abbreviation, 2);
    } else if (!nested) {
        emit_parts(mangler, parts, parts->count);
    } else if (!emit_known(mangler, text, length)) {
        emit(mangler, "N", 1);
        emit_parts(mangler, parts, parts->count);
        emit(mangler, "E", 1);
    }
}

/* The type's text from its outermost modifier to its core: each tail of it is a candidate's. */
static const char *full_text(struct mangler *mangler, const struct spelled *type)
{
    const char *text = mangler->texts;
    const struct parts *parts = &type->parts;
    for (size_t i = type->count; i > 0; i--)
        mangler->texts += sprintf(mangler->texts, "%s", type->modifiers[i - 1]);
    size_t length = parts->count ? parts->ends[parts->count - 1] : strlen(type->builtin);
    memcpy(mangler->texts, parts->count ? parts->text : type->builtin, length);
    mangler->texts += length;
    return text;
}

static void emit_type(struct mangler *mangler, const struct spelled *type)
{
    const char *tail = full_text(mangler, type);
    size_t level = type->count; /* modifiers within the tail */
    bool known = false;
    while (level > 0 && !known) {
        const char *modifier = type->modifiers[level - 1];
        known = emit_known(mangler, tail, (size_t)(mangler->texts - tail));
        if (known) break;
        emit(mangler, modifier, strlen(modifier));
        tail += strlen(modifier);
        level--;
    }
    if (!known) emit_core(mangler, type, tail);
    for (; level < type->count; level++) {
        tail -= strlen(type->modifiers[level]);
        add_candidate(mangler, tail, (size_t)(mangler->texts - tail));
    }
}

/* From past the '(' to the ')'. */
static bool emit_parameters(struct mangler *mangler)
{
    struct lexer *lexer = &mangler->lexer;
    struct spelled type;
    if (lexer->token.kind == ')') emit(mangler, "v", 1);
    while (lexer->token.kind != ')') {
        if (lexer->token.kind == TOKEN_DOTS && lexer_peek(lexer).kind == ')') {
            emit(mangler, "z", 1);
            lexer_next(lexer);
            break;
        }
        if (!read_type(mangler, &type)) return false;
        emit_type(mangler, &type);
        if (lexer->token.kind == ')') break;
        lexer_next(lexer);
        if (lexer->token.kind == ')') return fail(mangler, "ends its parameters with a comma");
    }
    lexer_next(lexer);
    return true;
}

/* What may stand behind the parameters; the lexer is at the '('. */
static bool read_tail(struct mangler *mangler, bool *is_const)
{
    struct lexer ahead = mangler->lexer;
    lexer_skip_group(&ahead);
    *is_const = token_is(&ahead.token, "const");
    if (*is_const) lexer_next(&ahead);
    if (ahead.token.kind == TOKEN_END) return true;
    return fail(mangler, "has more behind its parameters than one can read");
}

/* What has a spelling of its own in every compiler, or several symbols. */
static const char *find_refusal(const char *text)
{
    if (strlen(text) > NAME_BYTES) return "is a very long name";
    if (strstr(text, "operator")) return "is an operator or has one in its name";
    if (strpbrk(text, "<>")) return "is of a template or has one in its types";
    if (strchr(text, '~')) return "is a destructor, which has several symbols";
    if (strstr(text, "(anonymous")) return "is of an unnamed namespace, which has no symbols";
    if (strchr(text, '[')) return "has an ABI tag or an array";
    if (!strchr(text, '(')) return "lacks its parameters: write NAME(double, double), or";
    return NULL;
}

static bool read_whole(struct mangler *mangler)
{
    struct lexer *lexer = &mangler->lexer;
    bool is_const;
    const char *refusal = find_refusal(mangler->name->text);
    if (refusal) return fail(mangler, refusal);
    lexer_open(lexer, mangler->name);
    struct token word = lexer->token;
    if (word.kind != TOKEN_WORD) return fail(mangler, "does not start with a name");
    lexer_next(lexer);
    if (lexer->token.kind != '(')
        return fail(mangler, "starts with the type of its result: leave that out, or");
    if (!read_tail(mangler, &is_const) || !emit_function(mangler, &word, is_const)) return false;
    lexer_next(lexer);
    return emit_parameters(mangler);
}

bool mangle_is_wanted(const char *name)
{
    if (text_starts(name, "struct ") || text_starts(name, "union ")) return false;
    return strpbrk(name, "(<~") || strstr(name, "::");
}

const char *mangle(const struct source *name, struct pool *scratch, struct diagnostics *diagnostics)
{
    /* A substitution takes up to four bytes for what was one or two, a number up to three more. */
    size_t length = strlen(name->text), room = 8 * length + 64;
    struct mangler mangler = {.name = name, .diagnostics = diagnostics};
    if (length > NAME_BYTES) room = 64, length = 0; /* refused below */
    char *symbol = pool_alloc(scratch, room);
    mangler.out = symbol;
    mangler.texts = pool_alloc(scratch, room);
    mangler.candidates = pool_alloc(scratch, (length + 8) * sizeof *mangler.candidates);
    if (!symbol || !mangler.texts || !mangler.candidates || !read_whole(&mangler)) return NULL;
    *mangler.out = '\0';
    return symbol;
}
