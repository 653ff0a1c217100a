#include "relro.h"

#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct range {
    uintptr_t start, end;
};

struct ranges {
    struct range range[256];
    int count;
};

static int collect(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct ranges *ranges = data;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
        if (segment->p_type != PT_GNU_RELRO || ranges->count == 256) continue;
        uintptr_t start = info->dlpi_addr + segment->p_vaddr;
        struct range range = {start & -page, (start + segment->p_memsz) & -page};
        if (range.start < range.end) ranges->range[ranges->count++] = range;
    }
    return 0;
}

/* Without /proc: reads a page's first byte into itself, which fails where it can't be written. */
static int probe(const struct ranges *ranges)
{
    int writable = 0, ends[2];
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    if (pipe(ends) != 0) return -1;
    for (int i = 0; i < ranges->count; i++)
        for (uintptr_t at = ranges->range[i].start; at < ranges->range[i].end; at += page) {
            char byte;
            if (write(ends[1], (void *)at, 1) != 1) return -1;
            if (read(ends[0], (void *)at, 1) == 1)
                writable++;
            else if (read(ends[0], &byte, 1) != 1)
                return -1;
        }
    close(ends[0]);
    close(ends[1]);
    return writable;
}

int relro_writable(int *count)
{
    static struct ranges ranges;
    if (!ranges.count) dl_iterate_phdr(collect, &ranges);
    *count = ranges.count;
    FILE *maps = fopen("/proc/self/maps", "r");
    if (!maps) return probe(&ranges);
    char line[512], flags[8];
    int writable = 0;
    uintptr_t start, end;
    while (fgets(line, sizeof(line), maps)) {
        if (sscanf(line, "%lx-%lx %7s", &start, &end, flags) != 3) continue;
        for (int i = 0; i < ranges.count; i++)
            if (start < ranges.range[i].end && end > ranges.range[i].start &&
                strcmp(flags, "r--p") != 0)
                writable++;
    }
    fclose(maps);
    return writable;
}
