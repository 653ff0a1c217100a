/* struct tm, timespec and timeval by pointer. */
#include "call/functions.h"

#include <errno.h>
#include <string.h>

long tm_digest(const struct tm *t)
{
    ran++;
    if (!t) return -1;
    long sum = t->tm_sec;
    sum = sum * 31 + t->tm_min;
    sum = sum * 31 + t->tm_hour;
    sum = sum * 31 + t->tm_mday;
    sum = sum * 31 + t->tm_mon;
    sum = sum * 31 + t->tm_year;
    sum = sum * 31 + t->tm_wday;
    sum = sum * 31 + t->tm_yday;
    sum = sum * 31 + t->tm_isdst;
    return sum * 31 + t->tm_gmtoff;
}
ALSO_DIRECT(tm_digest);

static void make(long seed, struct tm *r)
{
    r->tm_sec = (int)(seed % 60);
    r->tm_min = (int)(seed / 60 % 60);
    r->tm_hour = (int)(seed / 3600 % 24);
    r->tm_mday = (int)(seed % 28 + 1);
    r->tm_mon = (int)(seed % 12);
    r->tm_year = (int)(seed % 1000);
    r->tm_wday = (int)(seed % 7);
    r->tm_yday = (int)(seed % 366);
    r->tm_isdst = (int)(seed % 3 - 1);
    r->tm_gmtoff = seed;
    r->tm_zone = seed % 2 ? "ODD" : "EVEN";
}

void tm_make(long seed, struct tm *r)
{
    ran++;
    if (r) make(seed, r);
}
ALSO_DIRECT(tm_make);

int tm_normal(struct tm *t)
{
    ran++;
    t->tm_min += t->tm_sec / 60;
    t->tm_sec %= 60;
    return t->tm_min;
}
ALSO_DIRECT(tm_normal);

/* As gmtime_r: NULL, EOVERFLOW and nothing written where it can't. */
struct tm *tm_result(const time_t *t, struct tm *result)
{
    ran++;
    if (*t < 0) {
        errno = EOVERFLOW;
        return NULL;
    }
    make(*t, result);
    return result;
}
ALSO_DIRECT(tm_result);

void spec_add(const struct timespec *a, const struct timespec *b, struct timespec *r)
{
    ran++;
    r->tv_sec = a->tv_sec + b->tv_sec;
    r->tv_nsec = a->tv_nsec + b->tv_nsec;
}
ALSO_DIRECT(spec_add);

void val_double(struct timeval *v)
{
    ran++;
    v->tv_sec *= 2;
    v->tv_usec *= 2;
}
ALSO_DIRECT(val_double);

long val_digest(const struct timeval *v)
{
    ran++;
    return v ? v->tv_sec * 1000003 + v->tv_usec : -3;
}
ALSO_DIRECT(val_digest);
