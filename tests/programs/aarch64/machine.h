/* What a call passes and keeps, as memory: calling.S loads and stores it, seen.S stores it. */
#ifndef MACHINE_H
#define MACHINE_H

#define MACHINE_VECTOR 256 /* offsets for assembly */
#define MACHINE_STACK  768
#define MACHINE_SIZE   800

#ifndef __ASSEMBLER__

#include <stddef.h>
#include <stdint.h>

struct machine {
    uint64_t integer[32]; /* x0-30, and sp */
    uint8_t vector[32][16];
    uint64_t stack[4];
};

_Static_assert(offsetof(struct machine, vector) == MACHINE_VECTOR, "assembly");
_Static_assert(offsetof(struct machine, stack) == MACHINE_STACK, "assembly");
_Static_assert(sizeof(struct machine) == MACHINE_SIZE, "assembly");

/* calling.S: calls `function` with x0-8, x18-28, q0-15 and four words of stack from *in; leaves in
 * *out what is in x0-8, x18-28 and q0-15 afterwards. */
void call_with(const struct machine *in, struct machine *out, void *function);

/* seen.S: keeps what it was called with, overwrites every register that it may, returns 42. */
int seen(const int *v, int n, long c, long d, long e, long f, long g, long h, long i, long j);
extern struct machine seen_last;
extern uint64_t seen_count;

/* seen.S, marked as a function of another calling convention. */
double lanes(double x);

/* wide.c: a struct that is passed by the address of a copy, which the function uses up. */
struct wide {
    uint64_t n[5];
};
void spread(struct wide wide, unsigned char out[64]);
extern uint64_t spread_count;

#endif
#endif
