#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>

uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 0x2545f4914f6cdd1dull >> 16;
}

double key_double(uint64_t index)
{
    return 1.0 + (double)(index * 7919 % 1000003) / 1000.0; /* a prime: no two alike */
}

void key_make(union argument *key, int kind, uint64_t index)
{
    for (int k = 0; k < 4; k++) {
        double value = key_double(index + 1000u * (unsigned)k);
        switch (kind) {
        case 'd':
        case 'o':
            key->d[k] = value;
            break;
        case 'f':
            key->f[k] = (float)value;
            break;
        case 'i':
            key->i[k] = (long)(value * 1000.0);
            break;
        default:
            snprintf(key->text, sizeof(key->text), "customer-%07d",
                     (int)(value * 1000.0) % 10000000);
        }
    }
}

void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (memory) return memory;
    fprintf(stderr, "no memory\n");
    exit(1);
}

const union argument **draws(int kind, int keys, int count)
{
    union argument *pool = allocate((size_t)keys * sizeof(*pool));
    const union argument **drawn = allocate((size_t)count * sizeof(const union argument *));
    uint64_t state = 1;
    for (int i = 0; i < keys; i++)
        key_make(&pool[i], kind, (uint64_t)i);
    for (int i = 0; i < count; i++)
        drawn[i] = &pool[random_next(&state) % (unsigned)keys];
    return drawn;
}

const double *draws_of_doubles(int keys, int count)
{
    double *drawn = allocate((size_t)count * sizeof(*drawn));
    uint64_t state = 1;
    for (int i = 0; i < count; i++)
        drawn[i] = key_double(random_next(&state) % (unsigned)keys);
    return drawn;
}
