/* "Did you mean": the nearest of some known words to one that is not known.
 *
 * Distance counts insertions, deletions, replacements and swaps of neighbours (optimal string
 * alignment), case aside. A word may be wrong in one place in three, two at most; longer words
 * than SUGGEST_LENGTH get no suggestion. Constant memory, no allocation. */
#ifndef MEMO_SUGGEST_H
#define MEMO_SUGGEST_H

#include <stddef.h>

#define SUGGEST_LENGTH 32

struct suggestion {
    const char *word; /* what was written; not NUL-terminated */
    size_t length;
    const char *nearest; /* NULL: nothing is near */
    unsigned distance;   /* of `nearest`; before the first: what is still near */
};

struct suggestion suggest_for(const char *word, size_t length);

/* Takes `known` when it is nearer than all before it. */
void suggest_offer(struct suggestion *suggestion, const char *known);

/* Room for suggest_phrase(). */
struct suggest_text {
    char text[SUGGEST_LENGTH + 64];
};

/* ": did you mean 'NEAREST'?" or "", for the end of a message. */
const char *suggest_phrase(const struct suggestion *suggestion, struct suggest_text *room);

#endif
