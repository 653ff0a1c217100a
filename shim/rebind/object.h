/* The loaded objects of this process, as facts: where each one is mapped and where its symbol and
 * relocation tables are.
 *
 * A snapshot is only true while the loader's lock is held (tick.h): every pointer in it leads into
 * the objects themselves. Its memory is mmap's and is reused by the next snapshot.
 *
 * Sources: System V gABI, chapters 4 and 5; dl_iterate_phdr(3). */
#ifndef MEMO_REBIND_OBJECT_H
#define MEMO_REBIND_OBJECT_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum object_role {
    ROLE_LIBRARY,
    ROLE_PROGRAM,
    ROLE_LOADER, /* ld.so */
    ROLE_VDSO,   /* in no scope: the loader never binds a reference to it */
    ROLE_LIBC,
    ROLE_OURS,
};

/* Relocations that may name a symbol: DT_RELA without its leading RELATIVE ones, and DT_JMPREL. */
struct relocation_table {
    const ElfW(Rela) * entries;
    size_t count;
};

struct object {
    const char *path;    /* never NULL; of the program as it was executed */
    const char *name;    /* as the loader knows it: "" for the program */
    const char *soname;  /* or NULL */
    uintptr_t base;      /* what is added to every address in the file */
    uintptr_t low, high; /* of all segments */
    const ElfW(Phdr) * segments;
    size_t segment_count;
    const ElfW(Dyn) * dynamic;
    enum object_role role;
    bool symbolic; /* looks into itself first */

    const ElfW(Sym) * symbols;
    const char *strings;
    size_t strings_size;
    const uint32_t *gnu_hash, *sysv_hash; /* either may be NULL */
    const ElfW(Half) * versions;          /* per symbol; NULL: the object has none */
    const ElfW(Verneed) * versions_needed;
    const ElfW(Verdef) * versions_defined;
    size_t versions_needed_count, versions_defined_count;
    struct relocation_table relocations[2];
};

struct snapshot {
    struct object *objects; /* in the loader's order, the program first */
    size_t count, capacity;
    bool lent;      /* the objects are in memory of its owner's, until they are too many */
    size_t startup; /* so many of them came with the program, and are never unloaded */
    unsigned long long adds, removals; /* of the whole process so far */
};

/* Fills *snapshot, which is zeroed before the first use. False: no memory. */
bool snapshot_take(struct snapshot *snapshot);
void snapshot_release(struct snapshot *snapshot);

/* How many objects have ever been loaded: some 10 ns, no loader lock but the one of
 * dl_iterate_phdr. */
unsigned long long snapshot_adds(void);

/* False while the loader is in the middle of adding or removing objects on this very thread. */
bool snapshot_consistent(void);

/* The object that has `address` in one of its segments, or NULL. */
const struct object *snapshot_owner(const struct snapshot *snapshot, uintptr_t address);

/* Whether [address, address + size) lies in one segment whose flags (PF_R, PF_W, PF_X) include
 * `flags`. */
bool object_holds(const struct object *object, uintptr_t address, size_t size, uint32_t flags);

/* The protection (PROT_*) that the loader gives to the page at `page` of a relocated object. Only
 * for when the kernel can't be asked: the program may have changed it. */
int object_protection(const struct object *object, uintptr_t page, size_t page_size);

#endif
