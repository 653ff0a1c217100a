#include "side.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define GUARD 48

static const char *const texts[] = {
    "", "x", "two words", "/etc/passwd", "0123456789abcdef0123456789abcdef", "\xff\xfe", "%s",
};

/* --- memory ----------------------------------------------------------------------------------- */

void sides_open(struct side *sides, size_t count)
{
    size_t size = count * SIDE_BYTES;
    unsigned char *memory =
        mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    unsigned char *before = malloc(2 * size);
    if (memory == MAP_FAILED || !before) exit(2);
    for (size_t i = 0; i < count; i++) {
        size_t at = i * SIDE_BYTES;
        sides[i].constant = (struct area){.data = memory + at, .before = before + at};
        sides[i].writable = (struct area){.data = memory + size + at, .before = before + size + at};
    }
}

void sides_protect(struct side *sides, size_t count, bool constant)
{
    int protection = constant ? PROT_READ : PROT_READ | PROT_WRITE;
    if (mprotect(sides[0].constant.data, count * SIDE_BYTES, protection) != 0) exit(2);
}

static void litter(struct side *side, void *data, size_t size)
{
    for (unsigned char *at = data; size; size--)
        *at++ = (unsigned char)(abi_random(&side->garbage) ^ side->invert);
}

/* Garbage between garbage. */
static unsigned char *take(struct side *side, struct area *area, size_t size)
{
    size_t whole = (GUARD + size + GUARD + 15) & ~(size_t)15;
    unsigned char *data = area->data + area->used;
    if (area->used + whole > SIDE_BYTES) {
        fprintf(stderr, "%s: arguments are too large\n", side->function->prototype);
        exit(2);
    }
    area->used += whole;
    litter(side, data, whole);
    return data + GUARD;
}

/* --- arguments -------------------------------------------------------------------------------- */

static const char *pick_text(struct side *side)
{
    uint64_t number = abi_random(&side->values) % (sizeof texts / sizeof *texts + 1);
    if (number == sizeof texts / sizeof *texts) return NULL;
    size_t size = strlen(texts[number]) + 1;
    return memcpy(take(side, &side->constant, size), texts[number], size);
}

struct picking {
    struct abi_visitor visitor;
    struct side *side;
};

static void pick_leaf(struct abi_visitor *visitor, const struct abi_type *type, unsigned char *at)
{
    struct side *side = ((struct picking *)visitor)->side;
    if (type->kind != ABI_STRING) {
        abi_pick(&side->values, type, at);
        return;
    }
    const char *text = pick_text(side);
    memcpy(at, &text, sizeof text);
}

static void pick(struct side *side, const struct abi_type *type, void *data, size_t count,
                 uint64_t fields)
{
    struct picking picking = {{pick_leaf}, side};
    abi_walk(&picking.visitor, type, data, count, fields);
}

/* x86-64 compilers count on a caller that widens to 32 bits; above, and on aarch64 right behind the
 * value, anything may stand. */
static void widen(const struct abi_type *type, unsigned char *slot)
{
#ifdef __x86_64__
    bool small = type->kind == ABI_BOOL || (type->kind == ABI_DATA && type->size < 4);
    bool negative = type->is_signed && slot[type->size - 1] >> 7;
    if (small) memset(slot + type->size, negative ? 0xff : 0, 4 - type->size);
#else
    (void)type, (void)slot;
#endif
}

static void prepare_value(struct side *side, unsigned number)
{
    const struct abi_parameter *parameter = &side->function->parameters[number];
    unsigned char *slot = side->slots[number];
    side->arguments[number] = slot;
    litter(side, slot, sizeof side->slots[number]);
    if (parameter->counts) {
        uint64_t random = abi_random(&side->values);
        size_t count = random % 32 == 0 ? random / 32 % 100 : random / 32 % 10;
        side->counts[number] = count;
        memset(slot, 0, parameter->type->size);
        slot[0] = (unsigned char)count;
    } else {
        pick(side, parameter->type, slot, 1, parameter->reads);
    }
    /* a struct's bits are what they are, but those of one number may be widened */
    if (parameter->type->size < 4 && parameter->widened) widen(parameter->type, slot);
}

static void prepare_pointer(struct side *side, unsigned number)
{
    const struct abi_parameter *parameter = &side->function->parameters[number];
    bool null = abi_random(&side->values) % 16 == 0;
    size_t count = parameter->extent < 0 ? parameter->count : side->counts[parameter->extent];
    side->arguments[number] = NULL;
    side->counts[number] = count;
    if (null) return;
    if (parameter->passing == ABI_HANDLE) {
        side->arguments[number] = (void *)(uintptr_t)abi_random(&side->values);
    } else if (parameter->passing == ABI_TEXT_IN) {
        side->arguments[number] = (void *)pick_text(side);
    } else {
        bool constant = parameter->direction == ABI_IN;
        struct area *area = constant ? &side->constant : &side->writable;
        unsigned char *data = take(side, area, count * parameter->type->size);
        side->arguments[number] = data;
        if (constant || parameter->direction == ABI_INOUT)
            pick(side, parameter->type, data, count, parameter->reads);
    }
}

