/* phases WAY STEPS CALLS: four phases of CALLS calls: one in which 95 of 100 arguments were used
 * before, one in which none was, and both again. One line: nanoseconds per call of each phase. WAY
 * is us, original or full. */
#include "clock.h"
#include "loops.h"
#include "originals.h"
#include "stream.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHASES = 4, CHUNK = 8192 };

static double arguments[CHUNK];

LOOP_DOUBLE(d1_us)
LOOP_DOUBLE(d1_plain)
LOOP_DOUBLE(d1_full)

static double phase_ns(void (*loop)(const void *, int), struct stream *stream, long chunks)
{
    double sum = 0;
    for (long chunk = 0; chunk < chunks; chunk++) {
        stream_fill(stream, arguments, CHUNK);
        double start = cpu_ns();
        loop(arguments, CHUNK);
        sum += cpu_ns() - start;
    }
    return sum / ((double)chunks * CHUNK);
}

int main(int argc, char **argv)
{
    struct stream stream = {1, 0, 64, 0};
    if (argc != 4 || !pin(0)) return 2;
    long chunks = 1 + atol(argv[3]) / CHUNK;
    void (*loop)(const void *, int) = strcmp(argv[1], "us") == 0     ? loop_d1_us
                                      : strcmp(argv[1], "full") == 0 ? loop_d1_full
                                                                     : loop_d1_plain;
    spin_set(atoi(argv[2]));
    for (int phase = 0; phase < PHASES; phase++) {
        stream.percent = phase % 2 == 0 ? 95 : 0;
        printf("%.4f%c", phase_ns(loop, &stream, chunks), phase + 1 < PHASES ? '\t' : '\n');
    }
    return 0;
}
