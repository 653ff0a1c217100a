/* Four threads call eight slots with working sets that grow, shrink and are thrown away. A result
 * of a generation that ended before the call began is a stale one. */
#include "stress/stress.h"

#include <pthread.h>

static atomic_uint ended[SLOTS]; /* generations that were over when clear_N had returned */

typedef uint64_t work_function(uint64_t key);
typedef void clear_function(void);

#define WORK(n)  work_##n,
#define CLEAR(n) clear_##n,
static work_function *const works[SLOTS] = {EACH_SLOT(WORK)};
static clear_function *const clears[SLOTS] = {EACH_SLOT(CLEAR)};

static void raise_to(atomic_uint *least, unsigned value)
{
    unsigned now = *least;
    while (now < value && !atomic_compare_exchange_weak(least, &now, value))
        ;
}

static void clear(unsigned slot)
{
    unsigned before = generations[slot];
    clears[slot]();
    raise_to(&ended[slot], before + 1);
}

static void call(unsigned slot, uint64_t key)
{
    uint64_t least = ended[slot];
    uint64_t got = works[slot](key);
    uint64_t generation = got & ((1u << GENERATION_BITS) - 1);
    uint64_t want = work_scrambled(slot, key);
    /* the upper bits as they were shifted in */
    if (got >> GENERATION_BITS != (want << GENERATION_BITS) >> GENERATION_BITS)
        stress_wrong("result", got >> GENERATION_BITS, want);
    if (generation < least) stress_wrong("stale generation", generation, least);
    calls_of_slot[slot]++;
}

/* The working set of a slot swings between 1 and 4000 keys, and moves on. */
static void *caller(void *number)
{
    uint64_t state = 88172645463325252u + (uint64_t)number * 7919;
    for (uint64_t round = 0; !stress_over(); round++) {
        unsigned slot = (unsigned)(stress_random(&state) % SLOTS);
        uint64_t size = 1 + (round % 400 < 200 ? round % 400 : 400 - round % 400) * 20;
        uint64_t base = round / 1000 * 1000;
        for (int i = 0; i < 200; i++)
            call(slot, base + stress_random(&state) % size);
        if (stress_random(&state) % 64 == 0) clear(slot);
    }
    return NULL;
}

void stress_slots(void)
{
    pthread_t threads[4];
    for (long i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, caller, (void *)i);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
}
