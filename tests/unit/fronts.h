/* Fronts of every layout, and keys and values by number, for the tests of the front. */
#ifndef MEMO_TEST_FRONTS_H
#define MEMO_TEST_FRONTS_H

#include "cache/front.h"
#include "check.h"
#include "random.h"

#define KEYS  6000
#define VALUE 0x5bd1e995u /* a value is its key times this */

static uint64_t random_state = 42;

static inline uint64_t next_random(void)
{
    return random_next(&random_state);
}

static inline uint32_t hash_of(const uint64_t *words, uint32_t count)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < count; i++)
        hash = (hash ^ words[i]) * 0x9e3779b97f4a7c15;
    return (uint32_t)(hash >> 32);
}

union line {
    struct front_line head;
    uint64_t words[16];
};

/* Number 0 is the key of zeros; a flat one's size varies, a text's length too. */
static inline uint32_t make_key(const struct front_layout *layout, unsigned number, uint64_t *words)
{
    memset(words, 0, 8 * layout->key_words);
    if (front_is_flat(layout)) {
        words[0] = number % (FRONT_FLAT_KEY + 1);
        if (words[0] < 4) words[0] = 4;
        memcpy(words + 1, &number, 4);
        return (uint32_t)(number * 0x9e3779b1u);
    }
    words[layout->key_words - 1] = number;
    return layout->hash(words, layout->key_words);
}

static inline uint64_t value_of(unsigned number, uint32_t word)
{
    return (uint64_t)(number + word + 1) * VALUE;
}

static inline bool value_right(const struct front_layout *layout, const struct front_line *line,
                               unsigned number)
{
    for (uint32_t i = 0; i < layout->value_words; i++)
        if (line->words[layout->key_words + i] != value_of(number, i)) return false;
    return true;
}

/* No line is found that nobody filled: blank lines of all sizes and after all growth. */
static inline bool finds_none(const struct front *front, const struct front_layout *layout,
                              unsigned from, unsigned to)
{
    uint64_t key[FRONT_FLAT_WORDS];
    for (unsigned number = from; number < to; number++) {
        uint32_t hash = make_key(layout, number, key);
        if (front_find(front, layout, key, hash)) return false;
    }
    return true;
}

static inline void put(struct front *front, const struct front_layout *layout, unsigned number)
{
    union line line;
    uint32_t hash = make_key(layout, number, line.head.words);
    line.head.errno_mask = 0;
    line.head.hash = hash;
    for (uint32_t i = 0; i < layout->value_words; i++)
        line.head.words[layout->key_words + i] = value_of(number, i);
    front_room(front, layout, line.head.words, hash, FRONT_AGAIN);
    front_fill(front, layout, &line.head, hash, FRONT_AGAIN);
}

static inline struct front_line *get(struct front *front, const struct front_layout *layout,
                                     unsigned number)
{
    uint64_t key[FRONT_FLAT_WORDS];
    uint32_t hash = make_key(layout, number, key);
    return front_find(front, layout, key, hash);
}

static inline void count_visit(void *data, const struct front_line *line)
{
    (void)line;
    ++*(unsigned *)data;
}

/* Calls `test` with each layout that paths have. */
static inline void each_layout(void (*test)(const struct front_layout *layout))
{
    static const uint64_t masks[FRONT_WORDS] = {1, 2, 3, 4};
    struct front_layout layout;
    for (uint32_t words = 1; words <= FRONT_WORDS; words++)
        for (uint32_t values = 1; values <= 3; values += 2) {
            if (LINE_KEY + 8 * (words + values) > LINE_LARGE) continue; /* no path has so many */
            front_layout_typed(&layout, words, values, masks, hash_of);
            CHECK(layout.line_size ==
                  (words + values <= LINE_SMALL_WORDS ? LINE_SMALL : LINE_LARGE));
            if (words == 1 || words == FRONT_WORDS) test(&layout);
        }
    front_layout_typed(&layout, FRONT_TEXT / 8, 1, NULL, hash_of);
    CHECK(layout.line_size == LINE_TEXT);
    test(&layout);
    front_layout_flat(&layout);
    test(&layout);
}

#endif