void side_prepare(struct side *side, const struct abi_function *function, uint64_t values,
                  uint64_t garbage, bool invert)
{
    side->function = function;
    side->values = values;
    side->garbage = garbage;
    side->invert = invert ? 0xff : 0;
    side->constant.used = side->writable.used = 0;
    for (unsigned i = 0; i < function->parameter_count; i++)
        if (function->parameters[i].passing == ABI_VALUE) prepare_value(side, i);
    for (unsigned i = 0; i < function->parameter_count; i++)
        if (function->parameters[i].passing != ABI_VALUE) prepare_pointer(side, i);
    litter(side, side->result, sizeof side->result);
    memcpy(side->constant.before, side->constant.data, side->constant.used);
    memcpy(side->writable.before, side->writable.data, side->writable.used);
}

/* --- the call --------------------------------------------------------------------------------- */

static size_t global_size(const struct abi_function *function)
{
    return function->global ? function->global_count * function->global_type->size : 0;
}

static void *returned(const struct side *side)
{
    void *pointer;
    memcpy(&pointer, side->result, sizeof pointer);
    return pointer;
}

void side_call(struct side *side, bool directly)
{
    const struct abi_function *function = side->function;
    litter(side, function->global, global_size(function));
    errno = 0;
    function->call(side->arguments, side->result, directly);
    memcpy(side->global, function->global ? function->global : side->global, global_size(function));
    if (function->returns == ABI_LEADS_TO && returned(side))
        memcpy(side->leads_to, returned(side), function->result->size);
    else if (function->returns == ABI_LEADS_TO_TEXT && returned(side))
        snprintf((char *)side->leads_to, sizeof side->leads_to, "%s", (char *)returned(side));
}

void side_release(struct side *side)
{
    if (side->function->owned) free(returned(side));
}

/* --- outcomes --------------------------------------------------------------------------------- */

struct comparing {
    struct abi_visitor visitor;
    const struct side *got, *want, *twin;
    ptrdiff_t distance; /* from a byte of `got` to that of `want` */
    const char *what;
    char *difference;
    size_t size;
    uint64_t digest;
    unsigned char addresses[SIDE_BYTES / 8]; /* of the writable area: bits, where strings and
                                                addresses are, which no digest is made of */
};

static bool report(struct comparing *comparing, size_t offset, const void *got, const void *want,
                   size_t size)
{
    char *at = comparing->difference, *end = at + comparing->size;
    const unsigned char *const both[] = {want, got};
    if (*at) return false;
    at += snprintf(at, (size_t)(end - at), "%s, byte %zu:", comparing->what, offset);
    for (int i = 0; i < 2; i++) {
        at += snprintf(at, (size_t)(end - at), "%s", i ? ", got" : " expected");
        for (size_t j = 0; j < size && end - at > 4; j++)
            at += snprintf(at, (size_t)(end - at), " %02x", both[i][j]);
    }
    return false;
}

static bool is_within(const struct area *area, const void *pointer)
{
    const unsigned char *at = pointer;
    return at >= area->data && at < area->data + area->used;
}

/* Where the pointer of `want` would lead on the side of `got`. */
static const char *moved(const struct comparing *comparing, const char *pointer)
{
    const struct side *got = comparing->got, *want = comparing->want;
    if (is_within(&want->constant, pointer))
        return pointer - (char *)want->constant.data + (char *)got->constant.data;
    if (is_within(&want->writable, pointer))
        return pointer - (char *)want->writable.data + (char *)got->writable.data;
    return pointer;
}

static void compare_leaf(struct abi_visitor *visitor, const struct abi_type *type,
                         unsigned char *got)
{
    struct comparing *comparing = (struct comparing *)visitor;
    const unsigned char *want = got + comparing->distance;
    if (type->kind != ABI_STRING && type->kind != ABI_POINTER) {
        comparing->digest = abi_hash(comparing->digest, want, type->data);
        if (memcmp(got, want, type->data) != 0) report(comparing, 0, got, want, type->data);
        return;
    }
    const char *pointers[2];
    memcpy(&pointers[0], got, sizeof *pointers);
    memcpy(&pointers[1], want, sizeof *pointers);
    const char *expected = moved(comparing, pointers[1]);
    if (type->kind == ABI_STRING && pointers[1])
        comparing->digest = abi_hash(comparing->digest, pointers[1], strlen(pointers[1]));
    if (pointers[0] == expected) return;
    if (type->kind == ABI_STRING && pointers[0] && pointers[1] && expected == pointers[1]) {
        if (strcmp(pointers[0], pointers[1]) == 0) return;
        report(comparing, 0, pointers[0], pointers[1], strlen(pointers[1]) + 1);
        return;
    }
    report(comparing, 0, got, &expected, sizeof expected);
}

