/* Every way of reaching a function, each by a function of its own, 10 calls of 4 values. Built as
 * a program, and with -DCLIENT as a library that main.c calls. */
#include "pure.h"
#include "relro.h"

#include <stdio.h>

#define VALUES 4

static double (*volatile address)(double);
static double (*const table[])(double) = {pure_table};
static double (*writable_table[])(double) = {pure_table};
static void *volatile hidden;

static double call_all(int i)
{
    double x = i % VALUES, sum = pure_call(x) + pure_indirect(x);
    hidden = (void *)writable_table;
    double (**other)(double) = hidden;
    return sum + address(x) + (i % 2 ? table[0](x) : other[0](x));
}

static int matrix(void)
{
    double sum = 0;
    address = pure_address;
    for (int i = 0; i < 10; i++)
        sum += call_all(i);
    sum += apply(pure_passed, 0, VALUES) + apply(pure_passed, 0, VALUES);
    sum += pure_passed(0) + pure_passed(1);
    int ranges;
    printf("sum %.17g same %d\n", sum, address == pure_address && table[0] == writable_table[0]);
    int writable = relro_writable(&ranges);
    printf("relro %d of %s\n", writable, ranges > 2 ? "all" : "too few");
    for (int i = 0; i < RUNS; i++)
        fprintf(stderr, "%lu%c", pure_runs(i), i + 1 < RUNS ? ' ' : '\n');
    return 0;
}

#ifdef CLIENT
int client(void);
int client(void)
{
    return matrix();
}
#else
int main(void)
{
    return matrix();
}
#endif
