/* System V AMD64 supplement, 3.2.3: a value is classified eightbyte by eightbyte. INTEGER and SSE
 * ones take registers in order, each class for itself; a value that does not find all it needs,
 * or is of class MEMORY, goes to the stack whole. */
#include "arch/arch.h"

enum category { CLASS_NONE, CLASS_INTEGER, CLASS_SSE, CLASS_X87, CLASS_MEMORY };

/* Of a value's one or two eightbytes; memory where it is of neither. X87 stands for the pair of
 * X87 and X87UP. */
struct classes {
    enum category part[2];
    bool memory;
};

static enum category merge(enum category a, enum category b)
{
    if (a == b || b == CLASS_NONE) return a;
    if (a == CLASS_NONE) return b;
    if (a == CLASS_MEMORY || b == CLASS_MEMORY) return CLASS_MEMORY;
    if (a == CLASS_INTEGER || b == CLASS_INTEGER) return CLASS_INTEGER;
    return a == CLASS_X87 || b == CLASS_X87 ? CLASS_MEMORY : CLASS_SSE;
}

static void classify_at(struct classes *classes, const struct type *type, uint32_t offset);

static void classify_part(struct classes *classes, uint32_t offset, uint32_t size,
                          enum category category)
{
    for (uint32_t i = offset / 8; i < 2 && i <= (offset + size - 1) / 8; i++)
        classes->part[i] = merge(classes->part[i], category);
}

static void classify_record(struct classes *classes, const struct record *record, uint32_t offset)
{
    for (uint32_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->fields[i];
        for (uint32_t element = 0; element < field->count; element++)
            classify_at(classes, &field->type, offset + field->offset + element * field->type.size);
    }
}

static void classify_at(struct classes *classes, const struct type *type, uint32_t offset)
{
    bool x87 = type->kind == TYPE_FLOAT && type->size == 16;
    if (type->kind == TYPE_RECORD)
        classify_record(classes, type->record, offset);
    else if (x87)
        classify_part(classes, offset, 16, CLASS_X87);
    else if (type->kind == TYPE_FLOAT || type->kind == TYPE_COMPLEX)
        classify_part(classes, offset, type->size, CLASS_SSE);
    else
        classify_part(classes, offset, type->size, CLASS_INTEGER);
}

static struct classes classify(const struct type *type)
{
    struct classes classes = {{CLASS_NONE, CLASS_NONE}, type->size > 16};
    if (classes.memory) return classes;
    classify_at(&classes, type, 0);
    bool mixed = (classes.part[0] == CLASS_X87) != (classes.part[1] == CLASS_X87);
    classes.memory = mixed || classes.part[0] == CLASS_MEMORY || classes.part[1] == CLASS_MEMORY;
    return classes;
}

/* Registers used so far, of each bank. */
struct used {
    uint32_t integers, vectors, stack;
};

static uint32_t count(const struct classes *classes, enum category category)
{
    return (classes->part[0] == category) + (classes->part[1] == category);
}

static struct location to_stack(struct used *used, const struct type *type)
{
    uint32_t alignment = type->alignment > 8 ? type->alignment : 8;
    uint32_t index = (used->stack + alignment - 1) & ~(alignment - 1);
    used->stack = (index + type->size + 7) & ~7u;
    return (struct location){.piece_count = 1, .pieces = {{BANK_STACK, index, 0, type->size}}};
}

static uint32_t part_size(const struct type *type, uint32_t part)
{
    uint32_t left = type->size - 8 * part;
    return left < 8 ? left : 8;
}

static struct location to_registers(struct used *used, const struct type *type,
                                    const struct classes *classes)
{
    struct location location = {.piece_count = 0};
    for (uint32_t i = 0; i < 2 && 8 * i < type->size; i++) {
        struct piece *piece = &location.pieces[location.piece_count++];
        bool vector = classes->part[i] == CLASS_SSE;
        uint32_t index = vector ? used->vectors++ : used->integers++;
        *piece =
            (struct piece){vector ? BANK_VECTOR : BANK_INTEGER, index, 8 * i, part_size(type, i)};
    }
    return location;
}

/* What clang up to 17 passes elsewhere: half of a split __int128 in the last register, and one in
 * memory at the next 8 bytes instead of 16. Every argument behind it moves, too.
 * Source: https://reviews.llvm.org/D158169 and D86310 */
static bool is_disputed(const struct used *used, const struct parameter *parameter)
{
    const struct type *type = &parameter->type;
    bool integer = type->kind == TYPE_SIGNED || type->kind == TYPE_UNSIGNED;
    if (parameter->passing != PASS_VALUE || !integer || type->size != 16) return false;
    uint32_t left = ARCH_INTEGER_ARGUMENTS - used->integers;
    return left == 1 || (left == 0 && used->stack % 16 != 0);
}

static struct location place_argument(struct used *used, const struct parameter *parameter)
{
    static const struct type pointer = {TYPE_POINTER, 8, 8, NULL};
    const struct type *type = parameter->passing == PASS_VALUE ? &parameter->type : &pointer;
    struct classes classes = classify(type);
    bool fits = !classes.memory && classes.part[0] != CLASS_X87 &&
                used->integers + count(&classes, CLASS_INTEGER) <= ARCH_INTEGER_ARGUMENTS &&
                used->vectors + count(&classes, CLASS_SSE) <= ARCH_VECTOR_ARGUMENTS;
    return fits ? to_registers(used, type, &classes) : to_stack(used, type);
}

static struct location x87_location(uint32_t results)
{
    struct location location = {.piece_count = results};
    for (uint32_t i = 0; i < results; i++)
        location.pieces[i] = (struct piece){BANK_X87, i, 16 * i, 10};
    return location;
}

/* A complex long double is of class COMPLEX_X87: in memory as an argument, st0 and st1 as a
 * result. */
static void place_result(struct convention *convention, const struct type *type)
{
    struct used used = {0};
    struct classes classes = classify(type);
    bool complex_x87 = type->kind == TYPE_COMPLEX && type->size == 32;
    convention->x87_results = complex_x87 ? 2 : !classes.memory && classes.part[0] == CLASS_X87;
    if (convention->x87_results)
        convention->result = x87_location(convention->x87_results);
    else if (classes.memory)
        convention->result_in_memory = true;
    else
        convention->result = to_registers(&used, type, &classes);
}

void arch_place(const struct signature *signature, struct convention *convention)
{
    struct used used = {0};
    convention->result = (struct location){.piece_count = 0};
    convention->result_in_memory = false;
    convention->x87_results = 0;
    convention->indirect_bytes = 0;
    convention->disputed = false;
    if (signature->result.kind != TYPE_VOID) place_result(convention, &signature->result);
    used.integers = convention->result_in_memory;
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        convention->disputed |= is_disputed(&used, &signature->parameters[i]);
        convention->arguments[i] = place_argument(&used, &signature->parameters[i]);
    }
    convention->stack_bytes = used.stack;
}
