/* Our look-up against the loader's: with LD_BIND_NOW every reference of this program, of libm, libc
 * and of the sanitizers' libraries, which interpose hundreds of names, holds what it found. */
#include "check.h"

#include "rebind/lookup.h"
#include "rebind/protection.h"
#include "rebind/relocation.h"

#include <dlfcn.h>
#include <math.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static struct snapshot snapshot;

struct tally {
    unsigned same, indirect, canonical, undefined;
};

/* Left to the loader, which keeps a table of them: C++ data, never functions. */
static bool is_unique(const struct symbol_name *name, uintptr_t address)
{
    struct definition export = {.object = snapshot_owner(&snapshot, address)};
    while (export.object && lookup_next_export(name, &export))
        if (ELF64_ST_BIND(export.object->symbols[export.index].st_info) == STB_GNU_UNIQUE)
            return true;
    return false;
}

static void check_reference(const struct object *importer, const ElfW(Rela) * relocation,
                            struct tally *tally)
{
    uint32_t index = ELF64_R_SYM(relocation->r_info), type = ELF64_R_TYPE(relocation->r_info);
    if (type != RELOCATION_JUMP_SLOT && type != RELOCATION_GLOB_DAT) return;
    const ElfW(Sym) *symbol = &importer->symbols[index];
    if (index == 0 || ELF64_ST_BIND(symbol->st_info) == STB_LOCAL) return;

    uintptr_t held = *(uintptr_t *)(importer->base + relocation->r_offset);
    struct symbol_name name = symbol_name(symbol_text(importer, symbol));
    struct definition found;
    if (!lookup_reference(&snapshot, importer, index, &name, &found)) {
        tally->undefined++;
        CHECK(held == 0 || is_unique(&name, held));
    } else if (lookup_is_indirect(&found)) {
        tally->indirect++;
        /* In the same object, or in the vdso: time() and gettimeofday(). */
        const struct object *owner = snapshot_owner(&snapshot, held);
        CHECK(owner && object_holds(owner, held, 1, PF_X));
    } else if (lookup_address(&found) == held) {
        tally->same++;
    } else {
        /* Copied data and PLT entries of a program that is not position-independent. */
        bool program = snapshot_owner(&snapshot, held) == &snapshot.objects[0];
        if (!program) printf("differs: %s in %s\n", name.text, importer->path);
        CHECK(program && type == RELOCATION_GLOB_DAT);
        tally->canonical++;
    }
}

static void check_references(void)
{
    struct tally tally = {0};
    for (size_t i = 0; i < snapshot.count; i++) {
        const struct object *object = &snapshot.objects[i];
        if (object->role == ROLE_LOADER || object->role == ROLE_VDSO) continue;
        for (int t = 0; t < 2; t++)
            for (size_t k = 0; k < object->relocations[t].count; k++)
                check_reference(object, &object->relocations[t].entries[k], &tally);
    }
    printf("references: %u the same, %u indirect, %u canonical, %u undefined\n", tally.same,
           tally.indirect, tally.canonical, tally.undefined);
    CHECK(tally.same > 200);
}

static const struct object *object_named(const char *soname)
{
    for (size_t i = 0; i < snapshot.count; i++)
        if (snapshot.objects[i].soname && strcmp(snapshot.objects[i].soname, soname) == 0)
            return &snapshot.objects[i];
    return NULL;
}

static void check_roles(void)
{
    unsigned roles[6] = {0};
    for (size_t i = 0; i < snapshot.count; i++)
        roles[snapshot.objects[i].role]++;
    CHECK(snapshot.objects[0].role == ROLE_PROGRAM);
    CHECK(roles[ROLE_PROGRAM] == 1 && roles[ROLE_LOADER] == 1 && roles[ROLE_LIBC] == 1);
    CHECK(roles[ROLE_VDSO] <= 1);
    CHECK(object_named("libc.so.6") && object_named("libc.so.6")->role == ROLE_LIBC);
    CHECK(snapshot.startup == snapshot.count);
    CHECK(snapshot.adds == snapshot_adds());
    CHECK(snapshot_consistent());
}

/* What is opened later is not taken for a part of the program. */
static void check_later(void)
{
    void *handle = dlopen("libnss_files.so.2", RTLD_NOW);
    if (!handle) handle = dlopen("libresolv.so.2", RTLD_NOW);
    if (!handle) return;
    struct snapshot later = {0};
    CHECK(snapshot_take(&later));
    CHECK(later.count > snapshot.count && later.startup == snapshot.startup);
    CHECK(later.adds > snapshot.adds);
    snapshot_release(&later);
    dlclose(handle);
}

static void check_versions(void)
{
    struct symbol_name name = symbol_name("pow");
    struct definition export = {.object = object_named("libm.so.6")};
    bool old = false, new = false;
    CHECK(export.object != NULL);
    while (export.object && lookup_next_export(&name, &export)) {
        old |= strcmp(export.version, "GLIBC_2.2.5") == 0 && lookup_is_hidden(&export);
        new |= strcmp(export.version, "GLIBC_2.29") == 0 && !lookup_is_hidden(&export);
    }
    CHECK(old && new);
    struct symbol_name missing = symbol_name("no_such_symbol_anywhere");
    for (size_t i = 0; i < snapshot.count; i++)
        CHECK(symbol_find(&snapshot.objects[i], &missing, 0) == 0);
}

/* What we would assume without /proc is what the kernel says. */
static void check_protections(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    CHECK(protections_read());
    CHECK(protection_of((uintptr_t)check_protections) == (PROT_READ | PROT_EXEC));
    CHECK(protection_of(0) == -1);
    for (size_t i = 0; i < snapshot.count; i++) {
        const struct object *object = &snapshot.objects[i];
        if (object->role == ROLE_VDSO) continue;
        for (uintptr_t at = object->low & -page; at < object->high; at += page) {
            int assumed = object_protection(object, at, page), real = protection_of(at);
            if (assumed == PROT_NONE) continue; /* between segments: nothing lies there */
            if (assumed != real) printf("%s + %lx: %d\n", object->path, at - object->base, real);
            CHECK(assumed == real);
        }
    }
}

int main(int argc, char **argv)
{
    (void)argc;
    if (!getenv("LD_BIND_NOW")) {
        setenv("LD_BIND_NOW", "1", 1);
        execv("/proc/self/exe", argv);
        return 1;
    }
    volatile double x = 2;
    CHECK(pow(x, x) == 4);
    CHECK(snapshot_take(&snapshot));
    check_roles();
    check_references();
    check_versions();
    check_protections();
    check_later();
    return check_done("lookup");
}
