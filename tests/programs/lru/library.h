/* Pure functions whose real calls can be counted, for the suites lru and stress. */
#ifndef LRU_LIBRARY_H
#define LRU_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

/* Times that any function below really ran, in all threads. */
unsigned long originals_ran(void);

unsigned long scramble(unsigned long key);
unsigned long narrow(uint16_t key);

/* Recursive through the library's own PLT; twins of recursion.py. */
unsigned long fibonacci(unsigned n);
unsigned long refill(unsigned long key);
unsigned long collatz(unsigned long n);

/* The bits of its argument: tells -0.0 from 0.0 and each NaN from the others. */
uint64_t bits_of_double(double x);
uint32_t bits_of_float(float x);

/* Tell (1, 2) from (2, 1), ("ab", "c") from ("a", "bc"), "" from NULL. */
unsigned long pair(unsigned a, unsigned b);
unsigned long join(const char *left, const char *right);

/* Fails with the errno value given, unless it is 0. */
int failing(int error);

/* Sleeps 2 ms; meets the other threads at the barrier set by meeting_of(). */
long slow(long key);
void meeting_of(unsigned threads);
long meeting(long key);

/* depends = call:bump_generation: the result is that of the last call of it. */
unsigned long generation(unsigned long key);
void bump_generation(void);

#endif
