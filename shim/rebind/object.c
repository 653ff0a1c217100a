#include "rebind/object.h"

#include "glibc.h"

#include "rebind/rebind.h"

#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>

#define FIRST_CAPACITY 256

/* Set by the linker. */
extern const char __ehdr_start[] __attribute__((visibility("hidden")));
extern const char _end[] __attribute__((visibility("hidden")));

bool rebind_is_ours(const void *address)
{
    return (const char *)address >= __ehdr_start && (const char *)address < _end;
}

const char *rebind_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* --- what the process is made of -------------------------------------------------------------- */

/* Objects are recognised by address: the vdso's name may be empty, ld.so may run under any. */
struct landmarks {
    uintptr_t loader, vdso, libc;
    const char *program;
};

static const struct r_debug *loader_state; /* NULL in a program without DT_DEBUG */

static const struct r_debug *find_loader_state(const struct object *program)
{
    for (const ElfW(Dyn) *entry = program->dynamic; entry && entry->d_tag != DT_NULL; entry++)
        if (entry->d_tag == DT_DEBUG) return (const struct r_debug *)entry->d_un.d_ptr;
    return NULL;
}

bool snapshot_consistent(void)
{
    return !loader_state || loader_state->r_state == RT_CONSISTENT;
}

/* AT_BASE is 0 where ld.so was started as the program; a text of libc's is inside libc whoever
 * interposes its functions. */
static struct landmarks find_landmarks(void)
{
    uintptr_t loader = loader_state ? loader_state->r_ldbase : 0;
    const char *program = (const char *)getauxval(AT_EXECFN);
    return (struct landmarks){
        .loader = loader ? loader : getauxval(AT_BASE),
        .vdso = getauxval(AT_SYSINFO_EHDR),
        .libc = (uintptr_t)gnu_get_libc_version(),
        .program = program ? program : "",
    };
}

static bool object_spans(const struct object *object, uintptr_t address)
{
    return address >= object->low && address < object->high;
}

static enum object_role find_role(const struct object *object, const struct landmarks *landmarks,
                                  bool first)
{
    if (first) return ROLE_PROGRAM;
    if (landmarks->loader && object_spans(object, landmarks->loader)) return ROLE_LOADER;
    if (landmarks->vdso && object_spans(object, landmarks->vdso)) return ROLE_VDSO;
    if (object_spans(object, landmarks->libc)) return ROLE_LIBC;
    if (rebind_is_ours((const void *)object->low)) return ROLE_OURS;
    return ROLE_LIBRARY;
}

/* --- one object ------------------------------------------------------------------------------- */

static void read_segments(struct object *object)
{
    object->low = UINTPTR_MAX;
    for (size_t i = 0; i < object->segment_count; i++) {
        const ElfW(Phdr) *segment = &object->segments[i];
        uintptr_t start = object->base + segment->p_vaddr;
        if (segment->p_type == PT_DYNAMIC) object->dynamic = (const ElfW(Dyn) *)start;
        if (segment->p_type != PT_LOAD) continue;
        if (start < object->low) object->low = start;
        if (start + segment->p_memsz > object->high) object->high = start + segment->p_memsz;
    }
}

/* glibc adds the base to the addresses of the dynamic section in place, but not where that section
 * is read-only, nor in the vdso; what is below the base still lacks it. */
static const void *dynamic_address(const struct object *object, ElfW(Addr) address)
{
    return (const void *)(address < object->base ? object->base + address : address);
}

struct relocation_facts {
    size_t rela_size, rela_entry, relative_count, plt_size, plt_type;
    const ElfW(Rela) * rela, *plt;
};

