#include "rebind/protection.h"

#include "system.h"

#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>

#define BUFFER_BYTES   1024 /* on the stack of whatever thread calls dlsym() */
#define FIRST_CAPACITY 1024

struct range {
    uintptr_t start, end;
    int protection;
};

static struct range *ranges; /* ascending, as the kernel lists them */
static size_t range_count, range_capacity;

static bool ranges_grow(void)
{
    size_t capacity = range_capacity ? 2 * range_capacity : FIRST_CAPACITY;
    size_t old_size = range_capacity * sizeof(struct range), size = capacity * sizeof(struct range);
    void *memory =
        ranges ? mremap(ranges, old_size, size, MREMAP_MAYMOVE)
               : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return false;
    ranges = memory;
    range_capacity = capacity;
    return true;
}

/* A line is `start-end rwxp ...`: the parser sees one byte at a time, so that lines may fall across
 * reads. */
struct parser {
    enum { IN_START, IN_END, IN_FLAGS, IN_REST } state;
    struct range range;
};

static uintptr_t hexadecimal(uintptr_t value, char c)
{
    return value << 4 | (uintptr_t)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static bool parse_byte(struct parser *parser, char c)
{
    struct range *range = &parser->range;
    switch (parser->state) {
    case IN_START:
        if (c == '-')
            parser->state = IN_END;
        else
            range->start = hexadecimal(range->start, c);
        break;
    case IN_END:
        if (c == ' ')
            parser->state = IN_FLAGS;
        else
            range->end = hexadecimal(range->end, c);
        break;
    case IN_FLAGS:
        if (c == 'r') range->protection |= PROT_READ;
        if (c == 'w') range->protection |= PROT_WRITE;
        if (c == 'x') range->protection |= PROT_EXEC;
        if (c != ' ') break;
        if (range_count == range_capacity && !ranges_grow()) return false;
        ranges[range_count++] = *range;
        parser->state = IN_REST;
        break;
    case IN_REST:
        if (c == '\n') *parser = (struct parser){0};
        break;
    }
    return true;
}

static bool parse_file(int file)
{
    char buffer[BUFFER_BYTES];
    struct parser parser = {0};
    for (;;) {
        long length = system_read(file, buffer, sizeof(buffer));
        if (length == 0) return true;
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return false;
        for (long i = 0; i < length; i++)
            if (!parse_byte(&parser, buffer[i])) return false;
    }
}

bool protections_read(void)
{
    range_count = 0;
    int file = system_open("/proc/self/maps", O_RDONLY, 0);
    if (file < 0) return false;
    bool complete = parse_file(file);
    system_close(file);
    return complete && range_count > 0;
}

int protection_of(uintptr_t address)
{
    size_t low = 0, high = range_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[middle].end <= address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == range_count || address < ranges[low].start) return -1;
    return ranges[low].protection;
}
