/* Calls that end otherwise than by returning, or that call others on their way. */
#include "call/functions.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

_Thread_local jmp_buf *escape_to;

/* Leaves by longjmp where the caller has set a target. */
int escape(int key)
{
    ran++;
    if (escape_to) longjmp(*escape_to, key + 1);
    return key * 2;
}
ALSO_DIRECT(escape);

/* Leaves after it has written the first elements of four, where the caller has set a target. */
int escape_writing(int first, int *r)
{
    ran++;
    for (int i = 0; i < 4; i++) {
        if (i == first && escape_to) longjmp(*escape_to, 1);
        r[i] = 100 * first + i;
    }
    return first;
}
ALSO_DIRECT(escape_writing);

int end_thread(int key)
{
    ran++;
    if (key < 0) pthread_exit((void *)(long)key);
    return key * 3;
}
ALSO_DIRECT(end_thread);

/* A cancellation point for keys below 0. */
int wait_forever(int key)
{
    ran++;
    while (key < 0)
        sleep(100);
    return key * 5;
}
ALSO_DIRECT(wait_forever);

/* By other names for the same symbols: gcc may bind calls within one object at compile time. */
unsigned long even_again(unsigned long n) __asm__("even");
unsigned long odd_again(unsigned long n) __asm__("odd");

unsigned long even(unsigned long n)
{
    ran++;
    return n == 0 ? 1 : odd_again(n - 1);
}
ALSO_DIRECT(even);

unsigned long odd(unsigned long n)
{
    ran++;
    return n == 0 ? 0 : even_again(n - 1);
}
ALSO_DIRECT(odd);

int raise_signal(int signal)
{
    ran++;
    raise(signal);
    return signal * 7;
}
ALSO_DIRECT(raise_signal);

void (*call_back)(int key);

int calls_back(int key)
{
    ran++;
    if (call_back) call_back(key);
    return key * 11;
}
ALSO_DIRECT(calls_back);
