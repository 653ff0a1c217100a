/* What the time functions leave in tzname, timezone and daylight. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void print_globals(const char *after)
{
    printf("%s: %s %s %ld %d\n", after, tzname[0], tzname[1], timezone, daylight);
}

int main(void)
{
    static const char *const zones[] = {"Europe/Paris", "UTC0", "EST5EDT", "Africa/Casablanca"};
    for (int round = 0; round < 12; round++) {
        time_t moment = 86400L * 365 * (round * 3 % 7);
        struct tm t = {.tm_year = 100 + round % 3, .tm_mon = 5, .tm_mday = 1, .tm_isdst = -1};
        char text[32];
        setenv("TZ", zones[round % 4], 1);
        if (round % 3 == 0) {
            localtime(&moment);
            print_globals("localtime");
        } else if (round % 3 == 1) {
            mktime(&t);
            print_globals("mktime");
        } else {
            strftime(text, sizeof text, "%Z", &t);
            print_globals("strftime");
        }
    }
    return 0;
}
