/* Reads from an ELF file what the dynamic linker would: what it is, which symbols it refers to and
 * which it defines. Uses libelf; nothing of the file is executed. */
#ifndef MEMO_ELF_FILE_H
#define MEMO_ELF_FILE_H

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>

struct elf_file {
    const char *path; /* as given to elf_file_open(), not copied */
    const char *name; /* its last part */
    Elf *elf;
    int descriptor;
    unsigned char class; /* ELFCLASS32 or ELFCLASS64 */
    unsigned machine;
    bool dynamic;            /* has a dynamic section: the loader has work with it */
    bool program;            /* to be run, not only loaded: ET_EXEC, or marked as a PIE */
    bool symbolic;           /* linked with -Bsymbolic: its own definitions come first */
    const char *interpreter; /* the loader that it asks for, or NULL */

    Elf_Data *symbols, *versions; /* .dynsym and .gnu.version, NULL where there is none */
    Elf_Data *required, *defined; /* .gnu.version_r and .gnu.version_d */
    size_t symbol_section, names_section;
    size_t symbol_count;
};

/* 0 and an open file, ENOEXEC for what is no ELF file, or the errno value of opening it. */
int elf_file_open(struct elf_file *file, const char *path);
void elf_file_close(struct elf_file *file);

/* How an object refers to a symbol, or'ed. */
enum reference_kind {
    REFERENCE_CALL = 1,    /* JUMP_SLOT: called through the PLT */
    REFERENCE_ADDRESS = 2, /* GLOB_DAT: called without a PLT, or its address is taken */
    REFERENCE_DATA = 4,    /* an absolute address with no addend: a pointer in static data */
};

struct reference {
    const char *version; /* that it asks for; "" for none */
    unsigned kinds;
};

/* Finds the references to `symbol` that can be rebound: one per version, `max` at most. Returns
 * how many were stored. */
size_t elf_file_references(const struct elf_file *file, const char *symbol,
                           struct reference *references, size_t max);

struct definition {
    const char *version; /* "" in an object without versions */
    bool indirect;       /* IFUNC: the address is chosen when the program starts */
};

/* Looks for a definition of `symbol` that a reference with `version` ("" for none) would be bound
 * to, by the rules of glibc's elf/dl-lookup.c, check_match(). */
bool elf_file_definition(const struct elf_file *file, const char *symbol, const char *version,
                         struct definition *definition);

/* True if the symbol table for debugging knows a function of this name that isn't exported. */
bool elf_file_hides(const struct elf_file *file, const char *symbol);

#endif