static void read_entry(struct object *object, struct relocation_facts *facts,
                       const ElfW(Dyn) * entry, ElfW(Addr) * soname)
{
    ElfW(Addr) value = entry->d_un.d_val;
    switch (entry->d_tag) {
    case DT_SYMTAB:
        object->symbols = dynamic_address(object, value);
        break;
    case DT_STRTAB:
        object->strings = dynamic_address(object, value);
        break;
    case DT_STRSZ:
        object->strings_size = value;
        break;
    case DT_SONAME:
        *soname = value;
        break;
    case DT_GNU_HASH:
        object->gnu_hash = dynamic_address(object, value);
        break;
    case DT_HASH:
        object->sysv_hash = dynamic_address(object, value);
        break;
    case DT_VERSYM:
        object->versions = dynamic_address(object, value);
        break;
    case DT_VERNEED:
        object->versions_needed = dynamic_address(object, value);
        break;
    case DT_VERNEEDNUM:
        object->versions_needed_count = value;
        break;
    case DT_VERDEF:
        object->versions_defined = dynamic_address(object, value);
        break;
    case DT_VERDEFNUM:
        object->versions_defined_count = value;
        break;
    case DT_SYMBOLIC:
        object->symbolic = true;
        break;
    case DT_FLAGS:
        object->symbolic |= (value & DF_SYMBOLIC) != 0;
        break;
    case DT_RELA:
        facts->rela = dynamic_address(object, value);
        break;
    case DT_RELASZ:
        facts->rela_size = value;
        break;
    case DT_RELAENT:
        facts->rela_entry = value;
        break;
    case DT_RELACOUNT:
        facts->relative_count = value;
        break;
    case DT_JMPREL:
        facts->plt = dynamic_address(object, value);
        break;
    case DT_PLTRELSZ:
        facts->plt_size = value;
        break;
    case DT_PLTREL:
        facts->plt_type = value;
        break;
    }
}

static void set_relocations(struct object *object, const struct relocation_facts *facts)
{
    size_t count = facts->rela_size / sizeof(ElfW(Rela)), skip = facts->relative_count;
    if (facts->rela && facts->rela_entry == sizeof(ElfW(Rela)) && skip <= count)
        object->relocations[0] = (struct relocation_table){facts->rela + skip, count - skip};
    if (facts->plt && facts->plt_type == DT_RELA)
        object->relocations[1] =
            (struct relocation_table){facts->plt, facts->plt_size / sizeof(ElfW(Rela))};
}

static void read_dynamic(struct object *object)
{
    struct relocation_facts facts = {0};
    ElfW(Addr) soname = 0;
    for (const ElfW(Dyn) *entry = object->dynamic; entry && entry->d_tag != DT_NULL; entry++)
        read_entry(object, &facts, entry, &soname);
    if (!object->symbols || !object->strings) {
        object->gnu_hash = object->sysv_hash = NULL;
        return;
    }
    if (soname && soname < object->strings_size) object->soname = object->strings + soname;
    set_relocations(object, &facts);
}

/* --- all of them ------------------------------------------------------------------------------ */

static int copy_facts(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct snapshot *snapshot = data;
    snapshot->adds = info->dlpi_adds;
    snapshot->removals = info->dlpi_subs;
    if (snapshot->count < snapshot->capacity)
        snapshot->objects[snapshot->count] = (struct object){
            .name = info->dlpi_name ? info->dlpi_name : "",
            .base = info->dlpi_addr,
            .segments = info->dlpi_phdr,
            .segment_count = info->dlpi_phnum,
        };
    snapshot->count++;
    return 0;
}

static bool snapshot_grow(struct snapshot *snapshot)
{
    size_t capacity = snapshot->count < FIRST_CAPACITY ? FIRST_CAPACITY : 2 * snapshot->count;
    void *memory = mmap(NULL, capacity * sizeof(struct object), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return false;
    struct object *old = snapshot->objects;
    size_t old_size = snapshot->capacity * sizeof(struct object);
    snapshot->objects = memory; /* before the old goes: a fork may fall in between */
    snapshot->capacity = capacity;
    if (old && !snapshot->lent) munmap(old, old_size);
    snapshot->lent = false;
    return true;
}

static bool same_name(const struct object *object, const char *needed)
{
    if (object->soname && strcmp(object->soname, needed) == 0) return true;
    return strcmp(rebind_file_name(object->name), rebind_file_name(needed)) == 0;
}

/* The index after the last object that `object` needs, or `from` where that is less. */
static size_t last_needed(const struct snapshot *snapshot, const struct object *object, size_t from)
{
    if (!object->strings) return from;
    for (const ElfW(Dyn) *entry = object->dynamic; entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag != DT_NEEDED || entry->d_un.d_val >= object->strings_size) continue;
        for (size_t i = snapshot->count; i-- > from;)
            if (same_name(&snapshot->objects[i], object->strings + entry->d_un.d_val)) {
                from = i + 1;
                break;
            }
    }
    return from;
}

