#include "front/step.h"

#include <errno.h>
#include <stdlib.h>

_Atomic uint64_t step_generation;
_Atomic unsigned long step_ran;

uint64_t step_mixed(uint64_t key)
{
    key = (key ^ key >> 31) * 0x9e3779b97f4a7c15 + step_generation;
    return key ^ key >> 29;
}

static void run(uint64_t key)
{
    step_ran++;
    if (key >= STEP_ERROR) errno = ERANGE;
}

uint64_t step_typed(uint64_t key)
{
    run(key);
    return step_mixed(key);
}

double step_vector(double key)
{
    run((uint64_t)key);
    return (double)(step_mixed((uint64_t)key) >> 12);
}

void step_outputs(double key, double *first, double *second)
{
    run((uint64_t)key);
    *first = (double)(step_mixed((uint64_t)key) >> 12);
    *second = key + 1;
}

uint64_t step_text(const char *key)
{
    uint64_t number = strtoull(key, NULL, 10);
    run(number);
    return step_mixed(number);
}

uint64_t step_flat(const uint64_t key[1])
{
    run(key[0]);
    return step_mixed(key[0]);
}

void step_bump(void)
{
    step_generation++;
}

uint64_t step_counting(uint64_t key)
{
    step_generation++;
    return key;
}

uint64_t step_bumped(uint64_t key)
{
    return step_mixed(key);
}

uint64_t step_environment(uint64_t key)
{
    const char *value = getenv("STEP_VALUE");
    return key * 7 + (value ? strtoull(value, NULL, 10) : 0);
}

uint64_t step_aged(uint64_t key)
{
    return step_mixed(key);
}

uint64_t step_cheap(uint64_t key)
{
    return key * 3;
}

uint64_t step_slow(uint64_t key)
{
    for (int i = 0; i < 2000; i++)
        key = (key ^ key >> 31) * 0x9e3779b97f4a7c15;
    return key;
}

/* Some 0.3 us. */
static uint64_t brief(uint64_t key)
{
    for (int i = 0; i < 150; i++)
        key = (key ^ key >> 31) * 0x9e3779b97f4a7c15;
    return key;
}

uint64_t step_brief(uint64_t key)
{
    return brief(key);
}

/* Too wide for a front. */
void step_wide(uint64_t key, uint64_t value[8])
{
    key = brief(key);
    for (uint64_t i = 0; i < 8; i++)
        value[i] = key + i;
}
