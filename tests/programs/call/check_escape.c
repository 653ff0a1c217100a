/* Calls that end by longjmp, thread exit or cancellation, and calls from within calls. */
#include "call/groups.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void check_longjmp(void)
{
    jmp_buf here;
    volatile int escaped = 0;
    for (volatile int i = 0; i < 10000; i++) {
        escape_to = &here;
        int arrived = setjmp(here);
        if (arrived == 0)
            escape(i % 50);
        else
            escaped += arrived == i % 50 + 1;
        escape_to = NULL;
    }
    CHECK(escaped == 10000);
    for (int time = 0; time < 2; time++)
        for (int key = 0; key < 50; key++) {
            unsigned long before = originals_ran();
            CHECK(escape(key) == key * 2);
            CHECK(originals_ran() - before == (time == 0));
        }
}

static void out_of_callback(int key)
{
    if (key < 3) {
        calls_back(key + 1);
        return;
    }
    longjmp(*escape_to, 99);
}

/* Out of four levels of one memoized function at once. */
static void check_nested_longjmp(void)
{
    jmp_buf here;
    volatile int arrived = 0;
    call_back = out_of_callback;
    escape_to = &here;
    for (volatile int i = 0; i < 1000; i++)
        if (setjmp(here) == 0)
            calls_back(0);
        else
            arrived++;
    call_back = NULL;
    escape_to = NULL;
    CHECK(arrived == 1000);
    for (int time = 0; time < 2; time++)
        for (int key = 0; key < 4; key++) {
            unsigned long before = originals_ran();
            CHECK(calls_back(key) == key * 11);
            CHECK(originals_ran() - before == (time == 0));
        }
}

static void escape_into(bool direct, int first, int r[4])
{
    jmp_buf here;
    escape_to = &here;
    if (setjmp(here) == 0) CALL(direct, escape_writing, first, r);
    escape_to = NULL;
}

/* What the original had written of its output when it left, and what it had not. */
void check_outputs_left(void)
{
    for (int first = 0; first < 4; first++)
        for (int round = 0; round < 3; round++) {
            int want[4] = {1, 2, 3, round}, got[4] = {1, 2, 3, round};
            escape_into(true, first, want);
            escape_into(false, first, got);
            CHECK(memcmp(want, got, sizeof want) == 0);
        }
    int r[4] = {0};
    CHECK(escape_writing(2, r) == 2 && r[3] == 203);
}

static _Thread_local int cleaned;
static int clean_ups;

static void clean_up(void *unused)
{
    (void)unused;
    cleaned++;
    __atomic_add_fetch(&clean_ups, 1, __ATOMIC_RELAXED);
}

static void *ends_itself(void *key)
{
    pthread_cleanup_push(clean_up, NULL);
    end_thread((int)(long)key);
    pthread_cleanup_pop(0);
    return "came back";
}

static void check_thread_exit(void)
{
    clean_ups = 0;
    for (long i = 1; i <= 500; i++) {
        pthread_t thread;
        void *result = NULL;
        pthread_create(&thread, NULL, ends_itself, (void *)-(i % 20 + 1));
        pthread_join(thread, &result);
        CHECK((long)result == -(i % 20 + 1));
    }
    CHECK(clean_ups == 500);
    CHECK(end_thread(4) == 12);
    CHECK(end_thread(4) == 12);
}

static void *waits(void *key)
{
    pthread_cleanup_push(clean_up, NULL);
    if ((long)key % 2) pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    wait_forever((int)(long)key);
    pthread_cleanup_pop(0);
    return "came back";
}

static void check_cancellation(void)
{
    clean_ups = 0;
    for (long i = 1; i <= 200; i++) {
        pthread_t thread;
        void *result = NULL;
        pthread_create(&thread, NULL, waits, (void *)-(i % 7 + 1));
        if (i % 2) usleep(500);
        pthread_cancel(thread);
        pthread_join(thread, &result);
        CHECK(result == PTHREAD_CANCELED);
    }
    CHECK(wait_forever(6) == 30);
    CHECK(wait_forever(6) == 30);
}

static void check_recursion(void)
{
    unsigned long before = originals_ran();
    CHECK(even(2000) == 1);
    CHECK(originals_ran() - before == 2001);
    CHECK(odd(1999) == 1 && even(1998) == 1 && odd(2001) == 1);
    CHECK(originals_ran() - before == 2002);
}

static volatile sig_atomic_t handled;

static void handler(int signal_number)
{
    (void)signal_number;
    handled += turn_long(handled % 10, 1) == direct_turn_long(handled % 10, 1);
    handled += calls_back(5) == 55;
}

/* A handler that runs while an original runs, and calls the memoized function itself. */
static void check_handler(void)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_NODEFER}, before;
    sigaction(SIGUSR1, &action, &before);
    for (int i = 0; i < 100; i++) {
        CHECK(raise_signal(SIGUSR1) == SIGUSR1 * 7);
        raise(SIGUSR1);
    }
    sigaction(SIGUSR1, &before, NULL);
    CHECK(handled == 2 * 101 || handled == 2 * 200); /* the first call of the hundred ran, or all */
}

static pid_t forked;

static void fork_within(int key)
{
    if (key >= 1000) forked = fork();
}

/* fork() from inside an original: the call returns twice, and both processes go on. */
static void check_fork_within(void)
{
    fflush(stdout);
    for (int i = 0; i < 20; i++) {
        int status = -1;
        call_back = fork_within;
        int got = calls_back(1000 + i); /* a hit would not fork */
        call_back = NULL;
        bool right = got == 11000 + 11 * i && calls_back(7) == 77 && calls_back(7) == 77;
        if (forked == 0) _exit(right ? 0 : 1);
        waitpid(forked, &status, 0);
        CHECK(right && status == 0);
    }
}

void check_escapes(void)
{
    check_longjmp();
    check_nested_longjmp();
    check_thread_exit();
    check_cancellation();
    check_recursion();
    check_handler();
    check_fork_within();
}
