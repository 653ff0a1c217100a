#include "pure.h"

/* A second copy with other answers, for the tests of scopes, is built with -DOFFSET=1000. */
#ifndef OFFSET
#define OFFSET 0
#endif

static unsigned long runs[RUNS];

static double answer(int which, double x)
{
    __atomic_add_fetch(&runs[which], 1, __ATOMIC_RELAXED);
    return x * (which + 2) + 0.5 + OFFSET;
}

double pure_call(double x)
{
    return answer(RUN_CALL, x);
}
double pure_address(double x)
{
    return answer(RUN_ADDRESS, x);
}
double pure_table(double x)
{
    return answer(RUN_TABLE, x);
}
double pure_passed(double x)
{
    return answer(RUN_PASSED, x);
}

static double indirect(double x)
{
    return answer(RUN_INDIRECT, x);
}
__attribute__((used)) static double (*choose_indirect(void))(double)
{
    return indirect;
}
double pure_indirect(double x) __attribute__((ifunc("choose_indirect")));

unsigned long pure_runs(int which)
{
    return __atomic_load_n(&runs[which], __ATOMIC_RELAXED);
}
