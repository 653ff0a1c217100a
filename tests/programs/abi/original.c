#include "original.h"

#include <stdlib.h>
#include <string.h>

static struct abi_trace trace;

static const char *const constants[] = {
    "",
    "a",
    "passwd",
    "/home/someone",
    "a longer text that no small buffer could take whole",
    "\xc3\xa4\xc3\xb6\xc3\xbc",
};
static const char table[64];

__attribute__((visibility("default"))) struct abi_trace *abi_trace(void)
{
    return &trace;
}

void abi_begin(struct abi_call *call, unsigned number)
{
    *call = (struct abi_call){.hash = 14695981039346656037u + number, .storable = true};
}

/* --- inputs ----------------------------------------------------------------------------------- */

struct reading {
    struct abi_visitor visitor;
    struct abi_call *call;
};

static void read_leaf(struct abi_visitor *visitor, const struct abi_type *type, unsigned char *at)
{
    struct abi_call *call = ((struct reading *)visitor)->call;
    const char *text;
    if (type->kind == ABI_STRING) {
        memcpy(&text, at, sizeof text);
        abi_string(call, text);
    } else {
        call->hash = abi_hash(call->hash, at, type->data);
    }
}

void abi_in(struct abi_call *call, const struct abi_type *type, const void *data, size_t count,
            uint64_t fields)
{
    struct reading reading = {{read_leaf}, call};
    abi_null(call, data);
    if (data) abi_walk(&reading.visitor, type, (void *)data, count, fields);
}

void abi_string(struct abi_call *call, const char *text)
{
    abi_null(call, text);
    if (text) call->hash = abi_hash(call->hash, text, strlen(text) + 1);
}

static void add_target(struct abi_call *call, const void *data, size_t size, bool is_text)
{
    if (!data || call->target_count == ABI_TARGETS) return;
    call->targets[call->target_count] = data;
    call->target_is_text[call->target_count] = is_text;
    call->target_sizes[call->target_count++] = size;
}

void abi_string_argument(struct abi_call *call, const char *text)
{
    abi_string(call, text);
    if (text) add_target(call, text, strlen(text), true);
}

void abi_handle(struct abi_call *call, const void *handle)
{
    call->hash = abi_hash(call->hash, &handle, sizeof handle);
}

void abi_null(struct abi_call *call, const void *output)
{
    unsigned char present = output != NULL;
    call->hash = abi_hash(call->hash, &present, 1);
}

void abi_target(struct abi_call *call, const void *data, size_t size)
{
    add_target(call, data, size, false);
}

void abi_scratch(struct abi_call *call, void *data, size_t size)
{
    abi_null(call, data);
    call->scratch = data;
    call->scratch_left = data ? size : 0;
}

void abi_ready(struct abi_call *call)
{
    trace.calls++;
    trace.input = call->hash;
    trace.storable = true;
}

/* --- outputs ---------------------------------------------------------------------------------- */

static void spoil(struct abi_call *call)
{
    call->storable = trace.storable = false;
}

static const char *to_scratch(struct abi_call *call, const char *text)
{
    size_t size = strlen(text) + 1;
    if (size > call->scratch_left) return text;
    char *copy = memcpy(call->scratch, text, size);
    call->scratch += size;
    call->scratch_left -= size;
    return copy;
}

/* A string for a struct: none, one of the library's own, a copy in the scratch buffer, or part of
 * an argument. */
static const char *pick_string(struct abi_call *call)
{
    uint64_t kind = abi_random(&call->hash) % 8, number = abi_random(&call->hash);
    const char *constant = constants[number % (sizeof constants / sizeof *constants)];
    if (kind == 0) return NULL;
    if (kind >= 5 && call->target_count) {
        unsigned target = number % call->target_count;
        if (call->target_is_text[target])
            return call->targets[target] + (number >> 32) % (call->target_sizes[target] + 1);
    }
    return kind >= 3 ? to_scratch(call, constant) : constant;
}

struct writing {
    struct abi_visitor visitor;
    struct abi_call *call;
    bool partly, update;
};

static void write_leaf(struct abi_visitor *visitor, const struct abi_type *type, unsigned char *at)
{
    struct writing *writing = (struct writing *)visitor;
    struct abi_call *call = writing->call;
    const void *address;
    if (writing->partly && abi_seldom(call)) {
        spoil(call);
        return;
    }
    if (writing->update && abi_random(&call->hash) % 4 == 0) return;
    if (type->kind == ABI_STRING) {
        address = pick_string(call);
        memcpy(at, &address, sizeof address);
    } else if (type->kind == ABI_POINTER) {
        address = abi_address(call);
        memcpy(at, &address, sizeof address);
    } else {
        abi_pick(&call->hash, type, at);
    }
}

static void write_all(struct writing *writing, const struct abi_type *type, void *data,
                      size_t count, uint64_t fields)
{
    if (data) abi_walk(&writing->visitor, type, data, count, fields);
}

void abi_out(struct abi_call *call, const struct abi_type *type, void *data, size_t count)
{
    struct writing writing = {.visitor = {write_leaf}, .call = call};
    write_all(&writing, type, data, count, ABI_ALL_FIELDS);
}

void abi_out_partly(struct abi_call *call, const struct abi_type *type, void *data, size_t count)
{
    struct writing writing = {.visitor = {write_leaf}, .call = call, .partly = true};
    write_all(&writing, type, data, count, ABI_ALL_FIELDS);
}

void abi_update(struct abi_call *call, const struct abi_type *type, void *data, size_t count,
                uint64_t fields)
{
    struct writing writing = {.visitor = {write_leaf}, .call = call};
    for (unsigned char *at = data; data && count; count--, at += type->size) {
        writing.update = true; /* what was read may stay */
        write_all(&writing, type, at, 1, fields);
        writing.update = false;
        if (type->kind == ABI_RECORD) write_all(&writing, type, at, 1, ~fields);
    }
}

void abi_text(struct abi_call *call, char *text, size_t size)
{
    if (!text) return;
    if (size == 0) {
        spoil(call);
        return;
    }
    size_t length = abi_random(&call->hash) % size;
    for (size_t i = 0; i < length; i++)
        text[i] = (char)(abi_random(&call->hash) % 255 + 1);
    text[length] = '\0';
    add_target(call, text, length, true);
}

const void *abi_address(struct abi_call *call)
{
    uint64_t kind = abi_random(&call->hash) % 8, number = abi_random(&call->hash);
    if (kind == 0) return NULL;
    if (kind == 1 || !call->target_count) return table + number % sizeof table;
    unsigned target = number % call->target_count;
    return call->targets[target] + (number >> 32) % (call->target_sizes[target] + 1);
}

char *abi_new_text(struct abi_call *call)
{
    const char *text = constants[abi_random(&call->hash) % (sizeof constants / sizeof *constants)];
    char *copy = malloc(strlen(text) + 1);
    return copy ? strcpy(copy, text) : NULL;
}

bool abi_seldom(struct abi_call *call)
{
    return abi_random(&call->hash) % 16 == 0;
}
