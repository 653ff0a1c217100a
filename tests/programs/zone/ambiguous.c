/* An hour that comes twice: which of the two mktime means when tm_isdst is -1 depends on the calls
 * before. Every order of three questions, after a winter's and after a summer's day, in each zone
 * that is named, set with and without tzset. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void ask(int year, int month, int day, int hour, int minute, int dst)
{
    struct tm t = {.tm_year = year - 1900,
                   .tm_mon = month - 1,
                   .tm_mday = day,
                   .tm_hour = hour,
                   .tm_min = minute,
                   .tm_isdst = dst};
    time_t got = mktime(&t);
    char text[64];
    strftime(text, sizeof text, "%F %T %Z %z", &t);
    printf("  %d -> %lld %s dst %d\n", dst, (long long)got, text, t.tm_isdst);
}

static void all_orders(const int hour[5], int before_month)
{
    static const int orders[6][3] = {{-1, 0, 1}, {-1, 1, 0}, {0, -1, 1},
                                     {0, 1, -1}, {1, -1, 0}, {1, 0, -1}};
    for (int order = 0; order < 6; order++)
        for (int time = 0; time < 2; time++) {
            printf("after month %d, order %d\n", before_month, order);
            ask(hour[0], before_month, 15, 12, 0, -1);
            for (int i = 0; i < 3; i++)
                ask(hour[0], hour[1], hour[2], hour[3], hour[4], orders[order][i]);
        }
}

int main(int argc, char **argv)
{
    /* Paris, New York, Lord Howe (half an hour), and the hours that never come there */
    static const int hours[][5] = {{2023, 10, 29, 2, 30}, {2023, 11, 5, 1, 30},
                                   {2023, 4, 2, 1, 45},   {2023, 3, 26, 2, 30},
                                   {2023, 3, 12, 2, 30},  {2023, 10, 1, 2, 15}};
    for (int zone = 1; zone < argc; zone++)
        for (int with_tzset = 0; with_tzset < 2; with_tzset++) {
            setenv("TZ", argv[zone], 1);
            if (with_tzset) tzset();
            printf("%s\n", argv[zone]);
            for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
                all_orders(hours[i], 1);
                all_orders(hours[i], 7);
            }
        }
    return 0;
}
