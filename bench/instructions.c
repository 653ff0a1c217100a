/* instructions [table]: under `valgrind --tool=callgrind`, what a hit executes. For every signature
 * it dumps counts of a loop of 1,000 calls and of one of 3,000, as `NAME us 1000` and so on; the
 * difference of the two is 2,000 calls and nothing else. With `table` one signature is called with
 * more arguments than any front holds. */
#include "arguments.h"
#include "originals.h"

#include <stdio.h>
#include <string.h>
#include <valgrind/callgrind.h>

enum { FEW = 1000, MANY = 3000, KEYS = 64, TABLE_KEYS = 16384, WARM = 5 };

static volatile double sink;
static double one, two;

#define LOOP(function, list, before)                                                               \
    __attribute__((noinline)) static void loop_##function(const union argument **drawn, int count) \
    {                                                                                              \
        for (int i = 0; i < count; i++) {                                                          \
            const union argument *p = drawn[i];                                                    \
            before function list;                                                                  \
        }                                                                                          \
    }
#define LOOPS(name, type, parameters, list, mix)                                                   \
    LOOP(name##_us, list, sink = (double)) LOOP(name##_empty, list, sink = (double))
SIGNATURES(LOOPS)
LOOP(o1_us, (p->d[0], &one), sink =)
LOOP(o1_empty, (p->d[0], &one), sink =)
LOOP(o2_us, (p->d[0], &one, &two), )
LOOP(o2_empty, (p->d[0], &one, &two), )

static void count(const char *name, const char *way, const union argument **drawn,
                  void (*loop)(const union argument **, int))
{
    char text[64];
    for (int calls = FEW; calls <= MANY; calls += MANY - FEW) {
        snprintf(text, sizeof(text), "%s %s %d", name, way, calls);
        CALLGRIND_ZERO_STATS;
        loop(drawn, calls);
        CALLGRIND_DUMP_STATS_AT(text);
    }
}

static void both(const char *name, void (*us)(const union argument **, int),
                 void (*empty)(const union argument **, int))
{
    const union argument **drawn = draws(name[0], KEYS, MANY);
    for (int pass = 0; pass < WARM; pass++)
        us(drawn, MANY);
    empty(drawn, MANY);
    count(name, "us", drawn, us);
    count(name, "empty", drawn, empty);
}

/* Every key once, in order, so that no front can have it. */
static void table(void)
{
    const union argument **drawn = draws('d', TABLE_KEYS, 2 * TABLE_KEYS);
    for (int i = 0; i < 2 * TABLE_KEYS; i++) {
        union argument *key = allocate(sizeof(*key));
        key_make(key, 'd', (uint64_t)i % TABLE_KEYS);
        drawn[i] = key;
    }
    loop_d1_us(drawn, 2 * TABLE_KEYS);
    loop_d1_empty(drawn, MANY);
    count("table", "us", drawn, loop_d1_us);
    count("table", "empty", drawn, loop_d1_empty);
}

int main(int argc, char **argv)
{
    spin_set(1);
    if (argc > 1 && strcmp(argv[1], "table") == 0) {
        table();
        return 0;
    }
#define BOTH(name, type, parameters, list, mix) both(#name, loop_##name##_us, loop_##name##_empty);
    SIGNATURES(BOTH)
    both("o1", loop_o1_us, loop_o1_empty);
    both("o2", loop_o2_us, loop_o2_empty);
    return 0;
}
