/* SIGPROF every millisecond, in any of three threads, with a handler that calls a memoized function
 * while those call it, miss, evict and clear. */
#include "stress/stress.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

static atomic_ulong handled;

static void handler(int signal_number)
{
    (void)signal_number;
    unsigned long number = handled++;
    stress_plain(number % 100);
    stress_plain(number);
}

static void *caller(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    while (!stress_over())
        for (int i = 0; i < 1000; i++)
            stress_plain(stress_random(&state) % (i % 2 ? 100 : 20000));
    return NULL;
}

void stress_signals(void)
{
    pthread_t threads[2];
    timer_t timer;
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGPROF};
    struct itimerspec often = {{0, 1000000}, {0, 1000000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGPROF, &action, NULL);
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &often, NULL);
    for (long i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, caller, (void *)i);
    caller((void *)2);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    timer_settime(timer, 0, &never, NULL);
    if (handled < 100) stress_wrong("signals", handled, 100);
}
