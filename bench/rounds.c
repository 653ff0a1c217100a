#include "rounds.h"
#include "clock.h"

#include <stdio.h>

void rounds_header(const struct way *ways, int count)
{
    for (int way = 0; way < count; way++)
        printf("%s%c", ways[way].name, way + 1 < count ? '\t' : '\n');
}

static double passes_ns(const struct way *way, const void *arguments, int count, int passes)
{
    double start = cpu_ns();
    for (int pass = 0; pass < passes; pass++)
        way->loop(arguments, count);
    return (cpu_ns() - start) / ((double)count * passes);
}

void rounds_run(const struct way *ways, int way_count, const void *arguments, int count, int passes,
                int rounds)
{
    double figures[16];
    rounds_header(ways, way_count);
    for (int way = 0; way < way_count; way++)
        passes_ns(&ways[way], arguments, count, 3);
    for (int round = 0; round < rounds; round++) {
        for (int k = 0; k < way_count; k++) {
            int way = (round + k) % way_count;
            figures[way] = passes_ns(&ways[way], arguments, count, passes);
        }
        for (int way = 0; way < way_count; way++)
            printf("%.4f%c", figures[way], way + 1 < way_count ? '\t' : '\n');
    }
}
