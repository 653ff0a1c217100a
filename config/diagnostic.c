#include "diagnostic.h"

#include <stdarg.h>
#include <stdio.h>

/* A config may hold any bytes; what reaches a terminal is one line without control characters. */
static void make_printable(char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '\n' || byte == '\t' || byte == '\r')
            *text = ' ';
        else if (byte < 0x20 || byte == 0x7f)
            *text = '?';
    }
}

void diagnose(struct diagnostics *diagnostics, enum severity severity, struct place place,
              const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    make_printable(text);
    if (severity == SEVERITY_ERROR)
        diagnostics->errors++;
    else
        diagnostics->warnings++;
    diagnostics->report(diagnostics, severity, place, text);
}
