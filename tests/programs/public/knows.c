/* A program that knows of libmemo, by memo.h: clears, asks, calls around the cache. C and C++. */
#include "memo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif
double drifting(double x, const char *unit);
double counting(double x, const char *unit);
double steady(double x);
#ifdef __cplusplus
}
#endif

static void show(const char *symbol)
{
    struct memo_info info;
    memset(&info, 0xff, sizeof info);
    int slots = memo_info(symbol, &info);
    if (slots == 0) {
        printf("%s: not cached\n", symbol);
        return;
    }
    printf("%s: %d slot, %llu hits, %llu misses, %llu of %llu\n", symbol, slots,
           (unsigned long long)info.hits, (unsigned long long)info.misses,
           (unsigned long long)info.currsize, (unsigned long long)info.maxsize);
}

static void use_all(void)
{
    for (int i = 0; i < 10; i++)
        if (steady(i % 5) != (i % 5) * (i % 5)) abort();
    show("steady");
    printf("cleared %d\n", memo_clear("steady"));
    show("steady");
    steady(1);
    show("steady");
    double (*original)(double) = (double (*)(double))memo_original("steady");
    printf("original %s\n", original ? original(7) == 49 ? "answers" : "is wrong" : "unknown");
    show("steady");
    show("nothing");
}

static void drift(int calls)
{
    double sum = 0;
    for (int i = 0; i < calls; i++)
        sum += drifting(i % 7, i % 2 ? "m" : "km");
    printf("%.0f\n", sum);
}

/* How many of the last answers are the function's own: each 100 more than the one before, as all
 * questions are the same. */
static void count(int calls)
{
    double before = 0;
    int right = 0;
    for (int i = 0; i < calls; i++) {
        double answer = counting(3, "m");
        right = answer == before + 100 ? right + 1 : 0;
        before = answer;
    }
    printf("%d\n", right);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "count") == 0)
        count(5000);
    else if (argc > 1)
        drift(atoi(argv[1]));
    else
        use_all();
    return argc > 2 ? atoi(argv[2]) : 0;
}
