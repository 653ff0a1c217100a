/* One call of a function of step.h, and whether it gave what it should. */
#ifndef FRONT_ANSWERS_H
#define FRONT_ANSWERS_H

#include "front/step.h"

#include <stdbool.h>

/* A handler may call it. */
static void text_of(uint64_t key, char *text)
{
    char digits[24];
    int count = 0;
    do
        digits[count++] = (char)('0' + key % 10);
    while (key /= 10);
    while (count)
        *text++ = digits[--count];
    *text = 0;
}

/* step_typed, step_vector, step_outputs, step_text or step_flat, by number. `want` is what
 * step_typed(key) gives. */
static bool step_answers(unsigned function, uint64_t key, uint64_t want)
{
    char text[24];
    double first = -1, second = -1;
    switch (function) {
    case 0:
        return step_typed(key) == want;
    case 1:
        return step_vector((double)key) == (double)(want >> 12);
    case 2:
        step_outputs((double)key, &first, &second);
        return first == (double)(want >> 12) && second == (double)key + 1;
    case 3:
        text_of(key, text);
        return step_text(text) == want;
    default:
        return step_flat(&key) == want;
    }
}

#endif
