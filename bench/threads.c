/* threads ROUNDS CALLS STEPS: calls per nanosecond of CPU time, of one thread and of two together,
 * each on a CPU of its own: columns NAME1 NAME2. They hit the same slot, by a typed front (us) or
 * a flat one (flat), never repeat an argument of the same slot (same) or of a slot each (apart), or
 * call the same empty function (empty). Rounds in which the two did not run side by side, as others
 * had a CPU, are made again. */
#include "arguments.h"
#include "clock.h"
#include "loops.h"
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
static _Thread_local double next; /* argument; one thread takes the odd ones */
static pthread_barrier_t before, after;
static loop_type *task; /* of the second thread; NULL ends it */
static struct span {
    double began, ended, cpu;
} spans[2];

#define REPEATED(function)                                                                         \
    LOOP_DOUBLE(function)                                                                          \
    static void repeated_##function(void)                                                          \
    {                                                                                              \
        for (int pass = 0; pass < passes; pass++)                                                  \
            loop_##function(arguments, ARGUMENTS);                                                 \
    }
REPEATED(d1_us)
REPEATED(d1_empty)
REPEATED(d1_plain2)

#define DISTINCT(function)                                                                         \
    static void distinct_##function(void)                                                          \
    {                                                                                              \
        double sum = 0, argument = next;                                                           \
        for (int i = 0; i < passes * ARGUMENTS; i++, argument += 2)                                \
            sum += function(argument);                                                             \
        next = argument;                                                                           \
        sink = sum;                                                                                \
    }
DISTINCT(d1_full)
DISTINCT(d1_plain)

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
    repeated_d1_us(); /* its own front */
    next = 1;
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

static double throughput(loop_type *loop, loop_type *other)
{
    int tries = 0;
    task = other;
    do {
        pthread_barrier_wait(&after);
        part(0, loop);
    } while (other != idle && !side_by_side() && ++tries < TRIES);
    double sum = 1 / spans[0].cpu + (other != idle ? 1 / spans[1].cpu : 0);
    return sum * passes * ARGUMENTS;
}

static void row(void)
{
    static const struct {
        loop_type *first, *second;
    } ways[] = {{repeated_d1_us, repeated_d1_us},
                {repeated_d1_plain2, repeated_d1_plain2},
                {distinct_d1_full, distinct_d1_full},
                {distinct_d1_full, distinct_d1_plain},
                {repeated_d1_empty, repeated_d1_empty}};
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        double one = throughput(ways[i].first, idle);
        printf("%s%.5f\t%.5f", i ? "\t" : "", one, throughput(ways[i].first, ways[i].second));
    }
    printf("\n");
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
    repeated_d1_us();
    pthread_barrier_wait(&after);
    printf("us1\tus2\tflat1\tflat2\tsame1\tsame2\tapart1\tapart2\tempty1\tempty2\n");
    for (int round = 0; round < atoi(argv[1]); round++)
        row();
    task = NULL;
    pthread_barrier_wait(&after);
    return pthread_join(thread, NULL);
}
