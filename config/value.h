/* Numbers and words as the config language writes them. Every parser takes the whole of `text`,
 * returns false on anything it does not take, and says nothing itself: option_set() does. */
#ifndef MEMO_VALUE_H
#define MEMO_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal digits alone: 4096. */
bool value_count(const char *text, uint64_t *count);

/* Decimal digits and k, M or G, optionally with iB: powers of 1024. */
bool value_bytes(const char *text, uint64_t *bytes);

/* Decimal digits and one of us, ms, s, m, h, d; the result is in nanoseconds. */
bool value_duration(const char *text, uint64_t *nanoseconds);

/* 0 to 1, with up to six decimals: 0.01; the result is in parts per million. */
bool value_share(const char *text, uint32_t *ppm);

/* yes, no, true, false, on, off, 1, 0, in any case. */
bool value_boolean(const char *text, bool *truth);

/* The index of `text` in `words`, which stand apart by single blanks. */
bool value_word(const char *text, const char *words, unsigned *index);

#endif
