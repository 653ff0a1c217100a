/* The front against a simple model: what it holds is right, hits are counted, and a replay gives
 * the pending uses in their order. Then what a signal in the middle of a hit leaves behind. */
#include "cache/arena.h"
#include "fronts.h"

#include <stdlib.h>

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

static unsigned number_of(const struct front_layout *layout, const struct front_line *line)
{
    return (unsigned)line->words[front_is_flat(layout) ? 1 : layout->key_words - 1];
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
    no_memory(layout);
}

int main(void)
{
    each_layout(all_of);
    return check_done("front");
}
