#include "dependency.h"

#include "suggest.h"
#include "text.h"

static const struct {
    const char *prefix;
    enum dependency_kind kind;
} kinds[] = {
    {"env:", DEPENDS_ENVIRONMENT},
    {"file:", DEPENDS_FILE},
    {"locale", DEPENDS_LOCALE},
    {"call:", DEPENDS_CALL},
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* One item between two commas, without blanks around. */
struct item {
    const char *text;
    size_t length;
    struct place place;
};

static struct item next_item(const char **at, struct place *place)
{
    struct item item;
    while (text_is_space(**at))
        *place = place_after(*place, *(*at)++);
    item = (struct item){.text = *at, .place = *place};
    for (; **at && **at != ','; (*at)++) {
        *place = place_after(*place, **at);
        if (!text_is_space(**at)) item.length = (size_t)(*at - item.text) + 1;
    }
    return item;
}

static bool fail(struct diagnostics *diagnostics, const struct item *item, const char *text)
{
    diagnose(diagnostics, SEVERITY_ERROR, item->place, "'%.*s': %s",
             item->length < 80 ? (int)item->length : 80, item->text, text);
    return false;
}

/* The name behind "env:" and the like. */
static bool check_name(struct diagnostics *diagnostics, const struct item *item,
                       enum dependency_kind kind, const char *name, size_t length)
{
    if (kind == DEPENDS_LOCALE && length > 0)
        return fail(diagnostics, item, "write 'locale' alone");
    if (kind != DEPENDS_LOCALE && length == 0)
        return fail(diagnostics, item, "a name is missing behind the ':'");
    for (size_t i = 0; i < length; i++) {
        bool good = kind == DEPENDS_FILE ? !text_is_space(name[i])
                                         : text_is_name(name[i]) || name[i] == '.';
        if (!good)
            return fail(diagnostics, item, "this is no single name: names stand apart by commas");
    }
    if (kind == DEPENDS_FILE && *name != '/')
        return fail(diagnostics, item, "write the whole path, from '/' on");
    return true;
}

static bool refuse_kind(struct diagnostics *diagnostics, const struct item *item)
{
    const char *colon = memchr(item->text, ':', item->length);
    struct suggestion suggestion =
        suggest_for(item->text, colon ? (size_t)(colon - item->text) + 1 : item->length);
    struct suggest_text room;
    if (item->length == 0) {
        diagnose(diagnostics, SEVERITY_ERROR, item->place,
                 "nothing stands beside a comma: leave it out");
        return false;
    }
    for (size_t i = 0; i < KINDS; i++)
        suggest_offer(&suggestion, kinds[i].prefix, strlen(kinds[i].prefix));
    diagnose(diagnostics, SEVERITY_ERROR, item->place,
             "'%.*s' is none of env:NAME, file:PATH, locale, call:SYMBOL%s",
             item->length < 80 ? (int)item->length : 80, item->text,
             suggest_phrase(&suggestion, &room));
    return false;
}

static bool parse_item(const struct item *item, struct dependency *dependency, struct pool *pool,
                       struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < KINDS; i++) {
        size_t prefix = strlen(kinds[i].prefix);
        if (item->length < prefix || memcmp(item->text, kinds[i].prefix, prefix) != 0) continue;
        const char *name = item->text + prefix;
        size_t length = item->length - prefix;
        if (!check_name(diagnostics, item, kinds[i].kind, name, length)) return false;
        dependency->kind = kinds[i].kind;
        dependency->name = pool_strndup(pool, name, length);
        return dependency->name != NULL;
    }
    return refuse_kind(diagnostics, item);
}

bool dependencies_parse(struct entry *entry, const struct source *source, struct pool *pool,
                        struct diagnostics *diagnostics)
{
    const char *at = source->text;
    struct place place = source->place;
    size_t count = 1;
    bool good = true;
    entry->dependencies = NULL;
    entry->dependency_count = 0;
    if (strcmp(at, "none") == 0) return true;
    for (const char *comma = at; (comma = strchr(comma, ',')) != NULL; comma++)
        count++;
    struct dependency *dependencies = pool_alloc(pool, count * sizeof *dependencies);
    if (!dependencies) return false;
    for (size_t i = 0; i < count; i++) {
        struct item item = next_item(&at, &place);
        good &= parse_item(&item, &dependencies[i], pool, diagnostics);
        if (*at == ',') place = place_after(place, *at++);
    }
    entry->dependencies = dependencies;
    entry->dependency_count = count;
    return good;
}
