/* calibrate NS...: for each cost in nanoseconds the steps of the original that take it, call and
 * loop included, and what was measured: `NS<tab>STEPS<tab>MEASURED`, a line each. */
#include "arguments.h"
#include "clock.h"
#include "originals.h"

#include <stdio.h>
#include <stdlib.h>

static volatile double sink;

static double once_ns(const double *x, int count)
{
    double sum = 0, start = cpu_ns();
    for (int i = 0; i < count; i++)
        sum += d1_plain(x[i]);
    sink = sum;
    return (cpu_ns() - start) / count;
}

/* The least of seven: whatever disturbs a loop makes it longer. */
static double measured(const double *x, int steps, double about)
{
    double least = 1e9;
    int count = about > 20 ? (int)(400e3 / about) : 20000;
    spin_set(steps);
    for (int round = 0; round < 7; round++) {
        double ns = once_ns(x, count);
        if (ns < least) least = ns;
    }
    return least;
}

/* More steps never cost less, nearly: the smallest number that costs as much, or the one before. */
static int steps_of(const double *x, double ns)
{
    int low = 0, high = 1;
    while (measured(x, high, ns) < ns)
        low = high, high *= 2;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (measured(x, middle, ns) < ns)
            low = middle;
        else
            high = middle;
    }
    return ns - measured(x, low, ns) < measured(x, high, ns) - ns ? low : high;
}

int main(int argc, char **argv)
{
    const double *x = draws_of_doubles(100000, 20000);
    if (argc < 2 || !pin(0)) return 2;
    for (int k = 1; k < argc; k++) {
        double ns = atof(argv[k]);
        int steps = steps_of(x, ns);
        printf("%s\t%d\t%.2f\n", argv[k], steps, measured(x, steps, ns));
    }
    return 0;
}
