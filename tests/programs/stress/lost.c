/* Threads and frames that are gone in the middle of anything, our own code included: whoever held a
 * lock then never gives it back. Nobody may hang for it, and every answer stays right. */
#include "stress/stress.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static void check(uint64_t key)
{
    uint64_t got = plain(key), want = work_scrambled(9, key);
    if (got != want) stress_wrong("plain", got, want);
}

static void *endless(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    for (;;)
        check(stress_random(&state) % 5000);
    return NULL;
}

/* Asynchronous cancellation: the thread ends wherever it is. */
void stress_cancel(void)
{
    for (uint64_t number = 0; !stress_over(); number++) {
        pthread_t thread;
        pthread_create(&thread, NULL, endless, (void *)number);
        usleep((useconds_t)(number % 40) * 10);
        pthread_cancel(thread);
        pthread_join(thread, NULL);
        for (uint64_t key = 0; key < 100; key++)
            check(key);
    }
}

static sigjmp_buf back;
static volatile sig_atomic_t jumping;

static void jump(int signal_number)
{
    (void)signal_number;
    if (jumping) siglongjmp(back, 1);
}

/* A handler that leaves by siglongjmp, as a program with time limits for its steps has it. */
void stress_jumps(void)
{
    static uint64_t state = 88172645463325252u;
    static unsigned long jumps;
    timer_t timer;
    struct sigaction action = {.sa_handler = jump};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    struct itimerspec often = {{0, 200000}, {0, 200000}}, never = {{0, 0}, {0, 0}};
    sigaction(SIGALRM, &action, NULL);
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    timer_settime(timer, 0, &often, NULL);
    while (!stress_over()) {
        if (sigsetjmp(back, 1) == 0) {
            jumping = 1;
            for (;;)
                check(stress_random(&state) % 5000);
        }
        jumping = 0;
        jumps++;
    }
    timer_settime(timer, 0, &never, NULL);
    if (jumps < 100) stress_wrong("jumps", jumps, 100);
}
