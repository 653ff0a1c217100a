#include "rebind/lookup.h"

#include <string.h>

/* A symbol that other objects may be bound to. An undefined one with a value is the program's PLT
 * entry, which serves comparisons of addresses only. */
static bool is_definition(const ElfW(Sym) * symbol)
{
    const unsigned types = 1u << STT_NOTYPE | 1u << STT_OBJECT | 1u << STT_FUNC | 1u << STT_COMMON |
                           1u << STT_TLS | 1u << STT_GNU_IFUNC;
    unsigned type = ELF64_ST_TYPE(symbol->st_info);
    if (symbol->st_shndx == SHN_UNDEF) return false;
    if (symbol->st_value == 0 && symbol->st_shndx != SHN_ABS && type != STT_TLS) return false;
    return types >> type & 1;
}

static bool is_exported(const ElfW(Sym) * symbol)
{
    unsigned visibility = ELF64_ST_VISIBILITY(symbol->st_other);
    unsigned binding = ELF64_ST_BIND(symbol->st_info);
    return visibility != STV_HIDDEN && visibility != STV_INTERNAL && binding != STB_LOCAL;
}

/* --- one object ------------------------------------------------------------------------------- */

/* A reference to a version is met by that version, or by a definition without one that is not
 * hidden. An object without version tables meets any. */
static bool version_meets(const struct object *object, uint32_t index, const char *wanted)
{
    if (!object->versions) return true;
    const char *version = symbol_version(object, index);
    if (version) return strcmp(version, wanted) == 0;
    return !(object->versions[index] & VERSION_HIDDEN);
}

/* A reference without a version is met by a definition without one or of the object's first; else
 * by the only one that is not hidden. */
static bool unversioned_meets(const struct object *object, uint32_t index)
{
    return !object->versions || (object->versions[index] & ~VERSION_HIDDEN) < 3;
}

static uint32_t find_match(const struct object *object, const struct symbol_name *name,
                           const char *version)
{
    uint32_t only = 0, index = 0;
    unsigned versioned = 0;
    while ((index = symbol_find(object, name, index)) != 0) {
        if (!is_definition(&object->symbols[index])) continue;
        if (version ? version_meets(object, index, version) : unversioned_meets(object, index))
            return index;
        if (!version && !(object->versions[index] & VERSION_HIDDEN) && versioned++ == 0)
            only = index;
    }
    return versioned == 1 ? only : 0;
}

static bool match_in(const struct object *object, const struct symbol_name *name,
                     const char *version, struct definition *found)
{
    if (object->role == ROLE_VDSO) return false;
    uint32_t index = find_match(object, name, version);
    if (!index || !is_exported(&object->symbols[index])) return false;
    *found = (struct definition){object, index, symbol_version(object, index)};
    return true;
}

bool lookup_next_export(const struct symbol_name *name, struct definition *found)
{
    const struct object *object = found->object;
    while ((found->index = symbol_find(object, name, found->index)) != 0) {
        const ElfW(Sym) *symbol = &object->symbols[found->index];
        if (!is_definition(symbol) || !is_exported(symbol)) continue;
        found->version = symbol_version(object, found->index);
        return true;
    }
    return false;
}

/* --- scopes ----------------------------------------------------------------------------------- */

static bool find_first(const struct snapshot *snapshot, const struct symbol_name *name,
                       const char *version, struct definition *found)
{
    for (size_t i = 0; i < snapshot->startup; i++)
        if (match_in(&snapshot->objects[i], name, version, found)) return true;
    return false;
}

static bool find_only(const struct snapshot *snapshot, const struct symbol_name *name,
                      const char *version, struct definition *found)
{
    size_t matches = 0;
    struct definition match;
    for (size_t i = 0; i < snapshot->count; i++)
        if (match_in(&snapshot->objects[i], name, version, &match) && matches++ == 0)
            *found = match;
    return matches == 1;
}

bool lookup_is_unique(const struct snapshot *snapshot, const struct symbol_name *name)
{
    size_t matches = 0;
    for (size_t i = 0; i < snapshot->count; i++) {
        struct definition definition = {.object = &snapshot->objects[i]};
        if (definition.object->role != ROLE_VDSO && lookup_next_export(name, &definition))
            matches++;
    }
    return matches == 1;
}

static bool find_in_scope(const struct snapshot *snapshot, const struct object *importer,
                          const char *version, const struct symbol_name *name,
                          struct definition *found)
{
    if (importer->symbolic && match_in(importer, name, version, found)) return true;
    if ((size_t)(importer - snapshot->objects) < snapshot->startup)
        return find_first(snapshot, name, version, found);
    return find_only(snapshot, name, version, found);
}

bool lookup_reference(const struct snapshot *snapshot, const struct object *importer,
                      uint32_t index, const struct symbol_name *name, struct definition *found)
{
    const ElfW(Sym) *reference = &importer->symbols[index];
    if (ELF64_ST_VISIBILITY(reference->st_other) != STV_DEFAULT) {
        *found = (struct definition){importer, index, symbol_version(importer, index)};
        return is_definition(reference);
    }
    const char *version = symbol_version(importer, index);
    /* A unique symbol is bound process-wide by a table of the loader's own: it would know. */
    return find_in_scope(snapshot, importer, version, name, found) &&
           ELF64_ST_BIND(found->object->symbols[found->index].st_info) != STB_GNU_UNIQUE;
}

/* --- addresses -------------------------------------------------------------------------------- */

bool lookup_is_indirect(const struct definition *definition)
{
    const ElfW(Sym) *symbol = &definition->object->symbols[definition->index];
    return ELF64_ST_TYPE(symbol->st_info) == STT_GNU_IFUNC;
}

bool lookup_is_hidden(const struct definition *definition)
{
    const struct object *object = definition->object;
    return object->versions && (object->versions[definition->index] & VERSION_HIDDEN);
}

uintptr_t lookup_address(const struct definition *definition)
{
    const ElfW(Sym) *symbol = &definition->object->symbols[definition->index];
    return symbol->st_shndx == SHN_ABS ? symbol->st_value
                                       : definition->object->base + symbol->st_value;
}
