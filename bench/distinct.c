/* distinct FUNCTION MILLISECONDS STEPS: calls that never repeat, with us and without: two columns
 * of nanoseconds per call, one line per chunk of calls, for so long that the calls without us take
 * MILLISECONDS, or those with us four times that. FUNCTION is exp, log, sin, pow, tgamma, or text:
 * a string of 16 bytes. */
#include "arguments.h"
#include "clock.h"
#include "originals.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 8192 };

static volatile double sink;
static double numbers[CHUNK];
static char texts[CHUNK][24];

/* What is not ours to choose stays as it is written: a loop around one call. */
#define LOOP(name, call)                                                                           \
    static void name(void)                                                                         \
    {                                                                                              \
        double sum = 0;                                                                            \
        for (int i = 0; i < CHUNK; i++)                                                            \
            sum += (double)call;                                                                   \
        sink = sum;                                                                                \
    }
#define LOOPS(name, argument)                                                                      \
    LOOP(loop_##name, name(argument)) LOOP(loop_##name##_plain, name##_plain(argument))
LOOPS(exp, numbers[i])
LOOPS(log, numbers[i])
LOOPS(sin, numbers[i])
LOOPS(tgamma, numbers[i])
LOOP(loop_pow, pow(numbers[i], 1.25))
LOOP(loop_pow_plain, pow_plain(numbers[i], 1.25))
LOOP(loop_text, t1_us(texts[i]))
LOOP(loop_text_plain, t1_plain(texts[i]))

/* Multiples of the golden section, without their whole part, are spread evenly and do not repeat.
 */
static void fill_numbers(uint64_t from)
{
    for (int i = 0; i < CHUNK; i++) {
        double turn = (double)(from + (unsigned)i) * 0.61803398874989485;
        numbers[i] = 0.25 + 8.0 * (turn - (double)(uint64_t)turn);
    }
}

static void fill_texts(uint64_t from)
{
    for (int i = 0; i < CHUNK; i++) {
        uint64_t number = from + (unsigned)i;
        for (int k = 15; k >= 0; k--, number >>= 4)
            texts[i][k] = (char)('a' + (number & 15));
    }
}

static const struct function {
    const char *name;
    void (*fill)(uint64_t from);
    void (*loops[2])(void);
} functions[] = {
    {"exp", fill_numbers, {loop_exp, loop_exp_plain}},
    {"log", fill_numbers, {loop_log, loop_log_plain}},
    {"sin", fill_numbers, {loop_sin, loop_sin_plain}},
    {"pow", fill_numbers, {loop_pow, loop_pow_plain}},
    {"tgamma", fill_numbers, {loop_tgamma, loop_tgamma_plain}},
    {"text", fill_texts, {loop_text, loop_text_plain}},
};

static void run(const struct function *function, double total)
{
    double with = 0, without = 0;
    printf("us\toriginal\n");
    for (uint64_t chunk = 0; without < total && with < 4 * total; chunk++) {
        double ns[2];
        function->fill(chunk * CHUNK);
        for (unsigned k = 0; k < 2; k++) {
            unsigned way = (k + chunk) % 2;
            double start = cpu_ns();
            function->loops[way]();
            ns[way] = cpu_ns() - start;
        }
        with += ns[0], without += ns[1];
        printf("%.4f\t%.4f\n", ns[0] / CHUNK, ns[1] / CHUNK);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4 || !pin(0)) return 2;
    spin_set(atoi(argv[3]));
    for (size_t k = 0; k < sizeof(functions) / sizeof(functions[0]); k++) {
        if (strcmp(argv[1], functions[k].name) != 0) continue;
        run(&functions[k], atof(argv[2]) * 1e6);
        return 0;
    }
    return 2;
}
