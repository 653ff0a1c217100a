#include "lru/library.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

/* gcc binds a function's calls of itself within the object (a .localalias), whatever the
 * visibility; by another name for the same symbol they go through the PLT, as calls from elsewhere
 * do. */
unsigned long fibonacci_again(unsigned n) __asm__("fibonacci");
unsigned long refill_again(unsigned long key) __asm__("refill");
unsigned long collatz_again(unsigned long n) __asm__("collatz");

static atomic_ulong ran;
static atomic_ulong current_generation;
static pthread_barrier_t barrier;

unsigned long originals_ran(void)
{
    return ran;
}

unsigned long scramble(unsigned long key)
{
    ran++;
    key = (key ^ (key >> 31)) * 0x9e3779b97f4a7c15;
    return key ^ (key >> 29);
}

unsigned long fibonacci(unsigned n)
{
    ran++;
    if (n < 2) return n;
    unsigned long before = fibonacci_again(n - 1); /* this one first, as in recursion.py */
    return before + fibonacci_again(n - 2);
}

unsigned long refill(unsigned long key)
{
    static int refilled;
    ran++;
    if (key == 20 && !refilled) {
        refilled = 1;
        return refill_again(key);
    }
    return 3 * key + 1;
}

unsigned long collatz(unsigned long n)
{
    ran++;
    return n == 1 ? 0 : 1 + collatz_again(n % 2 ? 3 * n + 1 : n / 2);
}

uint64_t bits_of_double(double x)
{
    uint64_t bits;
    ran++;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

uint32_t bits_of_float(float x)
{
    uint32_t bits;
    ran++;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

unsigned long narrow(uint16_t key)
{
    ran++;
    return key;
}

unsigned long pair(unsigned a, unsigned b)
{
    ran++;
    return ((unsigned long)a << 32) | b;
}

unsigned long join(const char *left, const char *right)
{
    unsigned long sum = 1;
    ran++;
    for (; left && *left; left++)
        sum = sum * 31 + (unsigned char)*left;
    sum = sum * 1000003 + (left != NULL);
    for (; right && *right; right++)
        sum = sum * 31 + (unsigned char)*right;
    return sum * 2 + (right != NULL);
}

int failing(int error)
{
    ran++;
    if (error != 0) errno = error;
    return error ? -1 : 0;
}

long slow(long key)
{
    struct timespec pause = {.tv_nsec = 2000000};
    ran++;
    nanosleep(&pause, NULL);
    return 3 * key;
}

void meeting_of(unsigned threads)
{
    pthread_barrier_init(&barrier, NULL, threads);
}

long meeting(long key)
{
    ran++;
    pthread_barrier_wait(&barrier);
    return 3 * key;
}

unsigned long generation(unsigned long key)
{
    ran++;
    return current_generation * 1000 + key;
}

void bump_generation(void)
{
    current_generation++;
}
