/* Four threads ask for the same values and use them; no race of its own. Built plain and with each
 * sanitizer: what those print, and the exit status that they choose, shows whether we are seen. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { thread_count = 4, call_count = 3000, argument_count = 20 };

struct share {
    double sum;
    char text[26];
};

static void *work(void *pointer)
{
    struct share *share = pointer;
    for (int i = 0; i < call_count; i++) {
        int exponent;
        double whole, x = i % argument_count + 0.5;
        struct tm day = {.tm_year = 100 + i % argument_count, .tm_mday = 1};
        share->sum += tgamma(x) / 1e15 + pow(x, 0.3) + frexp(x, &exponent) + modf(x, &whole);
        share->sum += exponent + whole + atan2(x, 3);
        asctime_r(&day, share->text);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[thread_count];
    struct share shares[thread_count] = {{0}};
    for (int i = 0; i < thread_count; i++)
        pthread_create(&threads[i], NULL, work, &shares[i]);
    for (int i = 0; i < thread_count; i++) {
        pthread_join(threads[i], NULL);
        printf("%.17g %s", shares[i].sum, shares[i].text);
    }
    return 7;
}
