/* What a generated function does: it mixes all its inputs into a hash, and draws its outputs and
 * its result from that. */
#ifndef ABI_ORIGINAL_H
#define ABI_ORIGINAL_H

#include "abi.h"

#define ABI_TARGETS 8

/* One call. */
struct abi_call {
    uint64_t hash;
    bool storable;
    char *scratch;
    size_t scratch_left;
    const char *targets[ABI_TARGETS]; /* where addresses that it gives away may lead */
    size_t target_sizes[ABI_TARGETS];
    bool target_is_text[ABI_TARGETS];
    unsigned target_count;
};

void abi_begin(struct abi_call *call, unsigned number);
void abi_in(struct abi_call *call, const struct abi_type *type, const void *data, size_t count,
            uint64_t fields);
void abi_string(struct abi_call *call, const char *text);
void abi_string_argument(struct abi_call *call, const char *text);
void abi_handle(struct abi_call *call, const void *handle);
void abi_null(struct abi_call *call, const void *output);

/* Addresses may lead into these bytes, and strings into those that are text. */
void abi_target(struct abi_call *call, const void *data, size_t size);
void abi_scratch(struct abi_call *call, void *data, size_t size);

/* Behind the inputs, before the outputs. */
void abi_ready(struct abi_call *call);

void abi_out(struct abi_call *call, const struct abi_type *type, void *data, size_t count);
/* Leaves one of its numbers alone, at times. */
void abi_out_partly(struct abi_call *call, const struct abi_type *type, void *data, size_t count);
/* Leaves some of what it has read, `fields`, as the caller had it. */
void abi_update(struct abi_call *call, const struct abi_type *type, void *data, size_t count,
                uint64_t fields);
void abi_text(struct abi_call *call, char *text, size_t size);
const void *abi_address(struct abi_call *call);
char *abi_new_text(struct abi_call *call);
bool abi_seldom(struct abi_call *call);

#endif
