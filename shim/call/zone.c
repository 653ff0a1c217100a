#include "call/zone.h"

#include "system.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZONE_CAPACITY 4096 /* a file of a fixed zone takes some 120 bytes */
#define HEADER_SIZE   44   /* RFC 8536, 3.1 */

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A POSIX TZ string with a standard name and offset and nothing after: "UTC0", "<+03>-3". */
static bool posix_is_fixed(const char *text)
{
    const char *at = text;
    if (*at == '<') {
        at = strchr(at, '>');
        if (!at) return false;
        at++;
    } else {
        while (is_letter(*at))
            at++;
        if (at - text < 3) return false;
    }
    if (*at == '+' || *at == '-') at++;
    if (!is_digit(*at)) return false;
    while (is_digit(*at) || *at == ':')
        at++;
    return *at == '\0';
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Counts of a TZif header, in the order of RFC 8536. */
struct counts {
    uint32_t isut, isstd, leap, time, type, letters;
};

static bool header_read(const unsigned char *data, size_t size, struct counts *counts)
{
    if (size < HEADER_SIZE || memcmp(data, "TZif", 4) != 0) return false;
    *counts = (struct counts){big_endian(data + 20), big_endian(data + 24), big_endian(data + 28),
                              big_endian(data + 32), big_endian(data + 36), big_endian(data + 40)};
    return counts->isut + counts->isstd + counts->type < ZONE_CAPACITY &&
           counts->leap < ZONE_CAPACITY && counts->time < ZONE_CAPACITY &&
           counts->letters < ZONE_CAPACITY;
}

static size_t body_size(const struct counts *counts, size_t time_size)
{
    return counts->time * (time_size + 1) + counts->type * 6 + counts->letters +
           counts->leap * (time_size + 4) + counts->isstd + counts->isut;
}

static bool single_offset(const struct counts *counts)
{
    return counts->time == 0 && counts->type == 1 && counts->leap == 0;
}

/* `data` is followed by a NUL. */
static bool file_is_fixed(const unsigned char *data, size_t size)
{
    struct counts counts;
    if (!header_read(data, size, &counts)) return false;
    if (data[4] == 0) return single_offset(&counts);
    size_t skip = HEADER_SIZE + body_size(&counts, 4);
    if (skip >= size || !header_read(data + skip, size - skip, &counts)) return false;
    if (!single_offset(&counts)) return false;
    size_t footer = skip + HEADER_SIZE + body_size(&counts, 8);
    if (footer >= size || data[footer] != '\n') return false;
    const char *text = (const char *)data + footer + 1;
    const char *end = memchr(text, '\n', size - footer - 1);
    char posix[64];
    if (!end || (size_t)(end - text) >= sizeof(posix)) return false;
    memcpy(posix, text, (size_t)(end - text));
    posix[end - text] = '\0';
    return posix_is_fixed(posix);
}

/* 1 fixed, 0 not, -1 there is no such file. */
static int path_is_fixed(const char *path)
{
    unsigned char data[ZONE_CAPACITY + 1];
    int descriptor = system_open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    ssize_t size = system_read(descriptor, data, ZONE_CAPACITY);
    system_close(descriptor);
    if (size <= 0 || size == ZONE_CAPACITY) return 0;
    data[size] = '\0';
    return file_is_fixed(data, (size_t)size);
}

static bool zone_named(const char *zone)
{
    char path[PATH_MAX];
    const char *directory = getenv("TZDIR");
    if (!directory || !*directory) directory = "/usr/share/zoneinfo";
    if (*zone == ':') zone++;
    if (!*zone) return false;
    int length = *zone == '/' ? snprintf(path, sizeof(path), "%s", zone)
                              : snprintf(path, sizeof(path), "%s/%s", directory, zone);
    if (length < 0 || (size_t)length >= sizeof(path)) return false;
    int fixed = path_is_fixed(path);
    return fixed < 0 ? posix_is_fixed(zone) : fixed == 1;
}

bool zone_format_has(const char *format, size_t size, const char *letters)
{
    for (size_t i = 0; i + 1 < size; i++) {
        if (format[i] != '%') continue;
        i++;
        while (i < size && (strchr("_-0^#+EO", format[i]) || is_digit(format[i])))
            i++;
        if (i < size && format[i] && strchr(letters, format[i])) return true;
    }
    return false;
}

bool zone_is_fixed(void)
{
    int saved = errno;
    const char *zone = getenv("TZ");
    bool fixed = zone && *zone ? zone_named(zone)
                 : zone        ? true
                               : path_is_fixed("/etc/localtime") == 1;
    errno = saved;
    return fixed;
}
