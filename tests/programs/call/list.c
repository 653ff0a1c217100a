/* Structs that lead to lists of strings, as those of <grp.h> and <netdb.h> do. */
#include "call/functions.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Room in a caller's buffer. */
struct room {
    char *at, *end;
};

static void *take(struct room *room, size_t size, size_t alignment)
{
    size_t gap = -(uintptr_t)room->at % alignment;
    if ((size_t)(room->end - room->at) < gap + size) return NULL;
    char *taken = room->at + gap;
    room->at = taken + size;
    return taken;
}

static char *take_text(struct room *room, const char *text)
{
    char *taken = take(room, strlen(text) + 1, 1);
    return taken ? strcpy(taken, text) : NULL;
}

/* The members of a club are as many as its number modulo 7. */
static bool fill_club(int id, struct club *club, struct room room)
{
    char text[32];
    int members = id % 7;
    snprintf(text, sizeof text, "club %d", id);
    club->name = take_text(&room, text);
    club->members = take(&room, (size_t)(members + 1) * sizeof(char *), sizeof(char *));
    if (!club->name || !club->members) return false;
    for (int i = 0; i < members; i++) {
        snprintf(text, sizeof text, "%.*s", i * 3, "member of a club of many");
        club->members[i] = take_text(&room, text);
        if (!club->members[i]) return false;
    }
    club->members[members] = NULL;
    club->id = id;
    club->dues = id / 4.0;
    return true;
}

/* As getgrgid_r: 0 and *result, NULL where there is no such club; ERANGE where it doesn't fit. */
int club_get(int id, struct club *club, char *buffer, size_t size, struct club **result)
{
    ran++;
    *result = NULL;
    if (id < 0) {
        memset(club, 0x7e, sizeof *club); /* what a search leaves behind, no addresses at all */
        return 0;
    }
    if (!fill_club(id, club, (struct room){buffer, buffer + size})) return errno = ERANGE;
    *result = club;
    return 0;
}
ALSO_DIRECT(club_get);

/* Here the result tells. */
struct club *club_find(int id, struct club *club, char *buffer)
{
    ran++;
    memset(club, 0x7e, sizeof *club);
    return id >= 0 && fill_club(id, club, (struct room){buffer, buffer + 200}) ? club : NULL;
}
ALSO_DIRECT(club_find);

struct club *club_static(int id)
{
    static _Thread_local struct club club;
    static _Thread_local char buffer[512];
    ran++;
    if (id < 0 || !fill_club(id, &club, (struct room){buffer, buffer + sizeof buffer})) return NULL;
    if (id % 5 == 4) club.members = NULL;
    return &club;
}
ALSO_DIRECT(club_static);

static unsigned long digest(unsigned long sum, const char *text)
{
    for (; text && *text; text++)
        sum = sum * 31 + (unsigned char)*text;
    return sum * 31 + (text ? 1 : 2);
}

static unsigned long digest_club(const struct club *club)
{
    unsigned long sum = digest(17, club->name);
    for (char **member = club->members; member && *member; member++)
        sum = digest(sum, *member);
    return sum * 31 + (unsigned)club->id + (club->members ? 7 : 0);
}

unsigned long club_digest(const struct club *club)
{
    ran++;
    return club ? digest_club(club) : 0;
}
ALSO_DIRECT(club_digest);

/* Reads all of it, changes one number. */
unsigned long club_raise(struct club *club)
{
    ran++;
    club->dues += 1;
    return digest_club(club);
}
ALSO_DIRECT(club_raise);

/* Another list in the place of the one it reads. */
void club_merge(struct club *club)
{
    static char *both[] = {"first", "second", "", NULL}, *none[] = {NULL};
    ran++;
    club->members = digest_club(club) % 3 ? both : none;
}
ALSO_DIRECT(club_merge);