/* What came with the program stands first in the loader's list: the program, what is preloaded,
 * then what those need, libc last or nearly so. A constructor that ran before ours may already have
 * opened more, which none of them needs. */
static size_t count_startup(const struct snapshot *snapshot)
{
    size_t count = 1;
    for (size_t i = 0; i < count; i++)
        count = last_needed(snapshot, &snapshot->objects[i], count);
    return count;
}

bool snapshot_take(struct snapshot *snapshot)
{
    do {
        if (snapshot->count >= snapshot->capacity && !snapshot_grow(snapshot)) return false;
        snapshot->count = 0;
        dl_iterate_phdr(copy_facts, snapshot);
    } while (snapshot->count > snapshot->capacity);

    struct landmarks landmarks = {0};
    for (size_t i = 0; i < snapshot->count; i++) {
        struct object *object = &snapshot->objects[i];
        read_segments(object);
        if (i == 0) {
            loader_state = find_loader_state(object);
            landmarks = find_landmarks();
        }
        object->role = find_role(object, &landmarks, i == 0);
        object->path = i == 0 && !*object->name ? landmarks.program : object->name;
        read_dynamic(object);
    }
    if (snapshot->startup == 0) snapshot->startup = count_startup(snapshot);
    return true;
}

void snapshot_release(struct snapshot *snapshot)
{
    if (!snapshot->lent) munmap(snapshot->objects, snapshot->capacity * sizeof(struct object));
    *snapshot = (struct snapshot){0};
}

static int first_adds(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    *(unsigned long long *)data = info->dlpi_adds;
    return 1;
}

unsigned long long snapshot_adds(void)
{
    unsigned long long adds = 0;
    dl_iterate_phdr(first_adds, &adds);
    return adds;
}

const struct object *snapshot_owner(const struct snapshot *snapshot, uintptr_t address)
{
    for (size_t i = 0; i < snapshot->count; i++)
        if (object_spans(&snapshot->objects[i], address) &&
            object_holds(&snapshot->objects[i], address, 1, 0))
            return &snapshot->objects[i];
    return NULL;
}

/* --- addresses -------------------------------------------------------------------------------- */

bool object_holds(const struct object *object, uintptr_t address, size_t size, uint32_t flags)
{
    for (size_t i = 0; i < object->segment_count; i++) {
        const ElfW(Phdr) *segment = &object->segments[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & flags) != flags) continue;
        uintptr_t offset = address - (object->base + segment->p_vaddr);
        if (offset < segment->p_memsz && size <= segment->p_memsz - offset) return true;
    }
    return false;
}

/* Both ends of the RELRO range are rounded down, as the loader does: rounding its end up would
 * take in the program's data. */
static bool page_is_relro(const struct object *object, uintptr_t page, size_t page_size)
{
    for (size_t i = 0; i < object->segment_count; i++) {
        const ElfW(Phdr) *segment = &object->segments[i];
        if (segment->p_type != PT_GNU_RELRO) continue;
        uintptr_t start = object->base + segment->p_vaddr;
        uintptr_t end = (start + segment->p_memsz) & -page_size;
        if (page >= (start & -page_size) && page < end) return true;
    }
    return false;
}

int object_protection(const struct object *object, uintptr_t page, size_t page_size)
{
    if (page_is_relro(object, page, page_size)) return PROT_READ;
    int protection = PROT_NONE;
    for (size_t i = 0; i < object->segment_count; i++) {
        const ElfW(Phdr) *segment = &object->segments[i];
        uintptr_t start = object->base + segment->p_vaddr;
        if (segment->p_type != PT_LOAD || page < (start & -page_size) ||
            page >= start + segment->p_memsz)
            continue;
        protection = ((segment->p_flags & PF_R) ? PROT_READ : 0) |
                     ((segment->p_flags & PF_W) ? PROT_WRITE : 0) |
                     ((segment->p_flags & PF_X) ? PROT_EXEC : 0);
    }
    return protection;
}
