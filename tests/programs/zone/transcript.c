/* transcript SEED STEPS stay|change: random calls of the time functions, each answered by a line.
 *
 * stay keeps the time zone it was started in, change sets TZ every few steps by setenv, unsetenv or
 * putenv, and calls tzset after some of them only. Times come from a small set around transitions,
 * so that many calls repeat, and hours that come twice or never are common. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const zones[] = {
    "Europe/Paris",           "America/New_York",
    "Australia/Lord_Howe",    "UTC0",
    "EST5EDT,M3.2.0,M11.1.0", "<+0330>-3:30",
    ":Europe/London",         "",
    "Nowhere/Atall",          "CET-1CEST,M3.5.0,M10.5.0/3",
    "Africa/Casablanca",      "Asia/Kathmandu",
};

enum { ZONES = sizeof zones / sizeof *zones };

static uint64_t state;

/* splitmix64, see observe.c */
static uint64_t below(uint64_t limit)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % limit;
}

static void print_tm(const char *name, const struct tm *t)
{
    if (!t) {
        printf("%s NULL\n", name);
        return;
    }
    printf("%s %d-%d-%d %d:%d:%d %d %d %d %ld %s\n", name, t->tm_year, t->tm_mon, t->tm_mday,
           t->tm_hour, t->tm_min, t->tm_sec, t->tm_wday, t->tm_yday, t->tm_isdst, t->tm_gmtoff,
           t->tm_zone ? t->tm_zone : "-");
}

/* One of 400 moments: half of them near the last Sundays of March and October or the first of
 * November and April, 1990 to 2029, the others anywhere between 1850 and 2100. */
static time_t moment_number(uint64_t number)
{
    static const int days[] = {84, 298, 305, 92, 70};
    state = number;
    if (number % 2 == 0) return (time_t)below(7889400000) - 3786912000;
    time_t moment = (time_t)(below(40) * 365.25 * 86400) + 631152000;
    return moment + (days[below(5)] + (time_t)below(7)) * 86400 + (time_t)below(96) * 900;
}

static time_t random_moment(void)
{
    uint64_t number = below(400), kept = state;
    time_t moment = moment_number(number);
    state = kept;
    return moment;
}

/* One of 400 local times around the hours that come twice or never. */
static struct tm local_number(uint64_t number)
{
    static const int months[] = {2, 9, 10, 3, 6};
    state = number;
    struct tm t = {.tm_year = 110 + (int)below(6), .tm_mon = months[below(5)]};
    t.tm_hour = (int)below(4);
    t.tm_min = (int)below(4) * 15;
    t.tm_isdst = (int)below(3) - 1;
    t.tm_mday = t.tm_mon == 10 || t.tm_mon == 3 ? 1 + (int)below(7) : 25 + (int)below(7);
    if (below(50) == 0) t.tm_mon += 25, t.tm_sec = -4000;
    return t;
}

static struct tm random_local(void)
{
    uint64_t number = below(400), kept = state;
    struct tm t = local_number(number);
    state = kept;
    return t;
}

static void set_zone(void)
{
    static char by_putenv[ZONES][64];
    unsigned which = (unsigned)below(ZONES);
    switch (below(4)) {
    case 0:
        unsetenv("TZ");
        printf("unsetenv\n");
        break;
    case 1:
        snprintf(by_putenv[which], sizeof by_putenv[which], "TZ=%s", zones[which]);
        putenv(by_putenv[which]);
        printf("putenv %s\n", zones[which]);
        break;
    default:
        setenv("TZ", zones[which], 1);
        printf("setenv %s\n", zones[which]);
    }
    if (below(3) == 0) {
        tzset();
        printf("tzset %s %s %ld %d\n", tzname[0], tzname[1], timezone, daylight);
    }
}

static void step_mktime(void)
{
    struct tm t = random_local();
    time_t got = mktime(&t);
    printf("mktime %lld ", (long long)got);
    print_tm("of", &t);
}

static void step_strftime(void)
{
    static const char *const formats[] = {"%c %Z %z", "%Y-%m-%dT%H:%M:%S%z", "%s", "%A %j %U %V"};
    char text[128] = "";
    struct tm t;
    time_t moment = random_moment();
    if (!localtime_r(&moment, &t)) return;
    size_t length = strftime(text, sizeof text, formats[below(4)], &t);
    printf("strftime %zu %s\n", length, text);
}

static void step_text(void)
{
    char text[64] = "";
    time_t moment = random_moment();
    struct tm t;
    switch (below(4)) {
    case 0:
        printf("ctime %s", ctime(&moment));
        break;
    case 1:
        printf("ctime_r %s", ctime_r(&moment, text));
        break;
    case 2:
        printf("asctime %s", asctime(gmtime_r(&moment, &t)));
        break;
    default:
        printf("asctime_r %s", asctime_r(localtime_r(&moment, &t), text));
    }
}

static void step(void)
{
    struct tm t;
    time_t moment = random_moment();
    switch (below(8)) {
    case 0:
        print_tm("localtime", localtime(&moment));
        break;
    case 1:
        print_tm("localtime_r", localtime_r(&moment, &t));
        break;
    case 2:
        print_tm("gmtime", gmtime(&moment));
        break;
    case 3:
        print_tm("gmtime_r", gmtime_r(&moment, &t));
        break;
    case 4:
        t = random_local();
        printf("timegm %lld ", (long long)timegm(&t));
        print_tm("of", &t);
        break;
    case 5:
        step_strftime();
        break;
    case 6:
        step_text();
        break;
    default:
        step_mktime();
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    state = strtoull(argv[1], NULL, 10);
    for (long steps = strtol(argv[2], NULL, 10); steps > 0; steps--) {
        if (strcmp(argv[3], "change") == 0 && below(16) == 0) set_zone();
        step();
    }
    return 0;
}
