#include "globals.h"

#include "text.h"

static bool fail(struct records *records, const struct declarator *item, const char *text)
{
    diagnose(records->diagnostics, SEVERITY_ERROR, item->place, "'%.*s' %s",
             item->length < 80 ? (int)item->length : 80, item->text, text);
    return false;
}

/* A pointer that a call sets is kept as an address, whatever it leads to. */
static bool understand_global(struct records *records, struct declarator item,
                              struct global *global)
{
    enum field_kind kind;
    bool pointer = item.stars > 0 || item.form == FORM_STRING || item.form == FORM_STRINGS ||
                   item.form == FORM_WIDE;
    if (item.form == FORM_BROKEN) return false;
    if (!item.name.kind) return fail(records, &item, "has no name: write TYPE NAME");
    if (memchr(item.name.text, ':', item.name.length))
        return fail(records, &item, "is a C++ name: write the mangled one, as 'nm -D' shows it");
    if (pointer && item.form != FORM_REFERENCE) item.form = FORM_HANDLE, item.stars = 1;
    if (!declaration_understand(records, &item, &global->type, &global->count, &kind)) return false;
    if (global->type.kind == TYPE_RECORD)
        return fail(records, &item, "is a struct: only numbers and pointers can be kept");
    uint64_t bytes;
    if (__builtin_mul_overflow(global->count, (uint64_t)global->type.size, &bytes) ||
        bytes > RECORD_BYTES)
        return fail(records, &item, "is more than 64 KiB: it could never be cached");
    global->name = pool_strndup(records->pool, item.name.text, item.name.length);
    return global->name != NULL;
}

static bool check_once(struct records *records, const struct declarations *list, uint32_t number)
{
    const struct token *name = &list->items[number].name;
    for (uint32_t i = 0; i < number; i++) {
        const struct token *other = &list->items[i].name;
        if (other->length == name->length && memcmp(other->text, name->text, name->length) == 0)
            return fail(records, &list->items[number], "is there twice");
    }
    return true;
}

bool globals_understand(struct records *records, const struct source *writes, struct pool *scratch,
                        struct signature *signature)
{
    struct declarations list;
    if (!writes->text || strcmp(writes->text, "none") == 0) return true;
    if (!declarations_read(&list, writes, scratch, records->diagnostics)) return false;
    struct global *globals = pool_alloc(records->pool, list.count * sizeof *globals);
    bool good = !list.failed;
    if (!globals) return false;
    for (uint32_t i = 0; i < list.count; i++) {
        good &=
            understand_global(records, list.items[i], &globals[i]) && check_once(records, &list, i);
        signature->floating |= good && type_is_floating(&globals[i].type);
    }
    signature->globals = globals;
    signature->global_count = list.count;
    return good;
}
