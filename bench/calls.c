/* calls FUNCTION COUNT DISTINCT: mean nanoseconds per call, over COUNT calls with DISTINCT
 * arguments in turn; the loop and the pointer call are part of it. One number on stdout. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static double call_pow(long i)
{
    return pow(1.0 + (double)i, 1.25);
}

static double call_tgamma(long i)
{
    return tgamma(1.5 + (double)i * 1e-4);
}

static double call_localtime(long i)
{
    time_t when = 1700000000 + i;
    return localtime(&when)->tm_min;
}

static const struct function {
    const char *name;
    double (*call)(long i);
} functions[] = {{"pow", call_pow}, {"tgamma", call_tgamma}, {"localtime", call_localtime}};

int main(int argc, char **argv)
{
    long count = argc > 2 ? atol(argv[2]) : 0, distinct = argc > 3 ? atol(argv[3]) : 0;

    for (size_t k = 0; k < sizeof(functions) / sizeof(functions[0]); k++) {
        if (argc < 4 || strcmp(functions[k].name, argv[1]) != 0 || count < 1 || distinct < 1)
            continue;
        volatile double sum = 0;
        double start = now();
        for (long i = 0; i < count; i++)
            sum += functions[k].call(i % distinct);
        printf("%.1f\n", (now() - start) / (double)count);
        return 0;
    }
    fprintf(stderr, "usage: calls pow|tgamma|localtime COUNT DISTINCT\n");
    return 2;
}
