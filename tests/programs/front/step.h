/* Functions whose results depend on a generation, which only clearing the cache makes visible. */
#ifndef FRONT_STEP_H
#define FRONT_STEP_H

#include <stdint.h>

#define STEP_ERROR 1000000 /* keys from here on set errno: no front holds them */

extern _Atomic uint64_t step_generation;
extern _Atomic unsigned long step_ran; /* originals */

uint64_t step_mixed(uint64_t key);
uint64_t step_typed(uint64_t key);
double step_vector(double key);
void step_outputs(double key, double *first, double *second);
uint64_t step_text(const char *key);
uint64_t step_flat(const uint64_t key[1]);

void step_bump(void);                    /* a new generation */
uint64_t step_counting(uint64_t key);    /* the same, cached itself */
uint64_t step_bumped(uint64_t key);      /* depends on both */
uint64_t step_environment(uint64_t key); /* and on STEP_VALUE alone */
uint64_t step_aged(uint64_t key);        /* under a ttl */
uint64_t step_cheap(uint64_t key);
uint64_t step_slow(uint64_t key);                /* some microseconds */
uint64_t step_brief(uint64_t key);               /* some 0.3 */
void step_wide(uint64_t key, uint64_t value[8]); /* the same, and too wide for a front */

#endif
