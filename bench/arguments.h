/* The arguments of the calls, the same in every run. */
#ifndef BENCH_ARGUMENTS_H
#define BENCH_ARGUMENTS_H

#include <stddef.h>
#include <stdint.h>

union argument {
    double d[4];
    long i[4];
    float f[4];
    char text[32]; /* of 16 bytes */
};

/* A stream of random numbers; `state` must not be 0. */
uint64_t random_next(uint64_t *state);

/* The key number `index`, all different below a million: decimal fractions, as data has them. */
double key_double(uint64_t index);
void key_make(union argument *key, int kind, uint64_t index);

/* `count` random draws from `keys` keys, allocated; kind is the first letter of the signature. */
const union argument **draws(int kind, int keys, int count);
const double *draws_of_doubles(int keys, int count);

void *allocate(size_t size);
#endif
