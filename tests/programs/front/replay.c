/* replay TRACE FIGURES: calls the functions of step.h, one after the other, with all keys of a
 * trace. Prints how often each really ran, or a wrong answer. */
#include "front/answers.h"
#include "front/step.h"

#include <stdio.h>

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
            if (!step_answers(function, keys[i], step_mixed(keys[i]))) {
                printf("step_%s(%lu) is wrong\n", names[function], keys[i]);
                return 1;
            }
        printf("step_%s %lu\n", names[function], step_ran - before);
    }
    return 0;
}
