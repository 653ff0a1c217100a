/* The lock: one owner at a time, and no endless wait for one that is gone, on a busy machine
 * either.
 */
#include "cache/lock.h"
#include "check.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#define THREADS 4
#define ROUNDS  20000

static struct lock lock;
static unsigned long guarded, taken[THREADS];

static void *count(void *number)
{
    for (int i = 0; i < ROUNDS; i++) {
        if (!lock_try(&lock)) continue;
        guarded++;
        lock_release(&lock);
        taken[(size_t)number]++;
    }
    return NULL;
}

static void one_owner(void)
{
    pthread_t threads[THREADS];
    unsigned long sum = 0;
    for (size_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, count, (void *)i);
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        sum += taken[i];
    }
    CHECK(guarded == sum);
    CHECK(sum > ROUNDS); /* bypassing is the exception */
}

static atomic_bool over;

static void *busy(void *unused)
{
    while (!atomic_load(&over)) {
    }
    return unused;
}

static void use_one_core(void)
{
    cpu_set_t cores, one;
    int core = 0;
    sched_getaffinity(0, sizeof(cores), &cores);
    while (!CPU_ISSET(core, &cores))
        core++;
    CPU_ZERO(&one);
    CPU_SET(core, &one);
    sched_setaffinity(0, sizeof(one), &one);
}

/* Each yield of ours is a turn of the busy thread's. Waiting as often as on a machine that has
 * nothing else to do takes minutes: the alarm ends that. */
static void lost_owner(void)
{
    struct lock lost = {.held = false};
    pthread_t other;
    int tries = 0;
    use_one_core();
    pthread_create(&other, NULL, busy, NULL);
    CHECK(lock_take(&lost));
    alarm(60);
    while (tries < 3000 && !lock_try(&lost))
        tries++;
    CHECK(tries == 3000);
    CHECK(!lock_wait(&lost));
    alarm(0);
    lock_release(&lost); /* it was not lost after all */
    CHECK(lock_try(&lost));
    lock_release(&lost);
    CHECK(lock_wait(&lost));
    atomic_store(&over, true);
    pthread_join(other, NULL);
}

int main(void)
{
    one_owner();
    lost_owner();
    return check_done("lock");
}
