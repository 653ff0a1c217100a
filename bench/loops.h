/* The loop around the calls that are timed. */
#ifndef BENCH_LOOPS_H
#define BENCH_LOOPS_H

/* Where results go, as calls whose results nobody wants could be left out. One for each thread: two
 * that write to one line of cache would time that. */
static _Thread_local volatile double sink;

/* Defines loop_FUNCTION(): a call with each of `count` doubles. */
#define LOOP_DOUBLE(function)                                                                      \
    static void loop_##function(const void *list, int count)                                       \
    {                                                                                              \
        const double *x = list;                                                                    \
        double sum = 0;                                                                            \
        for (int i = 0; i < count; i++)                                                            \
            sum += function(x[i]);                                                                 \
        sink = sum;                                                                                \
    }
#endif
