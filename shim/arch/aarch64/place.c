/* AAPCS64, 6.8.2: floating values and homogeneous aggregates of them (HFA) go to v registers, one
 * member each; integers, pointers and other structs of up to 16 bytes to x registers; larger
 * structs by the address of a copy. What finds no room is on the stack whole, and from then on all
 * of its class is. The steps are named as in the standard (2023Q3). */
#include "arch/arch.h"

#define HFA_MEMBERS 4

/* The standard's NGRN, NSRN and NSAA: the next of each that is free. */
struct next {
    uint32_t integer, vector, stack;
};

/* A value's floating members, all of one size; not homogeneous: `count` is 0. */
struct members {
    uint32_t size, count;
};

static struct members members_of(const struct type *type);

/* False where `member` does not go with those before it. */
static bool members_agree(struct members *members, struct members member)
{
    bool agree = member.count && (members->count == 0 || members->size == member.size);
    if (members->count == 0) members->size = member.size;
    return agree;
}

static struct members members_of_record(const struct record *record)
{
    const struct members none = {0, 0};
    struct members all = none;
    for (uint32_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->fields[i];
        struct members one = members_of(&field->type);
        if (field->count > HFA_MEMBERS || !members_agree(&all, one)) return none;
        one.count *= field->count;
        if (!record->is_union)
            all.count += one.count;
        else if (one.count > all.count)
            all.count = one.count;
        if (all.count > HFA_MEMBERS) return none;
    }
    return all.size * all.count == record->size ? all : none; /* no padding */
}

static struct members members_of(const struct type *type)
{
    switch (type->kind) {
    case TYPE_FLOAT:
        return (struct members){type->size, 1};
    case TYPE_COMPLEX:
        return (struct members){type->size / 2, 2};
    case TYPE_RECORD:
        return members_of_record(type->record);
    default:
        return (struct members){0, 0};
    }
}

/* B.4 */
static bool is_indirect(const struct type *type)
{
    return type->kind == TYPE_RECORD && type->size > 16 && members_of(type).count == 0;
}

/* C.4, C.6, C.12 to C.15 */
static struct location to_stack(struct next *next, const struct type *type)
{
    uint32_t alignment = type->alignment >= 16 ? 16 : 8;
    uint32_t index = (next->stack + alignment - 1) & ~(alignment - 1);
    next->stack = (index + type->size + 7) & ~7u;
    return (struct location){.piece_count = 1, .pieces = {{BANK_STACK, index, 0, type->size}}};
}

/* C.1 to C.3 */
static struct location place_members(struct next *next, const struct type *type,
                                     struct members members)
{
    struct location location = {.piece_count = members.count};
    if (next->vector + members.count > ARCH_VECTOR_ARGUMENTS) {
        next->vector = ARCH_VECTOR_ARGUMENTS;
        return to_stack(next, type);
    }
    for (uint32_t i = 0; i < members.count; i++)
        location.pieces[i] =
            (struct piece){BANK_VECTOR, next->vector++, i * members.size, members.size};
    return location;
}

/* C.7 to C.11 */
static struct location place_words(struct next *next, const struct type *type)
{
    uint32_t words = (type->size + 7) / 8;
    struct location location = {.piece_count = words};
    if (type->alignment >= 16) next->integer = (next->integer + 1) & ~1u;
    if (next->integer + words > ARCH_INTEGER_ARGUMENTS) {
        next->integer = ARCH_INTEGER_ARGUMENTS;
        return to_stack(next, type);
    }
    for (uint32_t i = 0; i < words; i++) {
        uint32_t left = type->size - 8 * i;
        location.pieces[i] =
            (struct piece){BANK_INTEGER, next->integer++, 8 * i, left < 8 ? left : 8};
    }
    return location;
}

static struct location place_value(struct next *next, const struct type *type)
{
    static const struct type pointer = {TYPE_POINTER, 8, 8, NULL};
    struct members members = members_of(type);
    if (members.count) return place_members(next, type, members);
    bool indirect = is_indirect(type);
    struct location location = place_words(next, indirect ? &pointer : type);
    location.indirect = indirect;
    if (indirect) location.pieces[0].size = type->size;
    return location;
}

static struct location place_argument(struct next *next, const struct parameter *parameter)
{
    static const struct type pointer = {TYPE_POINTER, 8, 8, NULL};
    return place_value(next, parameter->passing == PASS_VALUE ? &parameter->type : &pointer);
}

/* A result is where it would be as the only argument (6.9), or where x8 leads. */
static void place_result(struct convention *convention, const struct type *type)
{
    struct next next = {0};
    convention->result_in_memory = is_indirect(type);
    if (!convention->result_in_memory) convention->result = place_value(&next, type);
}

void arch_place(const struct signature *signature, struct convention *convention)
{
    struct next next = {0};
    convention->result = (struct location){.piece_count = 0};
    convention->result_in_memory = false;
    convention->x87_results = 0;
    convention->indirect_bytes = 0;
    convention->disputed = false;
    if (signature->result.kind != TYPE_VOID) place_result(convention, &signature->result);
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        struct location *location = &convention->arguments[i];
        *location = place_argument(&next, &signature->parameters[i]);
        if (location->indirect) convention->indirect_bytes += (location->pieces[0].size + 7) & ~7u;
    }
    convention->stack_bytes = next.stack;
}
