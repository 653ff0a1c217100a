/* Which lines a front takes, where, and when it grows. */
#include "fronts.h"

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
    resting(layout);
    passers_by(layout);
    if (front_is_flat(layout)) return; /* its place is the table's hash */
    ends(layout);
    crowded(layout);
    hit_in_between(layout);
}

int main(void)
{
    each_layout(all_of);
    return check_done("front_room");
}
