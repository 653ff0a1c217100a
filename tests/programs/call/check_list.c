/* Structs with lists of strings: in the caller's buffer, in memory of ours, by content in keys. */
#include "call/groups.h"

#include <errno.h>
#include <string.h>

enum { ROOM = 256, GUARD = 16 };

struct request {
    int id;
    size_t size, misalignment;
};

/* Where the pointer leads to within the buffer; its own number where it doesn't. */
static void add_place(struct outcome *outcome, const void *pointer, const char *buffer)
{
    size_t place = (size_t)((const char *)pointer - buffer);
    if (place > ROOM) place = pointer ? 1000 : 2000;
    OUTCOME(outcome, place);
}

static void add_text(struct outcome *outcome, const char *text)
{
    if (text)
        outcome_add(outcome, text, strlen(text) + 1);
    else
        outcome_add(outcome, "\377", 1);
}

static void add_club(struct outcome *outcome, const struct club *club, const char *buffer)
{
    add_text(outcome, club->name);
    add_place(outcome, club->name, buffer);
    add_place(outcome, club->members, buffer);
    for (char **member = club->members; member && *member; member++) {
        add_text(outcome, *member);
        add_place(outcome, *member, buffer);
    }
    OUTCOME(outcome, club->id);
    OUTCOME(outcome, club->dues);
}

/* The bytes of the buffer, with places for the addresses in it: nothing else may be touched. */
static void add_buffer(struct outcome *outcome, const struct club *club, char *buffer)
{
    for (char **member = club->members; member && *member; member++) {
        size_t place = (size_t)(*member - buffer);
        memcpy(member, &place, sizeof place);
    }
    outcome_add(outcome, buffer - GUARD, ROOM + 2 * GUARD);
}

/* The buffer is elsewhere each time, at the same distance from a multiple of 16. */
static void once_get(bool direct, const void *input, struct outcome *outcome)
{
    const struct request *in = input;
    static _Alignas(16) char area[ROOM + 8 * GUARD];
    char *buffer = area + GUARD + 16 * random_below(4) + in->misalignment;
    struct club clubs[5], *result = &clubs[1], *mine = &clubs[1 + random_below(3)];
    memset(area, 0x5a, sizeof area);
    memset(clubs, 0x33, sizeof clubs);
    int got = CALL(direct, club_get, in->id, mine, buffer, in->size, &result);
    bool found = result == mine, none = result == NULL;
    OUTCOME(outcome, got);
    OUTCOME(outcome, found);
    OUTCOME(outcome, none);
    if (!found) return;
    add_club(outcome, mine, buffer);
    add_buffer(outcome, mine, buffer);
}

static void once_find(bool direct, const void *input, struct outcome *outcome)
{
    static _Alignas(16) char area[ROOM + 2 * GUARD];
    struct club club;
    const struct club *got = CALL(direct, club_find, *(const int *)input, &club, area + GUARD);
    bool found = got == &club, none = got == NULL;
    OUTCOME(outcome, found);
    OUTCOME(outcome, none);
    if (found) add_club(outcome, &club, area + GUARD);
}

/* From what fits to what doesn't, byte by byte: where that is depends on the alignment. */
static void check_get(void)
{
    for (int id = 0; id < 21; id++) {
        struct request in = {id, ROOM, random_below(16)};
        observe("club_get", once_get, &in, CACHED);
        for (in.size = 0; in.size < 200; in.size += 1 + random_below(8))
            observe("club_get", once_get, &in, EITHER);
    }
    for (size_t misalignment = 0; misalignment < 16; misalignment++) {
        struct request in = {6, 0, misalignment};
        for (in.size = 115; in.size < 150; in.size++)
            observe("club_get", once_get, &in, EITHER);
    }
    struct request in = {-1, ROOM, 0};
    observe("club_get", once_get, &in, UNCACHED); /* the club is none */
}

static void once_static(bool direct, const void *input, struct outcome *outcome)
{
    struct club *got = CALL(direct, club_static, *(const int *)input);
    outcome_add(outcome, got ? "club" : "null", 5);
    if (!got) return;
    add_text(outcome, got->name);
    bool aligned = (uintptr_t)got->members % sizeof(char *) == 0, listed = got->members != NULL;
    OUTCOME(outcome, aligned);
    OUTCOME(outcome, listed);
    for (char **member = got->members; member && *member; member++) {
        add_text(outcome, *member);
        memset(*member, 'x', strlen(*member)); /* the caller's to overwrite */
    }
    OUTCOME(outcome, got->id);
    OUTCOME(outcome, got->dues);
}

static void once_digest(bool direct, const void *input, struct outcome *outcome)
{
    unsigned long got = CALL(direct, club_digest, input);
    OUTCOME(outcome, got);
}

/* The caller's lists stay where they are: what the function only reads keeps its address. */
static void once_raise(bool direct, const void *input, struct outcome *outcome)
{
    struct club club = *(const struct club *)input;
    unsigned long got = CALL(direct, club_raise, &club);
    OUTCOME(outcome, got);
    OUTCOME(outcome, club);
}

static void once_merge(bool direct, const void *input, struct outcome *outcome)
{
    struct club club = *(const struct club *)input;
    CALL(direct, club_merge, &club);
    add_club(outcome, &club, NULL);
    bool same = club.name == ((const struct club *)input)->name;
    OUTCOME(outcome, same);
}

static void check_given_lists(void)
{
    static char *const names[] = {"", "a", "ab", "abc", "\xff\x01", "a longer name than others"};
    for (int i = 0; i < 300; i++) {
        char *list[5] = {NULL};
        for (size_t n = random_below(5); n > 0; n--)
            list[n - 1] = names[random_below(6)];
        struct club club;
        memset(&club, 0, sizeof club);
        club.name = random_below(4) ? names[random_below(6)] : NULL;
        club.members = random_below(8) ? list : NULL;
        club.id = (int)random_below(3);
        club.dues = 0.5;
        observe("club_digest", once_digest, &club, CACHED);
        observe("club_raise", once_raise, &club, CACHED);
        observe("club_merge", once_merge, &club, CACHED);
    }
    observe("club_digest", once_digest, NULL, CACHED);
}

/* One string of one byte more, another order, an empty one: other keys. */
static void check_list_keys(void)
{
    char *lists[][4] = {{"ab", "c"}, {"a", "bc"}, {"abc"}, {"c", "ab"}, {"ab", "c", ""}, {NULL}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct club club = {.name = "n", .members = lists[i]};
        unsigned long want = direct_club_digest(&club);
        CHECK(club_digest(&club) == want);
        CHECK(club_digest(&club) == want);
    }
}

/* A list too long for a key. */
static void check_long_list(void)
{
    static char *many[20001];
    for (int i = 0; i < 20000; i++)
        many[i] = "x";
    struct club club = {.name = "n", .members = many};
    observe("club_digest", once_digest, &club, UNCACHED);
    many[16] = NULL;
    observe("club_digest", once_digest, &club, CACHED);
}

void check_lists(void)
{
    check_get();
    for (int id = -1; id < 50; id++) {
        observe("club_static", once_static, &id, CACHED);
        observe("club_find", once_find, &id, id < 0 ? UNCACHED : CACHED);
    }
    check_given_lists();
    check_long_list();
}

void check_list_content(void)
{
    check_list_keys();
}
