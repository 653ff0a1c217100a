/* twins CASE: the C twin of one test of CPython's TestLRU. Each is run in a process of its own, so
 * that the suite can compare its report; results are checked here and the last line on stdout is
 * what the suite compares. Source: the cases of CPython 3.11, Lib/test/test_functools.py. */
#include "check.h"
#include "lru/library.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void case_fibonacci(void)
{
    printf("%lu\n", fibonacci(20) + fibonacci(15) + fibonacci(20));
}

static void case_refill(void)
{
    unsigned long sum = 0;
    for (unsigned long key = 0; key < 15; key++)
        sum += refill(key);
    sum += refill(20);
    sum += refill(20);
    sum += refill(14);
    sum += refill(0);
    printf("%lu\n", sum);
}

static void case_collatz(void)
{
    unsigned long sum = 0;
    for (unsigned long n = 1; n < 2000; n++)
        sum += collatz(n);
    printf("%lu\n", sum);
}

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static float float_of(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* 10 doubles and 10 floats that == would confuse, three times over. */
static void case_bits(void)
{
    static const uint64_t doubles[] = {
        0,
        0x8000000000000000, /* -0.0 */
        0x7ff0000000000000,
        0xfff0000000000000,
        0x7ff8000000000000, /* quiet NaNs: sign and payload */
        0xfff8000000000000,
        0x7ff8000000000001,
        0x7ff80000deadbeef,
        1, /* the least subnormal */
        0x3ff0000000000000,
    };
    static const uint32_t floats[] = {
        0,          0x80000000, 0x7f800000, 0xff800000, 0x7fc00000,
        0xffc00000, 0x7fc00001, 0x7fc0beef, 1,          0x3f800000,
    };
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < 10; i++) {
            CHECK(bits_of_double(double_of(doubles[i])) == doubles[i]);
            CHECK(bits_of_float(float_of(floats[i])) == floats[i]);
        }
}

static void case_tuples(void)
{
    for (int round = 0; round < 2; round++) {
        CHECK(pair(1, 2) == 0x100000002);
        CHECK(pair(2, 1) == 0x200000001);
        CHECK(pair(0, 0) == 0);
    }
    static const char *words[][2] = {
        {"ab", "c"},   {"a", "bc"}, {"abc", ""}, {"", "abc"}, {"abc", NULL},
        {NULL, "abc"}, {"", ""},    {"", NULL},  {NULL, ""},  {NULL, NULL},
    };
    unsigned long first[10];
    for (int i = 0; i < 10; i++)
        first[i] = join(words[i][0], words[i][1]);
    for (int i = 0; i < 10; i++) {
        CHECK(join(words[i][0], words[i][1]) == first[i]);
        for (int j = 0; j < i; j++)
            CHECK(first[i] != first[j]);
    }
}

/* errors = skip: EDOM and ERANGE are results, other errors are not cached. */
static void case_errors(void)
{
    static const int errors[] = {0, EDOM, ERANGE, EINVAL, ENOMEM, EAGAIN};
    for (int round = 0; round < 4; round++)
        for (int i = 0; i < 6; i++) {
            errno = 0;
            CHECK(failing(errors[i]) == (errors[i] ? -1 : 0));
            CHECK(errno == errors[i]);
        }
}

enum { THREADS = 5, ROUNDS = 11 };

static void run_threads(void *(*body)(void *))
{
    pthread_t threads[THREADS];
    for (long i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, body, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

static pthread_barrier_t start;

static void *fill_own_key(void *number)
{
    pthread_barrier_wait(&start);
    for (int round = 0; round < ROUNDS; round++)
        CHECK(pair((unsigned)(long)number, 0) == (unsigned long)number << 32);
    return NULL;
}

/* Each thread its own key: as many misses as threads, all else hits. */
static void case_threads(void)
{
    pthread_barrier_init(&start, NULL, THREADS);
    run_threads(fill_own_key);
}

static void *same_key(void *unused)
{
    (void)unused;
    for (long key = 0; key < ROUNDS; key++) {
        pthread_barrier_wait(&start);
        CHECK(meeting(key) == 3 * key);
    }
    return NULL;
}

/* All threads are inside the original of one key at once: it would hang if a lock were held. */
static void case_simultaneous(void)
{
    pthread_barrier_init(&start, NULL, THREADS);
    meeting_of(THREADS);
    run_threads(same_key);
}

static void *slow_keys(void *number)
{
    for (long key = 0; key < ROUNDS; key++)
        CHECK(slow((key + (long)number) % THREADS) == 3 * ((key + (long)number) % THREADS));
    return NULL;
}

/* A slow function and maxsize 2: entries are evicted while others are computed. */
static void case_slow(void)
{
    run_threads(slow_keys);
}

/* cache_clear(): currsize starts again, counters go on. */
static void case_clear(void)
{
    for (unsigned long round = 0; round < 4; round++) {
        for (int twice = 0; twice < 2; twice++)
            for (unsigned long key = 0; key < 100; key++)
                CHECK(generation(key) == round * 1000 + key);
        bump_generation();
    }
    CHECK(generation(1) == 4001);
}

/* The default maxsize: 4096. */
static void case_default(void)
{
    for (unsigned long key = 0; key < 5000; key++)
        scramble(key);
}

/* A caller that does not widen its argument: whatever is above it is no part of the key. */
static void case_narrow(void)
{
    unsigned long (*wide)(unsigned) = (unsigned long (*)(unsigned))(void *)narrow;
    for (int i = 0; i < 3; i++)
        CHECK(wide(0x10005) == 5);
    CHECK(narrow(6) == 6 && narrow(7) == 7); /* evicts 5 */
    CHECK(wide(0x10005) == 5);
}

/* Of a result that is only known to leave errno 0 alone, the first call with another one is a miss:
 * the place that its look-up gives tells of no later use. */
static void case_errno(void)
{
    unsigned long want = scramble(0);
    CHECK(scramble(0) == want);
    errno = EINTR;
    CHECK(scramble(0) == want && errno == EINTR);
    errno = 0;
    scramble(1);
    CHECK(scramble(0) == want);
    scramble(2); /* evicts 1 */
    CHECK(scramble(0) == want);
}

static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    {"fibonacci", case_fibonacci}, {"refill", case_refill},   {"collatz", case_collatz},
    {"bits", case_bits},           {"tuples", case_tuples},   {"errors", case_errors},
    {"threads", case_threads},     {"slow", case_slow},       {"simultaneous", case_simultaneous},
    {"clear", case_clear},         {"default", case_default}, {"narrow", case_narrow},
    {"errno", case_errno},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(cases[i].name, argv[1]) != 0) continue;
        cases[i].run();
        fflush(stdout);
        if (check_failed) fprintf(stderr, "%s: %d failed\n", argv[1], check_failed);
        return check_failed != 0;
    }
    return 2;
}
