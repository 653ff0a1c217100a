#include "elf_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

/* .gnu.version: the low 15 bits are an index, the highest hides all but exact matches. */
#define VERSION_INDEX  0x7fff
#define VERSION_HIDDEN 0x8000

static void read_program_headers(struct elf_file *file)
{
    size_t count = 0, size = 0;
    const char *bytes = elf_rawfile(file->elf, &size);
    GElf_Phdr header;

    elf_getphdrnum(file->elf, &count);
    for (size_t i = 0; i < count && gelf_getphdr(file->elf, (int)i, &header); i++) {
        bool inside = header.p_offset < size && header.p_filesz <= size - header.p_offset;
        if (header.p_type == PT_DYNAMIC) file->dynamic = true;
        if (header.p_type == PT_INTERP && inside && header.p_filesz > 0 &&
            bytes[header.p_offset + header.p_filesz - 1] == '\0')
            file->interpreter = bytes + header.p_offset;
    }
}

static void read_dynamic(struct elf_file *file, Elf_Scn *section, const GElf_Shdr *header)
{
    Elf_Data *data = elf_getdata(section, NULL);
    GElf_Dyn entry;

    for (int i = 0;
         data && header->sh_entsize && (uint64_t)i < header->sh_size / header->sh_entsize; i++) {
        if (!gelf_getdyn(data, i, &entry) || entry.d_tag == DT_NULL) return;
        if (entry.d_tag == DT_SYMBOLIC) file->symbolic = true;
        if (entry.d_tag == DT_FLAGS && entry.d_un.d_val & DF_SYMBOLIC) file->symbolic = true;
        if (entry.d_tag == DT_FLAGS_1 && entry.d_un.d_val & DF_1_PIE) file->program = true;
    }
}

static void read_section(struct elf_file *file, Elf_Scn *section)
{
    GElf_Shdr header;

    if (!gelf_getshdr(section, &header)) return;
    switch (header.sh_type) {
    case SHT_DYNAMIC:
        read_dynamic(file, section, &header);
        break;
    case SHT_DYNSYM:
        file->symbols = elf_getdata(section, NULL);
        file->symbol_section = elf_ndxscn(section);
        file->names_section = header.sh_link;
        file->symbol_count = header.sh_entsize ? header.sh_size / header.sh_entsize : 0;
        break;
    case SHT_GNU_versym:
        file->versions = elf_getdata(section, NULL);
        break;
    case SHT_GNU_verneed:
        file->required = elf_getdata(section, NULL);
        break;
    case SHT_GNU_verdef:
        file->defined = elf_getdata(section, NULL);
        break;
    default:
        break;
    }
}

int elf_file_open(struct elf_file *file, const char *path)
{
    GElf_Ehdr header;

    *file = (struct elf_file){.path = path, .name = basename(path)};
    elf_version(EV_CURRENT);
    file->descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (file->descriptor < 0) return errno;
    file->elf = elf_begin(file->descriptor, ELF_C_READ_MMAP, NULL);
    if (!file->elf || elf_kind(file->elf) != ELF_K_ELF || !gelf_getehdr(file->elf, &header)) {
        elf_file_close(file);
        return ENOEXEC;
    }
    file->class = header.e_ident[EI_CLASS];
    file->machine = header.e_machine;
    file->program = header.e_type == ET_EXEC;
    read_program_headers(file);
    for (Elf_Scn *section = NULL; (section = elf_nextscn(file->elf, section));)
        read_section(file, section);
    if (file->interpreter) file->program = true;
    return 0;
}

void elf_file_close(struct elf_file *file)
{
    elf_end(file->elf);
    if (file->descriptor >= 0) close(file->descriptor);
    file->elf = NULL;
    file->descriptor = -1;
}

static const char *symbol_name(const struct elf_file *file, const GElf_Sym *symbol)
{
    const char *name = elf_strptr(file->elf, file->names_section, symbol->st_name);
    return name ? name : "";
}

static unsigned version_index(const struct elf_file *file, size_t symbol)
{
    GElf_Versym version;

    if (!file->versions || !gelf_getversym(file->versions, (int)symbol, &version)) return 1;
    return version;
}

/* Moves on in a chain of version records; false at its end, and for a broken file. */
static bool next_record(int *offset, unsigned distance)
{
    if (distance == 0 || distance > (unsigned)(INT_MAX - *offset)) return false;
    *offset += (int)distance;
    return true;
}

static const char *version_name(const struct elf_file *file, size_t offset)
{
    const char *name = elf_strptr(file->elf, file->names_section, offset);
    return name ? name : "";
}

/* The name behind an index that .gnu.version_r gives, or "". */
static const char *required_version(const struct elf_file *file, unsigned index)
{
    GElf_Verneed need;
    GElf_Vernaux name;
    int offset = 0;

    if (!file->required) return "";
    do {
        int at = offset;
        if (!gelf_getverneed(file->required, offset, &need) || !next_record(&at, need.vn_aux))
            break;
        do {
            if (!gelf_getvernaux(file->required, at, &name)) break;
            if ((name.vna_other & VERSION_INDEX) == (index & VERSION_INDEX))
                return version_name(file, name.vna_name);
        } while (next_record(&at, name.vna_next));
    } while (next_record(&offset, need.vn_next));
    return "";
}

/* The name behind an index that .gnu.version_d gives, or "" (also for the file's own, the base). */
static const char *defined_version(const struct elf_file *file, unsigned index)
{
    GElf_Verdef definition;
    GElf_Verdaux name;
    int offset = 0;

    if (!file->defined) return "";
    do {
        int at = offset;
        if (!gelf_getverdef(file->defined, offset, &definition)) break;
        if (definition.vd_ndx != (index & VERSION_INDEX) || definition.vd_flags & VER_FLG_BASE)
            continue;
        if (!next_record(&at, definition.vd_aux) || !gelf_getverdaux(file->defined, at, &name))
            break;
        return version_name(file, name.vda_name);
    } while (next_record(&offset, definition.vd_next));
    return "";
}

