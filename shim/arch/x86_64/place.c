/* System V AMD64 supplement, 3.2.3: INTEGER and SSE arguments take registers in order, each class
 * for itself; what finds none is on the stack, 8 bytes each, in order. */
#include "arch/arch.h"

uint64_t arch_place(const struct signature *signature, struct argument_place *places)
{
    uint32_t integers = 0, vectors = 0, stack = 0;
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const struct parameter *parameter = &signature->parameters[i];
        bool vector = parameter->passing == PASS_VALUE && parameter->type.kind == TYPE_FLOAT;
        if (vector && vectors < ARCH_VECTOR_ARGUMENTS) {
            places[i] = (struct argument_place){BANK_VECTOR, vectors++};
        } else if (!vector && integers < ARCH_INTEGER_ARGUMENTS) {
            places[i] = (struct argument_place){BANK_INTEGER, integers++};
        } else {
            places[i] = (struct argument_place){BANK_STACK, stack};
            stack += 8;
        }
    }
    return stack;
}
