/* fill COUNT: makes COUNT different calls, then prints by how many bytes the process has grown. */
#include "arguments.h"
#include "originals.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile double sink;

static long resident(void)
{
    long size = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file || fscanf(file, "%ld %ld", &size, &pages) != 2) exit(1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    spin_set(400);
    sink += d1_us(0.5); /* what is there whatever is kept */
    long before = resident(), count = atol(argv[1]);
    for (long i = 0; i < count; i++)
        sink += d1_us(key_double((uint64_t)i));
    printf("%ld\n", resident() - before);
    return 0;
}
