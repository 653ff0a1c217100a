/* Wide strings: read, written, returned. */
#include "call/functions.h"

#include <errno.h>
#include <stdlib.h>

unsigned long wide_digest(const wchar_t *s)
{
    unsigned long sum = 5381;
    ran++;
    if (!s) return 0;
    for (; *s; s++)
        sum = sum * 33 + (unsigned long)*s;
    return sum;
}
ALSO_DIRECT(wide_digest);

/* Without a NUL where `from` has n characters or more; with none at all where n is 0. */
size_t wide_pad(wchar_t *to, const wchar_t *from, size_t n)
{
    ran++;
    for (size_t i = 0; i < n; i++)
        if (!(to[i] = from[i])) break;
    return wcslen(from);
}
ALSO_DIRECT(wide_pad);

const wchar_t *wide_skip(const wchar_t *s)
{
    ran++;
    while (s && *s == L' ')
        s++;
    return s;
}
ALSO_DIRECT(wide_skip);

long wide_number(const wchar_t *s, wchar_t **end, int base)
{
    ran++;
    return wcstol(s, end, base);
}
ALSO_DIRECT(wide_number);

wchar_t *wide_copy(const wchar_t *s)
{
    ran++;
    return s ? wcsdup(s) : NULL;
}
ALSO_DIRECT(wide_copy);

wchar_t *wide_name(int code)
{
    static _Thread_local wchar_t name[32];
    ran++;
    if (code < 0) return NULL;
    for (int i = 0; i < 31; i++)
        name[i] = i < code % 32 ? (wchar_t)(0x100 + code) : 0;
    return name;
}
ALSO_DIRECT(wide_name);
