#include "abi.h"

#include <string.h>

void abi_walk(struct abi_visitor *visitor, const struct abi_type *type, void *base, size_t count,
              uint64_t fields)
{
    for (unsigned char *at = base; count; count--, at += type->size) {
        if (type->kind != ABI_RECORD) {
            visitor->leaf(visitor, type, at);
            continue;
        }
        for (uint32_t i = 0; i < type->field_count; i++) {
            const struct abi_field *field = &type->fields[i];
            if (fields >> i & 1)
                abi_walk(visitor, field->type, at + field->offset, field->count, ABI_ALL_FIELDS);
        }
    }
}

uint64_t abi_hash(uint64_t hash, const void *bytes, size_t size)
{
    for (const unsigned char *at = bytes; size; size--, at++)
        hash = (hash ^ *at) * 1099511628211u;
    return hash;
}

uint64_t abi_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static void pick_bytes(uint64_t *random, unsigned char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        at[i] = (unsigned char)abi_random(random);
}

static void pick_integer(uint64_t *random, unsigned char *at, size_t size)
{
    uint64_t kind = abi_random(random) % 6;
    memset(at, kind == 0 || kind == 2 ? 0xff : 0, size);
    if (kind == 1 || kind == 2) at[size - 1] ^= 0x80; /* least and most */
    if (kind == 3) at[0] = (unsigned char)abi_random(random) % 8;
}

/* Zeros, infinities, quiet and signalling NaNs, subnormals, of either sign: both our platforms are
 * little-endian, x87 extended has an explicit leading bit. */
static void pick_float(uint64_t *random, unsigned char *at, const struct abi_type *type)
{
    uint64_t kind = abi_random(random) % 6, sign = abi_random(random) & 1;
    size_t size = type->data;
    unsigned char quiet = size == 4 ? 0x40 : size == 8 ? 0x08 : size == 10 ? 0xc0 : 0x80;
    size_t top = size == 4 || size == 8 ? size - 2 : size - 3; /* of the fraction */
    memset(at, 0, size);
    if (kind == 0 || kind == 5) at[0] = kind == 5 ? 1 : 0;
    if (kind >= 1 && kind <= 3) {
        at[size - 1] = 0x7f;
        at[size - 2] = size == 4 ? 0x80 : size == 8 ? 0xf0 : 0xff;
        if (size == 10) at[top] = 0x80;
        if (kind == 2) at[top] |= quiet;
        if (kind >= 2) at[0] = (unsigned char)(abi_random(random) | 1);
    }
    at[size - 1] |= (unsigned char)(sign << 7);
}

void abi_pick(uint64_t *random, const struct abi_type *type, unsigned char *at)
{
    uint64_t special = abi_random(random) % 4;
    if (type->kind == ABI_BOOL)
        *at = special & 1;
    else if (special)
        pick_bytes(random, at, type->data);
    else if (type->kind == ABI_FLOAT)
        pick_float(random, at, type);
    else
        pick_integer(random, at, type->data);
}
