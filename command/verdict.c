#include "verdict.h"

#include "output.h"

#include <fnmatch.h>
#include <string.h>

/* libc's own references are not rebound: it must work the same whatever is cached. */
static bool is_scanned(const struct elf_file *object)
{
    return strcmp(object->name, "libc.so.6") != 0;
}

static bool admits(const struct entry *entry, const struct elf_file *provider)
{
    return !entry->options.library || fnmatch(entry->options.library, provider->name, 0) == 0;
}

static void find_imports(struct verdict *verdict, const struct entry *entry,
                         const struct objects *objects)
{
    struct reference references[VERDICT_IMPORTS];

    for (size_t i = 0; i < objects->count; i++) {
        const struct elf_file *object = &objects->files[i];
        if (!is_scanned(object)) continue;
        size_t room = VERDICT_IMPORTS - verdict->import_count;
        size_t count = elf_file_references(object, entry->symbol, references, room);
        for (size_t k = 0; k < count; k++) {
            struct import *import = &verdict->imports[verdict->import_count++];
            *import = (struct import){.object = object, .reference = references[k]};
            import->provider = objects_provider(objects, object, entry->symbol,
                                                references[k].version, &import->definition);
            import->wanted = import->provider && admits(entry, import->provider);
        }
    }
}

static const char *cached_text(const struct entry *entry)
{
    if (entry->options.maxsize == 0) return "will be counted, not cached (maxsize = 0)";
    if (entry->options.force) return "will be cached";
    switch (entry->options.condition) {
    case CONDITION_NONE:
        break;
    case CONDITION_UNCHANGED:
        return "will be cached until a dependency first changes; force = yes: always";
    case CONDITION_FIXED_ZONE:
        return "will be cached if the time zone never changes its clock; force = yes: always";
    case CONDITION_NO_EPOCH:
        return "will be cached; with %s in the format, if the time zone never changes its clock";
    }
    if (entry->options.worth == WORTH_NEVER)
        return "will be cached, though a call costs no more than a look-up (worth = never)";
    return "will be cached";
}

/* No relocation leads to the symbol: what is the reason? */
static const char *absent_text(struct pool *pool, const struct entry *entry,
                               const struct objects *objects)
{
    struct definition definition;

    for (size_t i = 0; i < objects->count; i++) {
        const struct elf_file *object = &objects->files[i];
        if (!is_scanned(object)) continue;
        if (elf_file_definition(object, entry->symbol, "", &definition))
            return output_format(pool,
                                 object->symbolic
                                     ? "%s defines it and is linked with -Bsymbolic: its own calls "
                                       "go straight there; no other object imports it"
                                     : "not imported at start, a later dlopen may; %s defines it "
                                       "and calls it directly, if at all",
                                 object->name);
        if (elf_file_hides(object, entry->symbol))
            return output_format(
                pool, "hidden inside %s: its calls go straight there, and none can be caught",
                object->name);
    }
    return "not imported at start, a later dlopen may";
}

static const char *unwanted_text(struct pool *pool, const struct entry *entry,
                                 const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->import_count; i++)
        if (verdict->imports[i].provider)
            return output_format(pool, "comes from %s, which library = %s leaves out",
                                 verdict->imports[i].provider->name, entry->options.library);
    return "imported, but no object defines it";
}

void verdict_reach(struct verdict *verdict, struct pool *pool, const struct entry *entry,
                   const struct config *config, const struct program *program,
                   const struct objects *objects)
{
    *verdict = (struct verdict){.text = NULL};
    if (program->obstacle != OBSTACLE_NONE) {
        verdict->text = output_format(pool, "the program %s", program->reason);
        return;
    }
    find_imports(verdict, entry, objects);
    bool wanted = false;
    for (size_t i = 0; i < verdict->import_count; i++)
        if (verdict->imports[i].wanted) wanted = true;
    if (config->process.disable) {
        verdict->text = "disabled for the whole process";
    } else if (!entry->options.enabled) {
        verdict->text = "left alone: enabled = no";
    } else if (wanted) {
        verdict->cached = entry->options.maxsize != 0;
        verdict->text = cached_text(entry);
    } else if (verdict->import_count > 0) {
        verdict->text = unwanted_text(pool, entry, verdict);
    } else {
        verdict->text = absent_text(pool, entry, objects);
    }
}
