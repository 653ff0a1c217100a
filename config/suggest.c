#include "suggest.h"

#include "text.h"

#include <stdio.h>

static unsigned least(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Three rows of the usual matrix; both lengths are at most SUGGEST_LENGTH. */
static unsigned distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned rows[3][SUGGEST_LENGTH + 1];
    unsigned *before = rows[0], *last = rows[1], *row = rows[2];
    for (unsigned j = 0; j <= b_length; j++)
        last[j] = j;
    for (unsigned i = 1; i <= a_length; i++) {
        row[0] = i;
        for (unsigned j = 1; j <= b_length; j++) {
            char x = text_lower(a[i - 1]), y = text_lower(b[j - 1]);
            row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == text_lower(b[j - 2]) && text_lower(a[i - 2]) == y)
                row[j] = least(row[j], before[j - 2] + 1, row[j]);
        }
        unsigned *unused = before;
        before = last, last = row, row = unused;
    }
    return last[b_length];
}

struct suggestion suggest_for(const char *word, size_t length)
{
    unsigned allowed = length < 3 ? 0 : length < 6 ? 1 : 2;
    return (struct suggestion){
        .word = word, .length = length, .distance = allowed + 1, .allowed = allowed};
}

void suggest_offer(struct suggestion *suggestion, const char *known, size_t length)
{
    size_t written = suggestion->length;
    if (length > SUGGEST_LENGTH || written > SUGGEST_LENGTH) return;
    bool begins = written >= 3 && length > written && memcmp(suggestion->word, known, written) == 0;
    size_t apart = length > written ? length - written : written - length;
    if (apart > suggestion->distance && !begins) return;
    unsigned far = distance(suggestion->word, written, known, length);
    if (begins && far > suggestion->allowed) far = suggestion->allowed;
    bool tie = far == suggestion->distance && *suggestion->nearest && length == written &&
               strlen(suggestion->nearest) != written;
    if (far >= suggestion->distance && !tie) return;
    suggestion->distance = far;
    memcpy(suggestion->nearest, known, length);
    suggestion->nearest[length] = '\0';
}

const char *suggest_phrase(const struct suggestion *suggestion, struct suggest_text *room)
{
    if (!*suggestion->nearest) return "";
    snprintf(room->text, sizeof room->text, ": did you mean '%s'?", suggestion->nearest);
    return room->text;
}
