#include "examples/note.h"

#include <errno.h>
#include <fenv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { COMPARED_FLAGS = FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW };

static struct {
    const char *symbol;
    unsigned number, time;
    bool is_undefined;
} current;

void note_begin(const char *symbol, unsigned number, unsigned time)
{
    current.symbol = symbol;
    current.number = number;
    current.time = time;
    current.is_undefined = false;
    feclearexcept(FE_ALL_EXCEPT);
    errno = time < 2 ? 0 : ENOENT;
}

void note_end(void)
{
    int error = errno, flags = fetestexcept(COMPARED_FLAGS);
    printf("\n%s %u.%u errno %d flags %#x", current.symbol, current.number, current.time, error,
           (unsigned)flags);
}

void note_undefined(void)
{
    current.is_undefined = true;
}

void note(const void *bytes, size_t size)
{
    if (current.is_undefined) return;
    putchar(' ');
    for (size_t i = 0; i < size; i++)
        printf("%02x", ((const unsigned char *)bytes)[i]);
}

void note_text(const char *text)
{
    if (text)
        note(text, strlen(text) + 1);
    else
        fputs(" null", stdout);
}

void note_number(long number)
{
    printf(" %ld", number);
}
