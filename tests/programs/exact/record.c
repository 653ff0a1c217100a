/* Structs of libc: chosen as inputs, put as outcomes. */
#include "exact/exact.h"

#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Mostly a date, sometimes nonsense in one field. */
void pick_tm(struct pick *pick, struct tm *t)
{
    static const int least[] = {0, 0, 0, 1, 0, -50, 0, 0, -1};
    static const int most[] = {60, 59, 23, 31, 11, 300, 6, 365, 1};
    static const char *const zones[] = {"UTC", "CET", ""};
    int *field = &t->tm_sec;
    pick_bytes(pick, t, sizeof *t); /* the padding, too */
    for (int i = 0; i < 9; i++)
        field[i] = least[i] + (int)(pick_next(pick) % (uint64_t)(most[i] - least[i] + 1));
    uint64_t odd = pick_next(pick);
    if (odd % 8 == 0) field[odd / 8 % 9] = (int)(pick_next(pick) >> odd / 128 % 64);
    t->tm_gmtoff = (long)(pick_next(pick) % 100) * 900 - 45000;
    t->tm_zone = zones[pick_next(pick) % 3];
    if (!pick->describe) return;
    printf(" {");
    for (int i = 0; i < 9; i++)
        printf("%d ", field[i]);
    printf("%ld %s}", t->tm_gmtoff, t->tm_zone);
}

void pick_in_addr(struct pick *pick, struct in_addr *address)
{
    address->s_addr = (in_addr_t)pick_integer(pick);
}

static void put(struct outcome *outcome, const void *bytes, size_t size, bool output)
{
    if (output)
        outcome_output(outcome, bytes, size);
    else
        outcome_put(outcome, bytes, size);
}

/* A string of a struct: by its place, where that is a buffer of the caller's, and its content. An
 * output's that the call left alone leads nowhere. */
static void put_string(struct outcome *outcome, const char *text, bool output,
                       const struct regions *regions)
{
    const char *filled;
    outcome_fill(outcome, &filled, sizeof filled);
    if (output && text == filled) {
        outcome_output(outcome, &text, sizeof text);
        return;
    }
    for (size_t i = 0; regions && i < regions->count; i++) {
        const struct region *region = &regions->items[i];
        size_t offset = (size_t)(text - (const char *)region->start);
        if (!text || offset >= region->size) continue;
        outcome_put(outcome, &i, sizeof i);
        outcome_put(outcome, text, strnlen(text, region->size - offset));
        return;
    }
    outcome_string(outcome, text);
}

/* As far as a list and its strings lie in a buffer: a call that fails leaves parts of some. */
static void put_list_within(struct outcome *outcome, char *const *list,
                            const struct regions *regions)
{
    for (size_t i = 0; i < regions->count; i++) {
        const struct region *region = &regions->items[i];
        size_t offset = (size_t)((const char *)list - (const char *)region->start);
        for (; offset < region->size && region->size - offset >= sizeof *list && *list; list++) {
            size_t text = (size_t)(*list - (const char *)region->start);
            if (text >= region->size) break;
            put_string(outcome, *list, false, regions);
            offset += sizeof *list;
        }
    }
}

/* A list of strings, which ends with a null pointer. */
static void put_strings(struct outcome *outcome, char *const *list, bool output,
                        const struct regions *regions)
{
    char *const *filled;
    outcome_fill(outcome, &filled, sizeof filled);
    if (output && list == filled) {
        outcome_output(outcome, &list, sizeof list);
        return;
    }
    outcome_put(outcome, list ? "L" : "N", 1);
    if (list && regions) {
        outcome_pointer(outcome, list, regions);
        put_list_within(outcome, list, regions);
        return;
    }
    for (; list && *list; list++)
        outcome_string(outcome, *list);
}

static void put_tm(struct outcome *outcome, const struct tm *t, bool output,
                   const struct regions *regions)
{
    put(outcome, t, offsetof(struct tm, tm_isdst) + sizeof(int), output);
    put(outcome, &t->tm_gmtoff, sizeof t->tm_gmtoff, output);
    put_string(outcome, t->tm_zone, output, regions);
}

static void put_passwd(struct outcome *outcome, const struct passwd *entry, bool output,
                       const struct regions *regions)
{
    put_string(outcome, entry->pw_name, output, regions);
    put_string(outcome, entry->pw_passwd, output, regions);
    put(outcome, &entry->pw_uid, sizeof entry->pw_uid, output);
    put(outcome, &entry->pw_gid, sizeof entry->pw_gid, output);
    put_string(outcome, entry->pw_gecos, output, regions);
    put_string(outcome, entry->pw_dir, output, regions);
    put_string(outcome, entry->pw_shell, output, regions);
}

static void put_group(struct outcome *outcome, const struct group *entry, bool output,
                      const struct regions *regions)
{
    put_string(outcome, entry->gr_name, output, regions);
    put_string(outcome, entry->gr_passwd, output, regions);
    put(outcome, &entry->gr_gid, sizeof entry->gr_gid, output);
    put_strings(outcome, entry->gr_mem, output, regions);
}

static void put_servent(struct outcome *outcome, const struct servent *entry, bool output,
                        const struct regions *regions)
{
    put_string(outcome, entry->s_name, output, regions);
    put_strings(outcome, entry->s_aliases, output, regions);
    put(outcome, &entry->s_port, sizeof entry->s_port, output);
    put_string(outcome, entry->s_proto, output, regions);
}

static void put_protoent(struct outcome *outcome, const struct protoent *entry, bool output,
                         const struct regions *regions)
{
    put_string(outcome, entry->p_name, output, regions);
    put_strings(outcome, entry->p_aliases, output, regions);
    put(outcome, &entry->p_proto, sizeof entry->p_proto, output);
}

/* An output of the caller's, and what a returned pointer leads to. */
#define RECORD(name)                                                                               \
    void outcome_output_##name(struct outcome *outcome, const struct name *record,                 \
                               const struct regions *regions)                                      \
    {                                                                                              \
        put_##name(outcome, record, true, regions);                                                \
    }                                                                                              \
    void outcome_##name(struct outcome *outcome, const struct name *record)                        \
    {                                                                                              \
        outcome_put(outcome, record ? "T" : "N", 1);                                               \
        if (record) put_##name(outcome, record, false, NULL);                                      \
    }

RECORD(tm)
RECORD(passwd)
RECORD(group)
RECORD(servent)
RECORD(protoent)

void outcome_output_in_addr(struct outcome *outcome, const struct in_addr *address,
                            const struct regions *regions)
{
    (void)regions;
    outcome_output(outcome, &address->s_addr, sizeof address->s_addr);
}
