/* replay TRACE: calls scramble() with each key of a trace; prints how often it really ran and how
 * many answers were wrong. */
#include "lru/library.h"

#include <stdio.h>

static unsigned long expected(unsigned long key)
{
    key = (key ^ (key >> 31)) * 0x9e3779b97f4a7c15;
    return key ^ (key >> 29);
}

int main(int argc, char **argv)
{
    unsigned long key, calls = 0, wrong = 0;
    FILE *trace = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!trace) return 2;
    while (fread(&key, sizeof key, 1, trace) == 1) {
        calls++;
        wrong += scramble(key) != expected(key);
    }
    fclose(trace);
    printf("%lu calls, %lu ran, %lu wrong\n", calls, originals_ran(), wrong);
    return wrong != 0;
}
