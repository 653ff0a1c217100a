/* The errno that each of the first calls leaves: reading the zone leaves one, the calls after do
 * not. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void ask(time_t moment)
{
    errno = 0;
    struct tm *t = localtime(&moment);
    printf("%d:%02d errno %d", t->tm_hour, t->tm_min, errno);
    errno = EINTR;
    localtime(&moment);
    printf(", of another %d\n", errno);
}

int main(void)
{
    for (int i = 0; i < 6; i++)
        ask(i % 2 ? 0 : 86400);
    setenv("TZ", "EST5", 1);
    for (int i = 0; i < 6; i++)
        ask(i % 2 ? 0 : 86400);
    return 0;
}
