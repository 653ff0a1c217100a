/* replay TRACE FIGURES: calls the functions of step.h, one after the other, with all keys of a trace.
 * Prints how often each really ran, or a wrong answer. */
#include "front/step.h"

#include <stdio.h>

static uint64_t ask(int function, uint64_t key, uint64_t want)
{
    char text[24];
    double first, second;
    switch (function) {
    case 0:
        return step_typed(key) == want;
    case 1:
        return step_vector((double)key) == (double)(want >> 12);
    case 2:
        step_outputs((double)key, &first, &second);
        return first == (double)(want >> 12) && second == (double)key + 1;
    case 3:
        snprintf(text, sizeof text, "%llu", (unsigned long long)key);
        return step_text(text) == want;
    default:
        return step_flat(&key) == want;
    }
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"typed", "vector", "outputs", "text", "flat"};
    static unsigned long keys[1 << 17];
    FILE *trace = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!trace) return 2;
    size_t count = fread(keys, sizeof *keys, sizeof keys / sizeof *keys, trace);
    fclose(trace);
    for (int function = 0; function < 5; function++) {
        unsigned long before = step_ran;
        for (size_t i = 0; i < count; i++)
            if (!ask(function, keys[i], step_mixed(keys[i]))) {
                printf("step_%s(%lu) is wrong\n", names[function], keys[i]);
                return 1;
            }
        printf("step_%s %lu\n", names[function], step_ran - before);
    }
    return 0;
}