/* A symbol that an object refers to may be its own: then its version is one that it defines. */
static const char *reference_version(const struct elf_file *file, size_t index,
                                     const GElf_Sym *symbol)
{
    unsigned version = version_index(file, index);

    if ((version & VERSION_INDEX) < 2) return "";
    return symbol->st_shndx == SHN_UNDEF ? required_version(file, version)
                                         : defined_version(file, version);
}

static unsigned relocation_kind(const struct elf_file *file, const GElf_Rela *relocation)
{
    unsigned type = (unsigned)GELF_R_TYPE(relocation->r_info);
    bool plain = relocation->r_addend == 0;

    if (file->machine == EM_X86_64) {
        if (type == R_X86_64_JUMP_SLOT) return REFERENCE_CALL;
        if (type == R_X86_64_GLOB_DAT) return REFERENCE_ADDRESS;
        if (type == R_X86_64_64 && plain) return REFERENCE_DATA;
    } else if (file->machine == EM_AARCH64) {
        if (type == R_AARCH64_JUMP_SLOT) return REFERENCE_CALL;
        if (type == R_AARCH64_GLOB_DAT) return REFERENCE_ADDRESS;
        if (type == R_AARCH64_ABS64 && plain) return REFERENCE_DATA;
    }
    return 0;
}

/* The kinds of all relocations against one entry of .dynsym. */
static unsigned symbol_references(const struct elf_file *file, size_t symbol)
{
    unsigned kinds = 0;
    GElf_Shdr header;
    GElf_Rela relocation;

    for (Elf_Scn *section = NULL; (section = elf_nextscn(file->elf, section));) {
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_RELA ||
            header.sh_link != file->symbol_section || !header.sh_entsize)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        int count = (int)(header.sh_size / header.sh_entsize);
        for (int i = 0; data && i < count && gelf_getrela(data, i, &relocation); i++)
            if (GELF_R_SYM(relocation.r_info) == symbol)
                kinds |= relocation_kind(file, &relocation);
    }
    return kinds;
}

size_t elf_file_references(const struct elf_file *file, const char *symbol,
                           struct reference *references, size_t max)
{
    size_t found = 0;
    GElf_Sym entry;

    for (size_t i = 1; i < file->symbol_count && found < max; i++) {
        if (!gelf_getsym(file->symbols, (int)i, &entry)) break;
        if (strcmp(symbol_name(file, &entry), symbol) != 0) continue;
        unsigned kinds = symbol_references(file, i);
        if (kinds)
            references[found++] = (struct reference){reference_version(file, i, &entry), kinds};
    }
    return found;
}

static bool is_definition(const GElf_Sym *symbol)
{
    int type = GELF_ST_TYPE(symbol->st_info), visibility = GELF_ST_VISIBILITY(symbol->st_other);

    return symbol->st_shndx != SHN_UNDEF &&
           (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_NOTYPE) &&
           GELF_ST_BIND(symbol->st_info) != STB_LOCAL &&
           (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

/* What a definition is to a reference without a version: its base or first version is taken at
 * once, a later default version only if it's the single one. */
enum match { MATCH_NONE, MATCH_POSSIBLE, MATCH_EXACT };

static enum match version_match(const struct elf_file *file, unsigned index, const char *version)
{
    if (!file->versions) return MATCH_EXACT;
    if (*version) {
        if (strcmp(defined_version(file, index), version) == 0) return MATCH_EXACT;
        return (index & VERSION_INDEX) < 2 && !(index & VERSION_HIDDEN) ? MATCH_EXACT : MATCH_NONE;
    }
    if ((index & VERSION_INDEX) < 3) return MATCH_EXACT;
    return index & VERSION_HIDDEN ? MATCH_NONE : MATCH_POSSIBLE;
}

bool elf_file_definition(const struct elf_file *file, const char *symbol, const char *version,
                         struct definition *definition)
{
    int possible = 0;
    GElf_Sym entry;

    for (size_t i = 1; i < file->symbol_count; i++) {
        if (!gelf_getsym(file->symbols, (int)i, &entry)) break;
        if (!is_definition(&entry) || strcmp(symbol_name(file, &entry), symbol) != 0) continue;
        unsigned index = version_index(file, i);
        enum match match = version_match(file, index, version);
        if (match == MATCH_NONE || (match == MATCH_POSSIBLE && possible++)) continue;
        definition->version = defined_version(file, index);
        definition->indirect = GELF_ST_TYPE(entry.st_info) == STT_GNU_IFUNC;
        if (match == MATCH_EXACT) return true;
    }
    return possible == 1;
}

bool elf_file_hides(const struct elf_file *file, const char *symbol)
{
    GElf_Shdr header;
    GElf_Sym entry;

    for (Elf_Scn *section = NULL; (section = elf_nextscn(file->elf, section));) {
        if (!gelf_getshdr(section, &header) || header.sh_type != SHT_SYMTAB || !header.sh_entsize)
            continue;
        Elf_Data *data = elf_getdata(section, NULL);
        int count = (int)(header.sh_size / header.sh_entsize);
        for (int i = 1; data && i < count && gelf_getsym(data, i, &entry); i++) {
            const char *name = elf_strptr(file->elf, header.sh_link, entry.st_name);
            if (name && GELF_ST_TYPE(entry.st_info) == STT_FUNC && entry.st_shndx != SHN_UNDEF &&
                strcmp(name, symbol) == 0)
                return true;
        }
    }
    return false;
}
