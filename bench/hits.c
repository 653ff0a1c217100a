/* hits SIGNATURE KEYS ROUNDS STEPS: what a call costs that was made before, by us and, for d1, by
 * others. KEYS different arguments in random order; the loop around the call is part of every
 * figure. SIGNATURE may be `original`: us and the original; and `noise`: the same original under
 * two names, neither configured. */
#include "arguments.h"
#include "clock.h"
#include "loops.h"
#include "originals.h"
#include "peers/peers.h"
#include "rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

LOOP_DOUBLE(d1_us)
LOOP_DOUBLE(d1_empty)
LOOP_DOUBLE(d1_plain)
LOOP_DOUBLE(d1_plain2)
LOOP_DOUBLE(recipe)
LOOP_DOUBLE(if_memo)
#ifdef HAVE_KYOTO
LOOP_DOUBLE(kyoto)
#endif

static const struct way doubles[] = {
    {"us", loop_d1_us},      {"empty", loop_d1_empty},
    {"recipe", loop_recipe}, {"if_memo", loop_if_memo},
#ifdef HAVE_KYOTO
    {"kyoto", loop_kyoto},
#endif
};
static const struct way original[] = {{"us", loop_d1_us}, {"original", loop_d1_plain}};
static const struct way noise[] = {{"original", loop_d1_plain}, {"again", loop_d1_plain2}};

static const struct comparison {
    const char *name;
    const struct way *ways;
    int count;
} comparisons[] = {
    {"d1", doubles, sizeof(doubles) / sizeof(doubles[0])},
    {"original", original, 2},
    {"noise", noise, 2},
};

#define LOOP(function, type, list)                                                                 \
    static void loop_arguments_##function(const void *arguments, int count)                        \
    {                                                                                              \
        const union argument *const *drawn = arguments;                                            \
        type sum = 0;                                                                              \
        for (int i = 0; i < count; i++) {                                                          \
            const union argument *p = drawn[i];                                                    \
            sum += function list;                                                                  \
        }                                                                                          \
        sink = (double)sum;                                                                        \
    }
#define LOOPS(name, type, parameters, list, mix)                                                   \
    LOOP(name##_us, type, list) LOOP(name##_empty, type, list)
SIGNATURES(LOOPS)

static const struct signature {
    const char *name;
    struct way ways[2];
} signatures[] = {
#define ROW(name, type, parameters, list, mix)                                                     \
    {#name, {{"us", loop_arguments_##name##_us}, {"empty", loop_arguments_##name##_empty}}},
    SIGNATURES(ROW)
#undef ROW
};

int main(int argc, char **argv)
{
    int keys = argc > 2 ? atoi(argv[2]) : 0, rounds = argc > 3 ? atoi(argv[3]) : 0;
    if (argc != 5 || keys < 1 || rounds < 1) return 2;
    /* Rounds so long that it does not matter that the caches were others' before. */
    int count = keys < 512 ? 2048 : 4 * keys, passes = 1 + 65536 / count;
    spin_set(atoi(argv[4]));
    if (!pin(0)) return 1;
    for (size_t k = 0; k < sizeof(comparisons) / sizeof(comparisons[0]); k++) {
        const struct comparison *this = &comparisons[k];
        if (strcmp(argv[1], this->name) != 0) continue;
        rounds_run(this->ways, this->count, draws_of_doubles(keys, count), count, passes, rounds);
        return 0;
    }
    for (size_t k = 0; k < sizeof(signatures) / sizeof(signatures[0]); k++) {
        if (strcmp(argv[1], signatures[k].name) != 0) continue;
        rounds_run(signatures[k].ways, 2, draws(argv[1][0], keys, count), count, passes, rounds);
        return 0;
    }
    return 2;
}
