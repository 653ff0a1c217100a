/* rates STEPS NS PERCENT KEYS MILLISECONDS: an original that takes NS nanoseconds, with STEPS, is
 * called with PERCENT arguments in 100 that were used before. Four columns of nanoseconds per call:
 * us; the original; caching always; the front alone. A line is about 2 ms of original; the last two
 * ways, whose cost does not change, are timed in one line of five (else -1). There are as many
 * lines as the original takes for MILLISECONDS, or we for four times that. */
#include "clock.h"
#include "originals.h"
#include "rounds.h"
#include "stream.h"

#include <stdio.h>
#include <stdlib.h>

enum { WAYS = 4, CHUNK = 8192, SELDOM = 5 };

static volatile double sink;
static double arguments[CHUNK];

#define LOOP(function)                                                                             \
    static void loop_##function(const void *list, int count)                                       \
    {                                                                                              \
        const double *x = list;                                                                    \
        double sum = 0;                                                                            \
        for (int i = 0; i < count; i++)                                                            \
            sum += function(x[i]);                                                                 \
        sink = sum;                                                                                \
    }
LOOP(d1_us)
LOOP(d1_plain)
LOOP(d1_full)
LOOP(d1_front)

static const struct way ways[WAYS] = {{"us", loop_d1_us},
                                      {"original", loop_d1_plain},
                                      {"full", loop_d1_full},
                                      {"front", loop_d1_front}};

/* The arguments are made outside of what is timed; each way has the same stream of its own. */
static double turn_ns(const struct way *way, struct stream *stream, int chunks, int count)
{
    double sum = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
        stream_fill(stream, arguments, count);
        double start = cpu_ns();
        way->loop(arguments, count);
        sum += cpu_ns() - start;
    }
    return sum / ((double)chunks * count);
}

int main(int argc, char **argv)
{
    if (argc != 6 || !pin(0)) return 2;
    double ns = atof(argv[2]);
    int count = ns * CHUNK > 2e6 ? (int)(2e6 / ns) : CHUNK, chunks = (int)(2e6 / (ns * count));
    struct stream streams[WAYS];
    spin_set(atoi(argv[1]));
    rounds_header(ways, WAYS);
    for (int way = 0; way < WAYS; way++)
        streams[way] = (struct stream){1, 0, atoi(argv[4]), atoi(argv[3])};
    double with = 0, total = atof(argv[5]) * 1e6;
    for (int turn = 0; turn * 2e6 < total && with < 4 * total; turn++) {
        double figures[WAYS];
        for (int k = 0; k < WAYS; k++) {
            int way = (turn + k) % WAYS, timed = way < 2 || turn % SELDOM == 0;
            figures[way] = timed ? turn_ns(&ways[way], &streams[way], chunks, count) : -1;
        }
        with += figures[0] * chunks * count;
        for (int way = 0; way < WAYS; way++)
            printf("%.4f%c", figures[way], way + 1 < WAYS ? '\t' : '\n');
    }
    return 0;
}
