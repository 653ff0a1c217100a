#include "rebind/scan.h"

#include "rebind/loader.h"
#include "rebind/log.h"
#include "rebind/patch.h"
#include "rebind/relocation.h"
#include "rebind/restore.h"
#include "slot.h"

#include <dlfcn.h>
#include <string.h>

#define BATCH       64
#define AHEAD       8 /* relocations */
#define FEW_OBJECTS 12

static struct pool *pool;
static struct snapshot snapshot;
static unsigned long long adds_seen;

/* References found in one object and not yet written. */
static struct patch patches[BATCH];
static struct rebound found[BATCH];
static size_t batch_count;

bool scan_start(struct pool *memory)
{
    pool = memory;
    snapshot.objects = pool_alloc(pool, FEW_OBJECTS * sizeof(*snapshot.objects));
    snapshot.capacity = FEW_OBJECTS;
    snapshot.lent = true;
    return snapshot.objects != NULL;
}

/* --- what a definition is replaced by --------------------------------------------------------- */

/* An original is code of a loaded object that is not ours. */
static const struct object *code_owner(uintptr_t address)
{
    const struct object *owner = snapshot_owner(&snapshot, address);
    bool code = owner && owner->role != ROLE_OURS && owner->role != ROLE_VDSO &&
                object_holds(owner, address, 1, PF_X);
    return code ? owner : NULL;
}

static struct replacement *still_good(struct replacement *known)
{
    return known && !provider_gone(known->provider) ? known : NULL;
}

static struct replacement *replace(struct target *target, const struct definition *definition)
{
    if (!target_accepts(target, definition->object)) {
        target->notes |= NOTE_LIBRARY;
        target->library = rebind_file_name(definition->object->path);
        return NULL;
    }
    if (relocation_symbol_is_variant(&definition->object->symbols[definition->index])) {
        target->notes |= NOTE_VARIANT;
        return NULL;
    }
    struct provider *provider = provider_keep(&snapshot, definition->object, pool);
    uintptr_t original = provider ? provider_address(provider, definition, &target->name) : 0;
    struct replacement *known = target_known(target, original);
    if (known) return still_good(known);
    if (original && code_owner(original))
        known = target_bind(target, definition, provider, original);
    if (!known) target->notes |= NOTE_DECLINED;
    return known;
}

/* Whether an export is what stands behind `address`. Only the loader can tell for an indirect one;
 * it is not asked about a provider that nobody wants. */
static bool export_is_at(const struct target *target, const struct definition *export,
                         uintptr_t address)
{
    if (!lookup_is_indirect(export)) return lookup_address(export) == address;
    if (!target_accepts(target, export->object)) return true;
    struct provider *provider = provider_keep(&snapshot, export->object, pool);
    return provider && provider_address(provider, export, &target->name) == address;
}

/* The definition of the target's name at `address`: an original is what its own object exports
 * under that name. This alone keeps out PLT entries, resolved or not, the hooks of others, and
 * pointers that the program has changed. Of several versions `version` is preferred. */
static bool export_at(const struct target *target, uintptr_t address, const char *version,
                      struct definition *match)
{
    struct definition export = {.object = code_owner(address)};
    match->object = NULL;
    if (!export.object) return false;
    while (lookup_next_export(&target->name, &export)) {
        bool preferred = version && export.version && strcmp(version, export.version) == 0;
        if (match->object && !preferred) continue;
        if (!export_is_at(target, &export, address)) continue;
        *match = export;
        if (preferred) break;
    }
    return match->object != NULL;
}

/* --- references ------------------------------------------------------------------------------- */

static bool is_canonical(const struct target *target, uintptr_t value)
{
    const struct object *program = &snapshot.objects[0];
    uint32_t index = 0;
    while ((index = symbol_find(program, &target->name, index)) != 0) {
        const ElfW(Sym) *symbol = &program->symbols[index];
        if (symbol->st_shndx == SHN_UNDEF && symbol->st_value &&
            program->base + symbol->st_value == value)
            return true;
    }
    return false;
}

