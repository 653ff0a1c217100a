/* age FUNCTION real SECONDS | age FUNCTION jumps: entries under a ttl, looked up at all ages.
 *
 * Each answer tells when it was computed, so that a hit shows; all times are taken right before and
 * right after a call. A call that ended before the entry's time was up had to be a hit; one that
 * began LATE_NS after it had to be a miss. What lies between may be either. `real` waits,
 * `jumps` moves its monotonic clock on by entering other time namespaces, and ends with 77 where
 * that is not permitted. Meanwhile the clock of the day, as this program sees it and all in it, is
 * set back and forth. */
#include "fresh/state.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LATE_NS 10000000
#define SECOND  1000000000L

enum { KEYS = 32 };

struct kind {
    const char *name;
    long (*call)(int key);
    long ttl_ns;
};

static const struct kind kinds[] = {{"fresh_age", fresh_age, SECOND / 20},
                                    {"fresh_long_age", fresh_long_age, 60 * SECOND}};
static const struct kind *kind;

static struct {
    long answer, before, after; /* of the call that computed it */
} born[KEYS];

static long step; /* of the clock of the day, in ns */
static unsigned long hits, misses, early, late;

/* In the place of libc's, for libmemo.so too: this program is asked first. */
int clock_gettime(clockid_t clock, struct timespec *time)
{
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) time->tv_sec += step / SECOND;
    return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec time;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &time);
    *now = (struct timeval){time.tv_sec, time.tv_nsec / 1000};
    return 0;
}

time_t time(time_t *now)
{
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    if (now) *now = time.tv_sec;
    return time.tv_sec;
}

static long now_ns(void)
{
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static void look(int number)
{
    int key = number % KEYS;
    unsigned long ran = fresh_ran;
    long before = now_ns(), answer = kind->call(number), after = now_ns();
    if (fresh_ran != ran) {
        if (born[key].answer && after - born[key].before < kind->ttl_ns && ++early == 1)
            printf("early by %ld ns\n", kind->ttl_ns - (after - born[key].before));
        born[key].answer = answer;
        born[key].before = before;
        born[key].after = after;
        misses++;
        return;
    }
    if (answer != born[key].answer) {
        printf("another answer\n");
        late++;
    }
    if (before - born[key].after >= kind->ttl_ns + LATE_NS && ++late == 1)
        printf("late by %ld ns\n", before - born[key].after - kind->ttl_ns);
    hits++;
}

static void set_the_day(uint64_t *state)
{
    step = ((long)fresh_below(state, 20000) - 10000) * SECOND;
}

static void really(long seconds)
{
    uint64_t state = 7;
    for (long end = now_ns() + seconds * SECOND; now_ns() < end;) {
        struct timespec pause = {.tv_nsec = fresh_below(&state, 300000)};
        for (int key = 0; key < KEYS; key++)
            if (fresh_below(&state, 2)) look(key);
        set_the_day(&state);
        nanosleep(&pause, NULL);
    }
}

/* A time namespace whose monotonic clock is so far ahead of this one's; a descriptor. */
static int time_namespace(long ahead_ns)
{
    int ready[2], done[2];
    char byte = 0, path[64];
    if (pipe(ready) != 0 || pipe(done) != 0) _exit(3);
    pid_t child = fork();
    if (child == 0) {
        FILE *offsets =
            unshare(CLONE_NEWTIME) == 0 ? fopen("/proc/self/timens_offsets", "w") : NULL;
        if (offsets) fprintf(offsets, "monotonic %ld %ld\n", ahead_ns / SECOND, ahead_ns % SECOND);
        byte = offsets && fclose(offsets) == 0;
        if (write(ready[1], &byte, 1) != 1) _exit(3);
        close(done[1]);
        _exit(read(done[0], &byte, 1) < 0);
    }
    if (read(ready[0], &byte, 1) != 1 || !byte) exit(77);
    snprintf(path, sizeof path, "/proc/%d/ns/time_for_children", (int)child);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    close(done[1]);
    waitpid(child, NULL, 0);
    close(ready[0]), close(ready[1]), close(done[0]);
    return descriptor;
}

/* Entries are born, the clock jumps to around their end, and they are looked up. */
static void by_jumps(void)
{
    enum { JUMPS = 48 };
    static const long around[] = {-30 * SECOND, -SECOND,  -50000000, -20000000,
                                  -8000000,     -4000000, 0,         10000000,
                                  15000000,     50000000, SECOND,    30 * SECOND};
    int spaces[JUMPS];
    long ahead = 0;
    uint64_t state = 9;
    for (int i = 0; i < JUMPS; i++) {
        ahead += kind->ttl_ns + around[i % (sizeof around / sizeof *around)];
        spaces[i] = time_namespace(ahead);
    }
    for (int i = 0; i < JUMPS; i++) {
        kind->call(-1); /* its code and data are there when it counts */
        memset(born, 0, sizeof born);
        for (int key = 0; key < KEYS; key++)
            look(i * KEYS + key);
        set_the_day(&state);
        if (setns(spaces[i], CLONE_NEWTIME) != 0) exit(77);
        for (int key = 0; key < KEYS; key++)
            look(i * KEYS + key);
    }
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc >= 3 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kind = &kinds[i];
    if (!kind) return 2;
    if (argc == 4)
        really(strtol(argv[3], NULL, 10));
    else
        by_jumps();
    printf("%lu hits, %lu misses, %lu early, %lu late\n", hits, misses, early, late);
    return early || late;
}
