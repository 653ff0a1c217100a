/* mixed SEED STEPS: random changes of all that answers depend on, and calls between them, each
 * answered by a line. Without libmemo the same lines come, or an answer was stale. */
#include "fresh/state.h"

#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint64_t state;
static locale_t own[2];

static unsigned below(unsigned limit)
{
    return fresh_below(&state, limit);
}

static const char *const names[] = {"FRESH_A", "FRESH_B", "TZ"};
static const char *const values[][4] = {
    {"1", "2", "30", "4567"},
    {"0", "7", "88", "-12"},
    {"UTC0", "<+05>-5", "XYZ8", "Europe/Paris"},
};

/* Buffers that the program keeps: in environ, and changed there in place. */
static char kept[3][2][64] = {
    {"FRESH_A=11", "FRESH_A=12"}, {"FRESH_B=13", "FRESH_B=14"}, {"TZ=AAA-1", "TZ=BBB-2"}};

/* The last digit, or the first letter: then it is another variable for a while. */
static void change_in_place(char *text)
{
    if (below(4)) {
        text[strlen(text) - 1] = (char)('1' + below(8));
    } else {
        static const char letters[] = "FFTX";
        text[0] = text[0] == 'X' ? letters[text[1] == 'Z' ? 2 : 0] : 'X';
    }
}

/* The place in environ of a variable, or of the end. */
static char **entry_of(const char *name)
{
    char **at = environ;
    while (*at && !(strncmp(*at, name, strlen(name)) == 0 && (*at)[strlen(name)] == '='))
        at++;
    return at;
}

/* Another array, with the same entries in the other order. */
static void turn_environ(void)
{
    static char *turned[2][128];
    static unsigned which;
    char **to = turned[which++ % 2];
    size_t count = 0;
    while (environ[count] && count < 120)
        count++;
    for (size_t i = 0; i < count; i++)
        to[i] = environ[count - 1 - i];
    to[count] = NULL;
    environ = to;
}

static void change_variable(void)
{
    unsigned which = below(3);
    char **entry;
    switch (below(8)) {
    case 0:
        unsetenv(names[which]);
        break;
    case 1:
        putenv(kept[which][below(2)]);
        break;
    case 2:
    case 3:
        change_in_place(kept[which][below(2)]);
        break;
    case 4:
        entry = entry_of(names[which]);
        if (*entry) *entry = kept[which][below(2)];
        break;
    case 5:
        turn_environ();
        break;
    default:
        setenv(names[which], values[which][below(4)], 1);
    }
}

static void change(void)
{
    static const char *const places[] = {"C", "C.UTF-8", "POSIX"};
    static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    switch (below(8)) {
    case 0:
        setlocale(below(2) ? LC_ALL : LC_CTYPE, places[below(3)]);
        break;
    case 1:
        uselocale(below(2) ? LC_GLOBAL_LOCALE : own[below(2)]);
        break;
    case 2:
        fesetround(roundings[below(4)]);
        break;
    case 3:
        fresh_count_set(below(4));
        break;
    case 4:
        if (below(4) == 0) tzset();
        break;
    default:
        change_variable();
    }
}

static void call_time(void)
{
    char text[64];
    time_t moment = 1000000000 + (time_t)below(4) * 15000000;
    struct tm broken = {.tm_year = 110, .tm_mon = (int)below(12), .tm_mday = 5};
    switch (below(3)) {
    case 0:
        strftime(text, sizeof text, "%F %T", localtime(&moment));
        printf("localtime %s\n", text);
        break;
    case 1:
        printf("mktime %lld\n", (long long)mktime(&broken));
        break;
    default:
        printf("ctime %s", ctime(&moment));
    }
}

static void call(void)
{
    int key = (int)below(3);
    switch (below(6)) {
    case 0:
        printf("place %ld\n", fresh_place(key));
        break;
    case 1:
        printf("rounded %a\n", fresh_rounded(key + 0.7));
        break;
    case 2:
        printf("count %ld\n", fresh_count(key));
        break;
    case 3:
        call_time();
        break;
    default:
        printf("setting %ld\n", fresh_setting(key));
    }
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    state = strtoull(argv[1], NULL, 10);
    own[0] = newlocale(LC_ALL_MASK, "C.UTF-8", NULL);
    own[1] = newlocale(LC_ALL_MASK, "C", NULL);
    for (long steps = strtol(argv[2], NULL, 10); steps > 0; steps--) {
        if (below(8) == 0)
            change();
        else
            call();
    }
    return 0;
}
