/* choice: what a program without a config calls. Prints all that it gets.
 *
 * In this order: tgamma of 50 arguments, 100,000 times; sin of others each time; cbrt and gmtime_r
 * that only dlsym() names; localtime and strftime while TZ changes, by setenv and tzset. */
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void numbers(void)
{
    double gammas = 0, sines = 0;
    for (int i = 0; i < 100000; i++)
        gammas += tgamma(1 + i % 50 * 0.37);
    for (int i = 0; i < 1000000; i++)
        sines += sin(i * 1e-3);
    printf("%.17g %.17g\n", gammas, sines);
}

static void *named(const char *symbol)
{
    void *function = dlsym(RTLD_DEFAULT, symbol);
    if (!function) abort();
    return function;
}

static void by_name(void)
{
    double (*root)(double) = (double (*)(double))named("cbrt");
    struct tm *(*split)(const time_t *, struct tm *) =
        (struct tm * (*)(const time_t *, struct tm *)) named("gmtime_r");
    double roots = 0;
    long years = 0;
    for (int i = 0; i < 10000; i++) {
        const time_t at = i % 20 * 86400000;
        struct tm parts;
        roots += root(i % 30);
        years += split(&at, &parts)->tm_year;
    }
    printf("%.17g %ld %d\n", roots, years, named("cbrt") == (void *)root);
}

static void times(void)
{
    static const char *const zones[] = {"UTC0", "Europe/Paris", "JST-9", "America/New_York"};
    for (int i = 0; i < 400; i++) {
        const time_t at = 1600000000 + i % 7 * 86400;
        char text[64];
        if (i % 10 == 0) setenv("TZ", zones[i / 10 % 4], 1);
        if (i % 20 == 0) tzset();
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %z", localtime(&at));
        puts(text);
    }
}

int main(void)
{
    numbers();
    by_name();
    times();
    return 0;
}
