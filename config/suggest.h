/* "Did you mean": the nearest of some known words to one that is not known.
 *
 * Distance counts insertions, deletions, replacements and swaps of neighbours (optimal string
 * alignment), case aside. A word of three letters may be wrong in one place, from six letters on in
 * two; or it is the beginning of a longer one. Among equally near words that of the same length,
 * then the first, is taken. Words longer than SUGGEST_LENGTH get no suggestion. Constant memory, no
 * allocation. */
#ifndef MEMO_SUGGEST_H
#define MEMO_SUGGEST_H

#include <stddef.h>

#define SUGGEST_LENGTH 32

struct suggestion {
    const char *word; /* what was written; not NUL-terminated */
    size_t length;
    char nearest[SUGGEST_LENGTH + 1]; /* "": nothing is near */
    unsigned distance;                /* of `nearest`; before the first: of what is far */
    unsigned allowed;
};

struct suggestion suggest_for(const char *word, size_t length);

/* Takes known[0 .. length) when it is nearer than all before it. */
void suggest_offer(struct suggestion *suggestion, const char *known, size_t length);

/* Room for suggest_phrase(). */
struct suggest_text {
    char text[SUGGEST_LENGTH + 64];
};

/* ": did you mean 'NEAREST'?" or "", for the end of a message. */
const char *suggest_phrase(const struct suggestion *suggestion, struct suggest_text *room);

#endif
