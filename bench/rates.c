/* rates STEPS NS PERCENT KEYS MILLISECONDS: an original that takes NS nanoseconds, with STEPS, is
 * called with PERCENT arguments in 100 that were used before. Four columns of nanoseconds per call:
 * us; the original; caching always; the front alone. A line is about 2 ms of original; the last two
 * ways, whose cost does not change, are timed in one line of five (else -1). There are as many
 * lines as the original takes for MILLISECONDS, or we for four times that. */
#include "clock.h"
#include "loops.h"
#include "originals.h"
#include "rounds.h"
#include "stream.h"

#include <stdio.h>
#include <stdlib.h>

enum { WAYS = 4, CHUNK = 8192, SELDOM = 5 };
#define TURN 2e6

static double arguments[CHUNK];

LOOP_DOUBLE(d1_us)
LOOP_DOUBLE(d1_plain)
LOOP_DOUBLE(d1_full)
LOOP_DOUBLE(d1_front)

static const struct way ways[WAYS] = {{"us", loop_d1_us},
                                      {"original", loop_d1_plain},
                                      {"full", loop_d1_full},
                                      {"front", loop_d1_front}};

/* Each chunk of arguments, made outside of what is timed, by one way and by the next: what disturbs
 * the one for longer disturbs the other. Adds up nanoseconds per call. */
static void turn(int first, int end, struct stream *stream, int chunks, int count, double *figures)
{
    for (int way = first; way < end; way++)
        figures[way] = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
        stream_fill(stream, arguments, count);
        for (int k = 0; k < end - first; k++) {
            int way = first + (k + chunk) % (end - first);
            double start = cpu_ns();
            ways[way].loop(arguments, count);
            figures[way] += (cpu_ns() - start) / ((double)chunks * count);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 6 || !pin(0)) return 2;
    double ns = atof(argv[2]), with = 0, total = atof(argv[5]) * 1e6;
    int count = ns * CHUNK > 4e5 ? (int)(4e5 / ns) : CHUNK, chunks = (int)(TURN / (ns * count));
    struct stream stream = {1, 0, atoi(argv[4]), atoi(argv[3])}, seldom[] = {stream, stream};
    spin_set(atoi(argv[1]));
    rounds_header(ways, WAYS);
    for (int number = 0; number * TURN < total && with < 4 * total; number++) {
        double figures[WAYS] = {-1, -1, -1, -1};
        turn(0, 2, &stream, chunks, count, figures);
        for (int way = 2; way < WAYS && number % SELDOM == 0; way++) /* each fills its caches */
            turn(way, way + 1, &seldom[way - 2], chunks, count, figures);
        with += figures[0] * chunks * count;
        for (int way = 0; way < WAYS; way++)
            printf("%.4f%c", figures[way], way + 1 < WAYS ? '\t' : '\n');
    }
    return 0;
}
