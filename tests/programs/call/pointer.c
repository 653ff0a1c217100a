/* Functions that return pointers. */
#include "call/functions.h"

#include <stdio.h>
#include <string.h>

/* Leads into its argument; NULL where there is nothing but blanks. */
const char *skip_blanks(const char *s)
{
    ran++;
    while (*s == ' ')
        s++;
    return *s ? s : NULL;
}
ALSO_DIRECT(skip_blanks);

/* Leads into the library's own data. */
const char *name_of(int code)
{
    static const char *const names[] = {"zero", "one", "two", "three"};
    ran++;
    return code >= 0 && code < 4 ? names[code] : NULL;
}
ALSO_DIRECT(name_of);

char *static_text(int code)
{
    static char text[64];
    ran++;
    if (code == 0) return NULL;
    snprintf(text, sizeof text, "static text %d", code);
    return text;
}
ALSO_DIRECT(static_text);

char *static_long(int length)
{
    static char text[300000];
    ran++;
    for (int i = 0; i < length; i++)
        text[i] = (char)('a' + (i + length) % 26);
    text[length] = 0;
    return text;
}
ALSO_DIRECT(static_long);

struct tm *static_tm(long seed)
{
    static struct tm kept;
    ran++;
    if (seed == 0) return NULL;
    direct_tm_make(seed, &kept);
    ran--;
    return &kept;
}
ALSO_DIRECT(static_tm);

/* As stpncpy without padding: returns the end within `to`. */
char *copy_text(char *to, const char *from, size_t n)
{
    size_t length = strlen(from);
    ran++;
    if (n == 0) return to;
    if (length >= n) length = n - 1;
    memcpy(to, from, length);
    to[length] = 0;
    return to + length;
}
ALSO_DIRECT(copy_text);