struct reference {
    const struct object *importer;
    struct target *target;
    uintptr_t address, value;
    uint32_t symbol, type;
};

/* A slot of the PLT that leads back into its own object has not been called yet; or the object
 * bound it to itself, in which case the look-up arrives there too. */
static bool awaits_binding(const struct reference *reference)
{
    return reference->type == RELOCATION_JUMP_SLOT &&
           object_holds(reference->importer, reference->value, 1, PF_X);
}

static struct replacement *replacement_of(const struct reference *reference)
{
    struct target *target = reference->target;
    struct replacement *known = target_known(target, reference->value);
    if (known) return still_good(known);

    struct definition definition;
    const char *version = symbol_version(reference->importer, reference->symbol);
    if (export_at(target, reference->value, version, &definition))
        return replace(target, &definition);
    if (awaits_binding(reference)) {
        if (lookup_reference(&snapshot, reference->importer, reference->symbol, &target->name,
                             &definition))
            return replace(target, &definition);
        target->notes |= NOTE_UNDEFINED;
    } else {
        bool canonical = is_canonical(target, reference->value);
        target->notes |= canonical ? NOTE_CANONICAL : NOTE_FOREIGN;
    }
    return NULL;
}

static bool is_staying(const struct object *object)
{
    return (size_t)(object - snapshot.objects) < snapshot.startup;
}

static void flush(const struct object *importer)
{
    if (batch_count == 0) return;
    patches_apply(patches, batch_count);
    for (size_t i = 0; i < batch_count; i++) {
        found[i].applied = patches[i].applied;
        if (patches[i].applied)
            found[i].replacement->wanted->references++;
        else
            found[i].target->notes |= NOTE_UNWRITABLE;
        if (patches[i].applied && found[i].type == RELOCATION_JUMP_SLOT && is_staying(importer))
            restore_note(pool, patches[i].reference, patches[i].read_only);
    }
    log_rebound(importer, found, batch_count);
    batch_count = 0;
}

/* Whether a reference, or dlsym(), shall lead to the stub. After rebind_restore() none does, unless
 * the stub has been an address of the function, which must stay the same. */
static bool leads_to_stub(struct replacement *replacement, bool is_address)
{
    bool restored = restore_is_done(slot_of_stub((const void *)replacement->stub));
    if (!is_address) return !restored;
    replacement->addressed |= !restored;
    return replacement->addressed;
}

/* What an object that may be unloaded holds is given back here, if it is there. */
static void give_back(const struct reference *reference, const struct slot *slot)
{
    struct patch patch = {
        .object = reference->importer,
        .reference = reference->address,
        .expected = reference->value,
        .original = reference->value,
        .replacement = (uintptr_t)slot->original,
    };
    patches_apply(&patch, 1);
}

static void consider(const struct reference *reference)
{
    const bool is_call = reference->type == RELOCATION_JUMP_SLOT;
    const struct slot *slot = slot_of_stub((const void *)reference->value);
    if (slot && is_call && restore_is_done(slot)) give_back(reference, slot);
    if (slot) return;
    struct replacement *replacement = replacement_of(reference);
    if (!replacement || !leads_to_stub(replacement, !is_call)) return;
    if (batch_count == BATCH) flush(reference->importer);
    patches[batch_count] = (struct patch){
        .object = reference->importer,
        .reference = reference->address,
        .expected = reference->value,
        .original = replacement->original,
        .replacement = replacement->stub,
    };
    found[batch_count++] = (struct rebound){
        .target = reference->target,
        .replacement = replacement,
        .type = reference->type,
    };
}

/* --- objects ---------------------------------------------------------------------------------- */

static bool may_name_function(const ElfW(Rela) * relocation)
{
    switch (ELF64_R_TYPE(relocation->r_info)) {
    case RELOCATION_JUMP_SLOT:
    case RELOCATION_GLOB_DAT:
        return true;
    case RELOCATION_ABSOLUTE:
        return relocation->r_addend == 0;
    default:
        return false;
    }
}

