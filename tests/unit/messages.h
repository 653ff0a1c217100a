/* Collects what is reported through struct diagnostics, printed as the shim prints it, one line
 * each: `FILE:LINE:COLUMN: TEXT`. */
#ifndef MEMO_MESSAGES_H
#define MEMO_MESSAGES_H

#include "config/diagnostic.h"

#include <stdio.h>
#include <string.h>

struct messages {
    struct diagnostics diagnostics; /* first: report() gets a pointer to it */
    char text[64 << 10];
    size_t length;
};

static inline void messages_add(struct diagnostics *self, enum severity severity,
                                struct place place, const char *text)
{
    struct messages *messages = (struct messages *)self;
    char head[512] = "";
    (void)severity;
    if (place.file && place.line)
        snprintf(head, sizeof head, "%s:%d:%d: ", place.file, place.line, place.column);
    else if (place.file)
        snprintf(head, sizeof head, "%s: ", place.file);
    size_t room = sizeof messages->text - messages->length;
    int length = snprintf(messages->text + messages->length, room, "%s%s\n", head, text);
    messages->length += (size_t)length < room ? (size_t)length : room - 1;
}

static inline void messages_clear(struct messages *messages)
{
    messages->diagnostics = (struct diagnostics){.report = messages_add};
    messages->length = 0;
    messages->text[0] = '\0';
}

#endif
