#include "fresh/state.h"

#include <fcntl.h>
#include <langinfo.h>
#include <stdatomic.h>
#include <unistd.h>

_Thread_local unsigned long fresh_ran;

static _Atomic long count;
static const char *file;

static long value_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : -1;
}

/* Takes a while before and after it looks, so that what it depends on changes meanwhile. */
static void linger(void)
{
    fresh_ran++;
    for (volatile int i = 0; i < 500; i++)
        ;
}

long fresh_setting(int key)
{
    linger();
    long value = value_of("FRESH_A") * 1000 + value_of("FRESH_B");
    linger();
    return value * 100 + key;
}

long fresh_place(int key)
{
    fresh_ran++;
    return (long)MB_CUR_MAX * 10000 + nl_langinfo(CODESET)[0] * 100 + key;
}

double fresh_rounded(double x)
{
    fresh_ran++;
    return x / 3 + x * 0.1;
}

long fresh_count(int key)
{
    linger();
    long value = count;
    linger();
    return value * 100 + key;
}

void fresh_count_set(long value)
{
    count = value;
}

void fresh_file_is(const char *path)
{
    file = path;
}

/* Its first byte. */
long fresh_file(int key)
{
    unsigned char byte = 0;
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    fresh_ran++;
    if (descriptor < 0) return key - 1000;
    long got = read(descriptor, &byte, 1);
    close(descriptor);
    return got == 1 ? key + 1000L * byte : key;
}

/* Not pure, so that a hit can be told from a miss. */
long fresh_age(int key)
{
    return (long)++fresh_ran * 100 + key;
}

long fresh_long_age(int key)
{
    return (long)++fresh_ran * 100 + key;
}
