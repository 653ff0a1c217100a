/* Structs of libc: chosen as inputs, put as outcomes. */
#include "exact/exact.h"

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

void outcome_output_tm(struct outcome *outcome, const struct tm *t, const struct regions *regions)
{
    put_tm(outcome, t, true, regions);
}

void outcome_tm(struct outcome *outcome, const struct tm *t)
{
    outcome_put(outcome, t ? "T" : "N", 1);
    if (t) put_tm(outcome, t, false, NULL);
}

void outcome_output_passwd(struct outcome *outcome, const struct passwd *entry,
                           const struct regions *regions)
{
    put_passwd(outcome, entry, true, regions);
}

void outcome_passwd(struct outcome *outcome, const struct passwd *entry)
{
    outcome_put(outcome, entry ? "T" : "N", 1);
    if (entry) put_passwd(outcome, entry, false, NULL);
}

void outcome_output_in_addr(struct outcome *outcome, const struct in_addr *address,
                            const struct regions *regions)
{
    (void)regions;
    outcome_output(outcome, &address->s_addr, sizeof address->s_addr);
}
