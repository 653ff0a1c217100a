/* outputs KIND ROUNDS: calls that fill 8 KiB of output, hit and missed, beside the original and a
 * copy of as many bytes. */
#include "clock.h"
#include "originals.h"
#include "rounds.h"

#include <stdlib.h>
#include <string.h>

#define SIZE  8192
#define KEYS  64
#define CALLS 256

static union {
    char text[SIZE];
    unsigned char bytes[SIZE];
    double doubles[SIZE / sizeof(double)];
} output, source;

static double fresh = 1000; /* an argument that was never used */

static void loop_copy(const void *unused, int count)
{
    (void)unused;
    for (int i = 0; i < count; i++) {
        memcpy(&output, &source, SIZE);
        __asm__ volatile("" : : "r"(&output) : "memory");
    }
}

#define LOOP(name, kind, element, argument)                                                        \
    static void loop_##name(const void *unused, int count)                                         \
    {                                                                                              \
        (void)unused;                                                                              \
        for (int i = 0; i < count; i++)                                                            \
            name(argument, output.kind, SIZE / sizeof(element));                                   \
    }
#define LOOPS(kind, element)                                                                       \
    LOOP(kind##_hit, kind, element, i % KEYS)                                                      \
    LOOP(kind##_miss, kind, element, fresh++)                                                      \
    LOOP(kind##_plain, kind, element, i % KEYS)
OUTPUTS(LOOPS)

int main(int argc, char **argv)
{
    if (argc != 3 || !pin(0)) return 2;
#define RUN(kind, element)                                                                         \
    static const struct way ways_##kind[] = {{"hit", loop_##kind##_hit},                           \
                                             {"miss", loop_##kind##_miss},                         \
                                             {"plain", loop_##kind##_plain},                       \
                                             {"copy", loop_copy}};                                 \
    if (strcmp(argv[1], #kind) == 0) {                                                             \
        rounds_run(ways_##kind, 4, NULL, CALLS, 20, atoi(argv[2]));                                \
        return 0;                                                                                  \
    }
    OUTPUTS(RUN)
    return 2;
}
