/* The front against a simple model: what it holds is right, hits are counted, and a replay gives
 * the pending uses in their order. Then what a signal in the middle of a hit leaves behind. */
#include "cache/arena.h"
#include "cache/front.h"
#include "check.h"

#include <stdlib.h>

#define KEYS  6000
#define VALUE 0x5bd1e995u /* a value is its key times this */

static uint64_t random_state = 42;

static uint64_t next_random(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static uint32_t hash_of(const uint64_t *words, uint32_t count)
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

/* What was filled and not yet seen to be gone, and the last use of each key. */
struct model {
    bool filled[KEYS];
    uint64_t last[KEYS]; /* by `uses`; of a hit since the last replay, else 0 */
    uint64_t uses, hits;
};

struct tried {
    struct front front;
    struct front_layout layout;
    struct model model;
    bool right, ordered;
    uint64_t previous, visited;
    const struct front_line *last_visited;
};

/* Number 0 is the key of zeros; a flat one's size varies, a text's length too. */
static uint32_t make_key(const struct front_layout *layout, unsigned number, uint64_t *words)
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

static unsigned number_of(const struct front_layout *layout, const struct front_line *line)
{
    return (unsigned)line->words[front_is_flat(layout) ? 1 : layout->key_words - 1];
}

static uint64_t value_of(unsigned number, uint32_t word)
{
    return (uint64_t)(number + word + 1) * VALUE;
}

static bool value_right(const struct front_layout *layout, const struct front_line *line,
                        unsigned number)
{
    for (uint32_t i = 0; i < layout->value_words; i++)
        if (line->words[layout->key_words + i] != value_of(number, i)) return false;
    return true;
}

/* Newest first, all of them pending; a line that was erased and filled anew may come twice. */
static void visit(void *data, const struct front_line *line)
{
    struct tried *tried = data;
    if (line == tried->last_visited) return;
    tried->last_visited = line;
    unsigned number = number_of(&tried->layout, line);
    uint64_t last = tried->model.last[number];
    tried->ordered &= last != 0 && last < tried->previous;
    tried->previous = last;
    tried->model.last[number] = 0;
    tried->visited++;
}

static void replay(struct tried *tried)
{
    tried->previous = UINT64_MAX;
    tried->last_visited = NULL;
    front_replay(&tried->front, &tried->layout, visit, tried);
    for (unsigned i = 0; i < KEYS; i++) /* none was forgotten */
        tried->ordered &= tried->model.last[i] == 0;
}

static void fill(struct tried *tried, unsigned number, uint32_t hash, const uint64_t *key)
{
    union line line;
    struct front_layout *layout = &tried->layout;
    enum front_use use = next_random() % 2;
    if (use == FRONT_FIRST) replay(tried); /* it may take a pending line's place */
    enum front_room room = front_room(&tried->front, layout, key, hash, use);
    if (room == FRONT_NO_ROOM) return;
    if (room == FRONT_ROOM_AFTER_REPLAY) replay(tried);
    line.head.errno_mask = 0;
    line.head.hash = hash;
    memcpy(line.head.words, key, 8 * layout->key_words);
    for (uint32_t i = 0; i < layout->value_words; i++)
        line.head.words[layout->key_words + i] = value_of(number, i);
    front_fill(&tried->front, layout, &line.head, hash, use);
    tried->model.filled[number] = true;
    tried->model.last[number] = 0;
    const struct front_line *found = front_find(&tried->front, layout, key, hash);
    tried->right &= found && !front_is_pending(&tried->front, found);
}

static void use(struct tried *tried, unsigned number)
{
    uint64_t key[FRONT_FLAT_WORDS];
    uint32_t hash = make_key(&tried->layout, number, key);
    struct front_line *line = front_find(&tried->front, &tried->layout, key, hash);
    if (!line) {
        tried->right &= !tried->model.last[number]; /* a pending line is not pushed out */
        fill(tried, number, hash, key);
        return;
    }
    tried->right &= tried->model.filled[number] && value_right(&tried->layout, line, number);
    tried->right &=
        (uintptr_t)line % (tried->layout.line_size < 64 ? tried->layout.line_size : 64) == 0;
    if (next_random() % 50 == 0) {
        if (front_is_pending(&tried->front, line)) replay(tried);
        front_erase(&tried->front, &tried->layout, line);
        tried->model.filled[number] = false;
        tried->right &= !front_find(&tried->front, &tried->layout, key, hash);
        return;
    }
    front_touch(&tried->front, line);
    tried->model.last[number] = ++tried->model.uses;
    tried->model.hits++;
}

static void empty(struct tried *tried, uint64_t epoch)
{
    front_empty(&tried->front, &tried->layout, epoch);
    memset(tried->model.filled, 0, sizeof(tried->model.filled));
    memset(tried->model.last, 0, sizeof(tried->model.last));
    tried->right &= tried->front.epoch == epoch;
}

static void against_model(const struct front_layout *layout, unsigned keys, unsigned steps)
{
    struct tried *tried = calloc(1, sizeof(*tried));
    tried->layout = *layout;
    tried->right = tried->ordered = true;
    uint64_t taken = 0;
    CHECK(front_make(&tried->front, layout));
    empty(tried, 1);
    for (unsigned step = 0; step < steps; step++) {
        unsigned hot = next_random() % 4 ? keys / 8 + 1 : keys;
        use(tried, (unsigned)(next_random() % hot));
        if (next_random() % 997 == 0) replay(tried);
        if (next_random() % 9973 == 0) empty(tried, step + 2);
        if (next_random() % 499 == 0) taken += front_take_hits(&tried->front);
    }
    replay(tried);
    CHECK(tried->right);
    CHECK(tried->ordered);
    CHECK(tried->visited > 0);
    CHECK(front_hits(&tried->front) == tried->model.hits);
    CHECK(taken + front_take_hits(&tried->front) == tried->model.hits);
    CHECK(tried->model.hits > steps / 20);
    front_count_from_zero(&tried->front);
    CHECK(front_hits(&tried->front) == 0 && front_take_hits(&tried->front) == 0);
    front_release(&tried->front);
    CHECK(!tried->front.lines && tried->front.epoch == FRONT_CLOSED);
    free(tried);
}

/* No line is found that nobody filled: blank lines of all sizes and after all growth. */
static bool finds_none(const struct front *front, const struct front_layout *layout, unsigned from,
                       unsigned to)
{
    uint64_t key[FRONT_FLAT_WORDS];
    for (unsigned number = from; number < to; number++) {
        uint32_t hash = make_key(layout, number, key);
        if (front_find(front, layout, key, hash)) return false;
    }
    return true;
}

static void put(struct front *front, const struct front_layout *layout, unsigned number)
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

static struct front_line *get(struct front *front, const struct front_layout *layout,
                              unsigned number)
{
    uint64_t key[FRONT_FLAT_WORDS];
    uint32_t hash = make_key(layout, number, key);
    return front_find(front, layout, key, hash);
}

static void blanks(const struct front_layout *layout)
{
    struct front front;
    CHECK(front_make(&front, layout));
    CHECK(finds_none(&front, layout, 0, KEYS));
    front_empty(&front, layout, 1);
    CHECK(finds_none(&front, layout, 0, KEYS));
    for (unsigned number = 100; number < KEYS; number++)
        put(&front, layout, number);
    CHECK(finds_none(&front, layout, 0, 100));
    front_empty(&front, layout, 2);
    CHECK(finds_none(&front, layout, 0, KEYS));
    front_release(&front);
}

/* A hit checks the clock, reads its value and stamps its line; a handler in between may have erased
 * it. What is blank stays blank when the front grows. */
static void stamped_blanks(const struct front_layout *layout)
{
    struct front front;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    put(&front, layout, 5);
    struct front_line *line = get(&front, layout, 5);
    uint32_t sets = front.sets;
    front_erase(&front, layout, line);
    uint64_t blank_key = line->words[0];
    for (unsigned number = 100; front.sets == sets && number < KEYS; number++) {
        line->seen = front.clock; /* whatever was filled there meanwhile */
        if (line->words[0] == blank_key) put(&front, layout, number);
    }
    CHECK(front.sets != sets);
    CHECK(finds_none(&front, layout, 0, 100));
    front_release(&front);
}

static void count_visit(void *data, const struct front_line *line)
{
    (void)line;
    ++*(unsigned *)data;
}

/* Stamped, but not noted yet: a replay comes to an end all the same. */
static void unnoted(const struct front_layout *layout)
{
    struct front front;
    unsigned visited = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    put(&front, layout, 5);
    front_replay(&front, layout, count_visit, &visited);
    struct front_line *line = get(&front, layout, 5);
    line->seen = front.clock;
    front.clock += 2;
    CHECK(front.touched_count == 0 && front_is_pending(&front, line));
    front_replay(&front, layout, count_visit, &visited);
    CHECK(!front_is_pending(&front, line) && visited == 0);
    front_release(&front);
}

/* Notes that lead nowhere, one too many, and places that were counted but never written. */
static void wild_notes(const struct front_layout *layout)
{
    struct front front;
    unsigned visited = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    for (unsigned number = 0; number < 8; number++)
        put(&front, layout, number);
    front_replay(&front, layout, count_visit, &visited);
    front_touch(&front, get(&front, layout, 7));
    while (front.touched_count < front.touched_limit)
        front.touched[front.touched_count++] = (uint32_t)next_random();
    front.touched[1] = (uint32_t)(front.sets + FRONT_WAYS * layout->line_size);
    front.touched[2] = layout->line_size / 2;
    front.touched[3] = UINT32_MAX;
    front.touched_count++;
    front_replay(&front, layout, count_visit, &visited);
    CHECK(visited == 1 && front.touched_count == 0);
    front_release(&front);
}

/* Left by a jump in the middle of growing or filling: emptied, it holds nothing. */
static void torn(const struct front_layout *layout)
{
    struct front front, before;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    for (unsigned number = 100; number < 110; number++)
        put(&front, layout, number);
    before = front;
    for (unsigned number = 110; front.lines == before.lines && number < KEYS; number++)
        put(&front, layout, number);
    CHECK(front.lines != before.lines);
    front.sets = before.sets;
    front.touched = before.touched;
    front.touched_limit = before.touched_limit;
    front.epoch = FRONT_CLOSED;
    for (unsigned number = 100; number < KEYS; number++) {
        struct front_line *line = get(&front, layout, number);
        if (line) line->seen = 0; /* its key is written, its stamp is not */
    }
    front_empty(&front, layout, 2);
    CHECK(finds_none(&front, layout, 0, KEYS));
    CHECK(front.epoch == 2 && front.touched_count == 0);
    put(&front, layout, 5);
    front_touch(&front, get(&front, layout, 5));
    CHECK(value_right(layout, get(&front, layout, 5), 5));
    front_release(&front);
}

static void no_memory(const struct front_layout *layout)
{
    struct front front, none;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    arena_limit(arena_bytes());
    uint32_t sets = front.sets;
    bool right = true;
    for (unsigned number = 0; number < KEYS; number++) {
        put(&front, layout, number);
        right &= value_right(layout, get(&front, layout, number), number);
    }
    CHECK(right && front.sets == sets);
    while (front_make(&none, layout)) { /* what the arena has left */
    }
    CHECK(!front_make(&none, layout));
    arena_limit((size_t)64 << 20);
    front_release(&front);
}

/* More keys than lines, in turn: most lines are left alone, and are hit. */
static void resting(const struct front_layout *layout)
{
    struct front front;
    unsigned filled = 0, calls = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    for (unsigned round = 0; round < 20; round++)
        for (unsigned number = 0; number < 40000; number++, calls++) {
            uint64_t key[FRONT_FLAT_WORDS];
            uint32_t hash = make_key(layout, number, key);
            struct front_line *line = front_find(&front, layout, key, hash);
            if (line) {
                front_touch(&front, line);
                continue;
            }
            enum front_room room = front_room(&front, layout, key, hash, FRONT_AGAIN);
            if (room == FRONT_NO_ROOM) continue;
            if (room == FRONT_ROOM_AFTER_REPLAY) front_replay(&front, layout, NULL, NULL);
            put(&front, layout, number);
            filled++;
        }
    CHECK(filled < calls / 4);
    front_release(&front);
}

/* Keys that are used once hardly push out one that was used again, nor does the front grow for
 * them.
 */
static void passers_by(const struct front_layout *layout)
{
    struct front front;
    unsigned lost = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    uint32_t sets = front.sets;
    for (unsigned number = 0; number < 4; number++) {
        put(&front, layout, number);
        front_touch(&front, get(&front, layout, number));
    }
    for (unsigned number = 100; number < KEYS; number++) {
        union line line;
        uint32_t hash = make_key(layout, number, line.head.words);
        line.head.errno_mask = 0;
        if (front_room(&front, layout, line.head.words, hash, FRONT_FIRST) == FRONT_ROOM)
            front_fill(&front, layout, &line.head, hash, FRONT_FIRST);
        struct front_line *hot = get(&front, layout, number % 4);
        if (hot) {
            front_touch(&front, hot);
        } else {
            lost++;
            put(&front, layout, number % 4);
        }
    }
    CHECK(lost < (KEYS - 100) / 50 && front.sets == sets);
    front_release(&front);
}

/* The first key from `*number` on whose hash leads `line` lines behind the first of `count`. */
static unsigned key_leading(const struct front_layout *layout, uint32_t count, uint32_t line,
                            unsigned *number)
{
    uint64_t key[FRONT_FLAT_WORDS];
    while ((make_key(layout, ++*number, key) / layout->line_size & (count - 1)) != line) {
    }
    return *number;
}

/* All of the sets that reach beyond what hashes lead to, and of the first. */
static void ends(const struct front_layout *layout)
{
    struct front front;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    uint32_t count = front.sets / layout->line_size + 1;
    for (uint32_t line = 0; line < count; line += count - 1) {
        unsigned keys[FRONT_WAYS], number = 100;
        for (int i = 0; i < FRONT_WAYS; i++)
            put(&front, layout, keys[i] = key_leading(layout, count, line, &number));
        for (uint32_t i = 0; i < FRONT_WAYS; i++) {
            const unsigned char *at = (const unsigned char *)get(&front, layout, keys[i]);
            CHECK(at == front.lines + (line + i) * layout->line_size);
        }
        CHECK(!get(&front, layout, key_leading(layout, count, line, &number)));
        for (int i = 0; i < FRONT_WAYS; i++)
            front_erase(&front, layout, get(&front, layout, keys[i]));
        CHECK(finds_none(&front, layout, 0, KEYS));
    }
    front_release(&front);
}

/* Conflicts that make a front grow, of lines in the middle. */
static void provoke_growth(struct front *front, const struct front_layout *layout, uint32_t count)
{
    unsigned number = 100, keys[FRONT_WAYS + 2];
    for (uint32_t i = 0; i < FRONT_WAYS + 2; i++)
        keys[i] = key_leading(layout, count, count / 2, &number);
    for (uint32_t i = 0; i < count; i++)
        put(front, layout, keys[i % (FRONT_WAYS + 2)]);
}

/* Lines behind the last that hashes lead to find those of others in their way when the front grows:
 * it doesn't while one of them that is pending would be lost. */
static void crowded(const struct front_layout *layout)
{
    struct front front;
    unsigned keys[2 * FRONT_WAYS], number = 100, visited = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    uint32_t sets = front.sets, count = sets / layout->line_size + 1;
    for (uint32_t i = 0; i < 2 * FRONT_WAYS; i++) {
        keys[i] = key_leading(layout, 16 * count, count - (i < FRONT_WAYS), &number);
        put(&front, layout, keys[i]);
        front_touch(&front, get(&front, layout, keys[i]));
    }
    provoke_growth(&front, layout, count);
    CHECK(front.sets == sets);
    for (uint32_t i = 0; i < 2 * FRONT_WAYS; i++)
        CHECK(get(&front, layout, keys[i]) &&
              front_is_pending(&front, get(&front, layout, keys[i])));
    front_replay(&front, layout, count_visit, &visited);
    CHECK(visited == 2 * FRONT_WAYS);
    provoke_growth(&front, layout, count);
    CHECK(front.sets > sets);
    front_release(&front);
}

/* All lines of a set are hit between a request for room and the fill, as a handler may do. */
static void hit_in_between(const struct front_layout *layout)
{
    struct front front;
    union line line;
    unsigned keys[FRONT_WAYS], number = 100, visited = 0;
    CHECK(front_make(&front, layout));
    front_empty(&front, layout, 1);
    uint32_t count = front.sets / layout->line_size + 1;
    for (int i = 0; i < FRONT_WAYS; i++)
        put(&front, layout, keys[i] = key_leading(layout, count, count / 2, &number));
    unsigned late = key_leading(layout, count, count / 2, &number);
    uint32_t hash = make_key(layout, late, line.head.words);
    memset(line.head.words + layout->key_words, 0, 8 * layout->value_words);
    line.head.errno_mask = line.head.hash = 0;
    CHECK(front_room(&front, layout, line.head.words, hash, FRONT_AGAIN) == FRONT_ROOM);
    for (int i = 0; i < FRONT_WAYS; i++)
        front_touch(&front, get(&front, layout, keys[i]));
    front_fill(&front, layout, &line.head, hash, FRONT_AGAIN);
    for (int i = 0; i < FRONT_WAYS; i++)
        CHECK(get(&front, layout, keys[i]) != NULL);
    front_replay(&front, layout, count_visit, &visited);
    CHECK(visited == FRONT_WAYS);
    front_release(&front);
}

static void all_of(const struct front_layout *layout)
{
    static const unsigned keys[] = {1, 2, 10, 60, 200, 1000, KEYS};
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        against_model(layout, keys[i], 40000);
    blanks(layout);
    stamped_blanks(layout);
    unnoted(layout);
    wild_notes(layout);
    torn(layout);
    resting(layout);
    passers_by(layout);
    if (!front_is_flat(layout)) { /* whose place is the table's hash */
        ends(layout);
        crowded(layout);
        hit_in_between(layout);
    }
    no_memory(layout);
}

int main(void)
{
    static const uint64_t masks[FRONT_WORDS] = {1, 2, 3, 4};
    struct front_layout layout;
    for (uint32_t words = 1; words <= FRONT_WORDS; words++)
        for (uint32_t values = 1; values <= 3; values += 2) {
            if (LINE_KEY + 8 * (words + values) > LINE_LARGE) continue; /* no path has so many */
            front_layout_typed(&layout, words, values, masks, hash_of);
            CHECK(layout.line_size ==
                  (words + values <= LINE_SMALL_WORDS ? LINE_SMALL : LINE_LARGE));
            if (words == 1 || words == FRONT_WORDS) all_of(&layout);
        }
    front_layout_typed(&layout, FRONT_TEXT / 8, 1, NULL, hash_of);
    CHECK(layout.line_size == LINE_TEXT);
    all_of(&layout);
    front_layout_flat(&layout);
    all_of(&layout);
    return check_done("front");
}
