#include "rebind/log.h"

#include "rebind/relocation.h"
#include "report/message.h"

#include <stdio.h>

static const struct {
    uint32_t type;
    const char *name;
} relocation_names[] = {
    {RELOCATION_JUMP_SLOT, "JUMP_SLOT"},
    {RELOCATION_GLOB_DAT, "GLOB_DAT"},
    {RELOCATION_ABSOLUTE, "ABS64"},
};

#define TYPES (sizeof(relocation_names) / sizeof(relocation_names[0]))

static unsigned count_types(const struct rebound *first, struct rebound *end,
                            unsigned counts[TYPES])
{
    unsigned total = 0;
    for (struct rebound *other = (struct rebound *)first; other < end; other++) {
        if (other->replacement != first->replacement || !other->applied) continue;
        for (size_t i = 0; i < TYPES; i++)
            counts[i] += other->type == relocation_names[i].type;
        other->logged = true;
        total++;
    }
    return total;
}

static void log_one(const struct object *importer, struct rebound *first, struct rebound *end)
{
    unsigned counts[TYPES] = {0}, total = count_types(first, end, counts);
    char kinds[64] = "";
    size_t length = 0;
    for (size_t i = 0; i < TYPES; i++)
        if (counts[i])
            length += (size_t)snprintf(kinds + length, sizeof(kinds) - length, "%s%u %s",
                                       length ? ", " : "", counts[i], relocation_names[i].name);
    const struct replacement *replacement = first->replacement;
    const char *symbol = first->target->name.text;
    message(LOG_DEBUG, "%s: rebound %u reference%s in %s (%s) to %s%s%s of %s", symbol, total,
            total == 1 ? "" : "s", importer->path, kinds, symbol, *replacement->version ? "@" : "",
            replacement->version, replacement->library);
}

void log_rebound(const struct object *importer, struct rebound *found, size_t count)
{
    if (!message_wanted(LOG_DEBUG)) return;
    for (size_t i = 0; i < count; i++)
        if (found[i].applied && !found[i].logged && !found[i].replacement->wanted->quiet)
            log_one(importer, &found[i], found + count);
}

static const char *reason(unsigned notes)
{
    if (notes & NOTE_UNWRITABLE) return "its references can't be written to";
    if (notes & NOTE_VARIANT) return "it has a calling convention of its own";
    if (notes & NOTE_DECLINED) return "nothing is left to put before it";
    if (notes & NOTE_FOREIGN) return "its references hold what no library exports under that name";
    if (notes & NOTE_UNDEFINED)
        return "no loaded object defines it, or several do; a later scan "
               "may tell";
    if (notes & NOTE_CANONICAL) return "only canonical PLT entries of the program refer to it";
    return "no loaded object imports it; a later dlopen may";
}

void log_unbound(void)
{
    if (!message_wanted(LOG_DEBUG)) return;
    for (const struct target *target = target_first(); target; target = target->next) {
        for (const struct wanted *wanted = target->wanted; wanted; wanted = wanted->next) {
            if (wanted->references || wanted->quiet) continue;
            if ((target->notes & NOTE_LIBRARY) && wanted->library)
                message(LOG_DEBUG, "%s: not rebound: library = %s does not match provider %s",
                        wanted->symbol, wanted->library, target->library);
            else
                message(LOG_DEBUG, "%s: not rebound: %s", wanted->symbol, reason(target->notes));
        }
    }
}
