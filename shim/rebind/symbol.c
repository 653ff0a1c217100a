#include "rebind/symbol.h"

#include <string.h>

struct symbol_name symbol_name(const char *text)
{
    uint32_t gnu = 5381, sysv = 0;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        gnu = gnu * 33 + *c;
        sysv = (sysv << 4) + *c;
        uint32_t high = sysv & 0xf0000000;
        sysv = (sysv ^ (high >> 24)) & ~high;
    }
    return (struct symbol_name){text, gnu, sysv};
}

const char *symbol_text(const struct object *object, const ElfW(Sym) * symbol)
{
    return symbol->st_name < object->strings_size ? object->strings + symbol->st_name : "";
}

static bool named(const struct object *object, uint32_t index, const struct symbol_name *name)
{
    return strcmp(symbol_text(object, &object->symbols[index]), name->text) == 0;
}

/* Bucket count, index of the first hashed symbol, Bloom words, Bloom shift; then the Bloom filter,
 * the buckets, and per symbol its hash, of which bit 0 ends the chain. */
struct gnu_table {
    uint32_t bucket_count, first, bloom_count, bloom_shift;
};

static bool bloom_excludes(const struct gnu_table *table, const ElfW(Addr) * bloom, uint32_t hash)
{
    const unsigned bits = 8 * sizeof(ElfW(Addr));
    ElfW(Addr) word = bloom[(hash / bits) & (table->bloom_count - 1)];
    return !((word >> (hash % bits)) & (word >> ((hash >> table->bloom_shift) % bits)) & 1);
}

static uint32_t find_gnu(const struct object *object, const struct symbol_name *name,
                         uint32_t after)
{
    const struct gnu_table *table = (const struct gnu_table *)object->gnu_hash;
    const ElfW(Addr) *bloom = (const ElfW(Addr) *)(table + 1);
    const uint32_t *buckets = (const uint32_t *)(bloom + table->bloom_count);
    const uint32_t *chain = buckets + table->bucket_count;
    uint32_t index;
    if (after) {
        if (chain[after - table->first] & 1) return 0;
        index = after + 1;
    } else {
        if (table->bucket_count == 0 || bloom_excludes(table, bloom, name->gnu)) return 0;
        index = buckets[name->gnu % table->bucket_count];
        if (index < table->first) return 0;
    }
    for (;; index++) {
        uint32_t hash = chain[index - table->first];
        if ((hash | 1) == (name->gnu | 1) && named(object, index, name)) return index;
        if (hash & 1) return 0;
    }
}

static uint32_t find_sysv(const struct object *object, const struct symbol_name *name,
                          uint32_t after)
{
    uint32_t bucket_count = object->sysv_hash[0];
    const uint32_t *buckets = object->sysv_hash + 2, *chain = buckets + bucket_count;
    if (bucket_count == 0) return 0;
    uint32_t index = after ? chain[after] : buckets[name->sysv % bucket_count];
    while (index && !named(object, index, name))
        index = chain[index];
    return index;
}

uint32_t symbol_find(const struct object *object, const struct symbol_name *name, uint32_t after)
{
    if (object->gnu_hash) return find_gnu(object, name, after);
    if (object->sysv_hash) return find_sysv(object, name, after);
    return 0;
}

/* --- versions --------------------------------------------------------------------------------- */

static const char *version_text(const struct object *object, ElfW(Word) offset)
{
    return offset < object->strings_size ? object->strings + offset : NULL;
}

static const char *defined_version(const struct object *object, unsigned number)
{
    const ElfW(Verdef) *definition = object->versions_defined;
    for (size_t i = 0; definition && i < object->versions_defined_count; i++) {
        /* The base definition names the file, not a version. */
        if ((definition->vd_ndx & ~VERSION_HIDDEN) == (int)number &&
            !(definition->vd_flags & VER_FLG_BASE)) {
            const ElfW(Verdaux) *name =
                (const void *)((const char *)definition + definition->vd_aux);
            return version_text(object, name->vda_name);
        }
        definition = (const void *)((const char *)definition + definition->vd_next);
    }
    return NULL;
}

static const char *needed_version(const struct object *object, unsigned number)
{
    const ElfW(Verneed) *file = object->versions_needed;
    for (size_t i = 0; file && i < object->versions_needed_count; i++) {
        const ElfW(Vernaux) *version = (const void *)((const char *)file + file->vn_aux);
        for (unsigned k = 0; k < file->vn_cnt; k++) {
            if ((version->vna_other & ~VERSION_HIDDEN) == (int)number)
                return version_text(object, version->vna_name);
            version = (const void *)((const char *)version + version->vna_next);
        }
        file = (const void *)((const char *)file + file->vn_next);
    }
    return NULL;
}

const char *symbol_version_name(const struct object *object, unsigned number)
{
    if (number <= VER_NDX_LOCAL) return NULL;
    const char *name = needed_version(object, number);
    return name ? name : defined_version(object, number);
}

const char *symbol_version(const struct object *object, uint32_t index)
{
    if (!object->versions) return NULL;
    return symbol_version_name(object, object->versions[index] & ~VERSION_HIDDEN);
}