static void compare_leaves(struct comparing *comparing, const char *what,
                           const struct abi_type *type, const void *got, const void *want,
                           size_t count)
{
    comparing->what = what;
    comparing->distance = (const unsigned char *)want - (const unsigned char *)got;
    abi_walk(&comparing->visitor, type, (void *)got, count, ABI_ALL_FIELDS);
}

bool side_was_written(const struct area *one, const struct area *other, size_t offset)
{
    return one->data[offset] != one->before[offset] || other->data[offset] != other->before[offset];
}

/* Addresses in outputs: compared here, and left out of the comparison by bytes. */
static void compare_address(struct abi_visitor *visitor, const struct abi_type *type,
                            unsigned char *got)
{
    struct comparing *comparing = (struct comparing *)visitor;
    const struct area *area = &comparing->got->writable;
    size_t offset = (size_t)(got - area->data);
    bool written = false;
    if (type->kind != ABI_STRING && type->kind != ABI_POINTER) return;
    for (size_t i = 0; i < type->size; i++) {
        comparing->addresses[(offset + i) / 8] |= (unsigned char)(1 << (offset + i) % 8);
        written |=
            side_was_written(&comparing->want->writable, &comparing->twin->writable, offset + i);
    }
    if (written)
        compare_leaf(visitor, type, got);
    else if (memcmp(got, area->before + offset, type->size) != 0)
        report(comparing, offset, got, area->before + offset, type->size);
}

static void compare_addresses(struct comparing *comparing)
{
    const struct side *got = comparing->got;
    comparing->distance = comparing->want->writable.data - got->writable.data;
    comparing->visitor.leaf = compare_address;
    comparing->what = "an address in an output";
    for (unsigned i = 0; i < got->function->parameter_count; i++) {
        const struct abi_parameter *parameter = &got->function->parameters[i];
        if (parameter->passing != ABI_ARRAY || parameter->direction == ABI_IN) continue;
        if (got->arguments[i])
            abi_walk(&comparing->visitor, parameter->type, got->arguments[i], got->counts[i],
                     ABI_ALL_FIELDS);
    }
    comparing->visitor.leaf = compare_leaf;
}

/* What both direct calls left alone must be as it was, all else as they wrote it. */
static void compare_writable(struct comparing *comparing)
{
    const struct area *got = &comparing->got->writable, *want = &comparing->want->writable;
    for (size_t i = 0; i < got->used; i++) {
        if (comparing->addresses[i / 8] >> i % 8 & 1) continue;
        bool written = side_was_written(want, &comparing->twin->writable, i);
        unsigned char expected = written ? want->data[i] : got->before[i];
        if (written) comparing->digest = abi_hash(comparing->digest, &expected, 1);
        if (got->data[i] == expected) continue;
        comparing->what = written ? "what it wrote" : "what it left alone";
        report(comparing, i, &got->data[i], &expected, 1);
        return;
    }
}

static void compare_result(struct comparing *comparing)
{
    static const struct abi_type address = {.kind = ABI_POINTER, .size = 8, .data = 8};
    const struct side *got = comparing->got, *want = comparing->want;
    const struct abi_function *function = got->function;
    const char *const texts_of[] = {(const char *)got->leads_to, (const char *)want->leads_to};
    if (function->returns == ABI_NOTHING) return;
    if (function->returns == ABI_RESULT) {
        compare_leaves(comparing, "the result", function->result, got->result, want->result, 1);
    } else if (function->returns == ABI_ADDRESS) {
        compare_leaves(comparing, "the address returned", &address, got->result, want->result, 1);
    } else if (!returned(got) || !returned(want)) {
        comparing->what = "the pointer returned";
        if (returned(got) != returned(want)) report(comparing, 0, got->result, want->result, 8);
    } else if (function->returns == ABI_LEADS_TO) {
        compare_leaves(comparing, "what the result leads to", function->result, got->leads_to,
                       want->leads_to, 1);
    } else {
        size_t size = strlen(texts_of[1]) + 1;
        comparing->what = "the text returned";
        comparing->digest = abi_hash(comparing->digest, texts_of[1], size);
        if (strcmp(texts_of[0], texts_of[1]) != 0)
            report(comparing, 0, texts_of[0], texts_of[1], size);
    }
}

bool side_same(const struct side *got, const struct side *want, const struct side *twin,
               char *difference, size_t size, uint64_t *digest)
{
    static struct comparing comparing;
    const struct abi_function *function = got->function;
    comparing.visitor.leaf = compare_leaf;
    comparing.got = got, comparing.want = want, comparing.twin = twin;
    comparing.difference = difference, comparing.size = size, comparing.digest = *digest;
    memset(comparing.addresses, 0, got->writable.used / 8 + 1);
    *difference = '\0';
    compare_result(&comparing);
    compare_addresses(&comparing);
    compare_writable(&comparing);
    if (function->global)
        compare_leaves(&comparing, "the global", function->global_type, got->global, want->global,
                       function->global_count);
    comparing.what = "a constant argument";
    if (memcmp(got->constant.data, got->constant.before, got->constant.used) != 0)
        report(&comparing, 0, "", "", 0);
    *digest = comparing.digest;
    return *difference == '\0';
}