static void scan_relocation(const struct object *importer, const ElfW(Rela) * relocation)
{
    uint32_t index = ELF64_R_SYM(relocation->r_info);
    if (index == 0 || !may_name_function(relocation)) return;
    const ElfW(Sym) *symbol = &importer->symbols[index];
    if (symbol->st_name >= importer->strings_size) return;
    struct target *target =
        target_meet(importer->strings + symbol->st_name, importer->strings_size - symbol->st_name);
    if (!target || ELF64_ST_BIND(symbol->st_info) == STB_LOCAL) return;

    uintptr_t address = importer->base + relocation->r_offset;
    if (address % sizeof(uintptr_t) || !object_holds(importer, address, sizeof(uintptr_t), PF_R))
        return;
    const struct reference reference = {
        .importer = importer,
        .target = target,
        .address = address,
        .value = __atomic_load_n((uintptr_t *)address, __ATOMIC_ACQUIRE),
        .symbol = index,
        .type = ELF64_R_TYPE(relocation->r_info),
    };
    consider(&reference);
}

/* Not patched: the loader, which runs before and below everything; libc, whose own calls are not
 * the program's; the vdso; and ourselves, whose calls must arrive. */
static bool is_scanned(const struct object *object)
{
    return object->role == ROLE_LIBRARY || object->role == ROLE_PROGRAM;
}

/* Symbols and names lie scattered over megabytes: what a later relocation needs is asked for while
 * this one is looked at, which makes large programs half again as fast to scan. */
static void prefetch(const struct object *object, const struct relocation_table *table, size_t i)
{
    if (i + 2 * AHEAD >= table->count) return;
    const ElfW(Rela) *entries = table->entries + i;
    const ElfW(Sym) *near = &object->symbols[ELF64_R_SYM(entries[AHEAD].r_info)];
    __builtin_prefetch(&object->symbols[ELF64_R_SYM(entries[2 * AHEAD].r_info)]);
    __builtin_prefetch(object->strings + near->st_name);
}

static void scan_object(const struct object *object)
{
    for (size_t t = 0; t < 2; t++) {
        const struct relocation_table *table = &object->relocations[t];
        for (size_t i = 0; i < table->count; i++) {
            prefetch(object, table, i);
            scan_relocation(object, &table->entries[i]);
        }
    }
    flush(object);
}

bool scan_is_due(void)
{
    return snapshot_adds() != __atomic_load_n(&adds_seen, __ATOMIC_RELAXED);
}

static bool look_around(void)
{
    if (!snapshot_take(&snapshot) || !snapshot_consistent()) return false;
    providers_check(&snapshot);
    return true;
}

void scan_objects(void *done)
{
    if (!look_around()) return;
    bool first = adds_seen == 0;
    if (first) loader_find(&snapshot);
    patches_start();
    for (size_t i = 0; i < snapshot.count; i++)
        if (is_scanned(&snapshot.objects[i])) scan_object(&snapshot.objects[i]);
    __atomic_store_n(&adds_seen, snapshot.adds, __ATOMIC_RELAXED);
    if (first) log_unbound();
    *(bool *)done = true;
}

/* --- dlsym ------------------------------------------------------------------------------------ */

/* RTLD_DEFAULT means the scope of the caller, and `real` was found in ours: the same for all that
 * came with the program unless it looks into itself first. */
static bool same_scope(const struct scan_request *request, const struct target *target)
{
    if (request->handle != RTLD_DEFAULT) return true;
    const struct object *caller = snapshot_owner(&snapshot, (uintptr_t)request->caller);
    if (!caller || caller->symbolic) return false;
    return is_staying(caller) || lookup_is_unique(&snapshot, &target->name);
}

void scan_request(void *argument)
{
    struct scan_request *request = argument;
    if (!look_around()) return;
    struct target *target = target_meet(request->symbol, strlen(request->symbol) + 1);
    if (!target || !same_scope(request, target)) return;
    struct replacement *replacement = still_good(target_known(target, request->real));
    struct definition definition;
    if (!replacement && export_at(target, request->real, request->version, &definition))
        replacement = replace(target, &definition);
    if (replacement && leads_to_stub(replacement, true)) request->stub = replacement->stub;
}
