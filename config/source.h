/* A piece of a config file that remembers where it stood.
 *
 * `text` keeps the layout of the file from `place` on: line ends as '\n', comments as blanks. So
 * the place of any byte in it follows from counting lines, however often a value was continued. */
#ifndef MEMO_SOURCE_H
#define MEMO_SOURCE_H

#include "diagnostic.h"

#include <stddef.h>

struct source {
    const char *text;   /* NUL-terminated */
    struct place place; /* of text[0] */
};

/* The place one byte further than `place`, past `byte`. */
static inline struct place place_after(struct place place, char byte)
{
    if (place.line == 0) return place; /* not from a file */
    if (byte == '\n')
        place.line++, place.column = 1;
    else
        place.column++;
    return place;
}

#endif
