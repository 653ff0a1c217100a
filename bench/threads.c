/* threads ROUNDS CALLS STEPS: calls per nanosecond of CPU time, of one thread and of two together,
 * each on a CPU of its own, that hit the same slot, or call the same empty function: columns us1
 * us2 empty1 empty2. Rounds in which the two did not run side by side, as others had a CPU, are
 * made again. */
#include "arguments.h"
#include "clock.h"
#include "originals.h"

#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARGUMENTS = 2048, TRIES = 5 };

typedef void loop_type(void);

static const double *arguments;
static int passes;
static _Thread_local volatile double sink;
static pthread_barrier_t before, after;
static loop_type *task; /* of the second thread; NULL ends it */
static struct span {
    double began, ended, cpu;
} spans[2];

#define LOOP(function)                                                                             \
    static void loop_##function(void)                                                              \
    {                                                                                              \
        for (int pass = 0; pass < passes; pass++) {                                                \
            double sum = 0;                                                                        \
            for (int i = 0; i < ARGUMENTS; i++)                                                    \
                sum += function(arguments[i]);                                                     \
            sink = sum;                                                                            \
        }                                                                                          \
    }
LOOP(d1_us)
LOOP(d1_empty)

static void idle(void) {}

static void part(int number, loop_type *loop)
{
    pthread_barrier_wait(&before);
    double began = wall_ns(), cpu = cpu_ns();
    loop();
    spans[number] = (struct span){began, wall_ns(), cpu_ns() - cpu};
    pthread_barrier_wait(&after);
}

static void *second(void *unused)
{
    (void)unused;
    if (!pin(1)) exit(1);
    loop_d1_us(); /* its own front */
    pthread_barrier_wait(&after);
    for (;;) {
        pthread_barrier_wait(&after);
        if (!task) return NULL;
        part(1, task);
    }
}

/* Both had a CPU, nearly all the time, and at the same time. */
static bool side_by_side(void)
{
    const struct span *a = &spans[0], *b = &spans[1];
    double together = fmin(a->ended, b->ended) - fmax(a->began, b->began);
    double longer = fmax(a->ended - a->began, b->ended - b->began);
    return together > 0.8 * longer && a->cpu + b->cpu > 0.8 * 2 * longer;
}

static double throughput(loop_type *loop, int threads)
{
    int tries = 0;
    task = threads == 2 ? loop : idle;
    do {
        pthread_barrier_wait(&after);
        part(0, loop);
    } while (threads == 2 && !side_by_side() && ++tries < TRIES);
    double sum = 1 / spans[0].cpu + (threads == 2 ? 1 / spans[1].cpu : 0);
    return sum * passes * ARGUMENTS;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    if (argc != 4) return 2;
    arguments = draws_of_doubles(64, ARGUMENTS);
    passes = 1 + atoi(argv[2]) / ARGUMENTS;
    spin_set(atoi(argv[3]));
    pthread_barrier_init(&before, NULL, 2);
    pthread_barrier_init(&after, NULL, 2);
    /* before this thread is pinned: the other would inherit that */
    if (pthread_create(&thread, NULL, second, NULL) != 0 || !pin(0)) return 1;
    loop_d1_us();
    pthread_barrier_wait(&after);
    printf("us1\tus2\tempty1\tempty2\n");
    for (int round = 0; round < atoi(argv[1]); round++) {
        double us = throughput(loop_d1_us, 1), two = throughput(loop_d1_us, 2);
        double empty = throughput(loop_d1_empty, 1);
        printf("%.5f\t%.5f\t%.5f\t%.5f\n", us, two, empty, throughput(loop_d1_empty, 2));
    }
    task = NULL;
    pthread_barrier_wait(&after);
    return pthread_join(thread, NULL);
}
