/* threads ROUNDS CALLS STEPS: calls per nanosecond of one thread and of two, each on a CPU of its
 * own, that hit the same slot, or call the same empty function: columns us1 us2 empty1 empty2. */
#include "arguments.h"
#include "clock.h"
#include "originals.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARGUMENTS = 2048 };

typedef void loop_type(void);

static const double *arguments;
static int passes;
static _Thread_local volatile double sink;
static pthread_barrier_t before, after;
static loop_type *task; /* of the second thread; NULL ends it */
static double began[2], ended[2];

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
    began[number] = wall_ns();
    loop();
    ended[number] = wall_ns();
    pthread_barrier_wait(&after);
}

static void *second(void *unused)
{
    (void)unused;
    pin(1);
    loop_d1_us(); /* its own front */
    pthread_barrier_wait(&after);
    for (;;) {
        pthread_barrier_wait(&after);
        if (!task) return NULL;
        part(1, task);
    }
}

static double throughput(loop_type *loop, int threads)
{
    task = threads == 2 ? loop : idle;
    pthread_barrier_wait(&after);
    part(0, loop);
    double first = began[0], last = ended[0];
    if (threads == 2) {
        if (began[1] < first) first = began[1];
        if (ended[1] > last) last = ended[1];
    }
    return (double)threads * passes * ARGUMENTS / (last - first);
}

int main(int argc, char **argv)
{
    pthread_t thread;
    if (argc != 4 || !pin(0)) return 2;
    arguments = draws_of_doubles(64, ARGUMENTS);
    passes = 1 + atoi(argv[2]) / ARGUMENTS;
    spin_set(atoi(argv[3]));
    pthread_barrier_init(&before, NULL, 2);
    pthread_barrier_init(&after, NULL, 2);
    loop_d1_us();
    if (pthread_create(&thread, NULL, second, NULL) != 0) return 1;
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
