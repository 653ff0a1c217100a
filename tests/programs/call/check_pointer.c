/* Returned pointers: into an argument, into static data, as they are, of this slot's own. */
#include "call/groups.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* Each call has its text somewhere else: the result must lead into this one. */
static void once_skip(bool direct, const void *input, struct outcome *outcome)
{
    char buffer[96];
    char *mine = buffer + random_below(32);
    strcpy(mine, input);
    const char *got = CALL(direct, skip_blanks, mine);
    long offset = got ? got - mine : -1;
    OUTCOME(outcome, offset);
}

static void once_name(bool direct, const void *input, struct outcome *outcome)
{
    const char *got = CALL(direct, name_of, *(const int *)input);
    OUTCOME(outcome, got);
}

static void once_static_text(bool direct, const void *input, struct outcome *outcome)
{
    char *got = CALL(direct, static_text, *(const int *)input);
    outcome_add(outcome, got ? "text" : "null", 5);
    if (!got) return;
    outcome_add(outcome, got, strlen(got) + 1);
    memset(got, 'x', strlen(got)); /* the caller's to overwrite: no harm to later calls */
}

static void once_static_tm(bool direct, const void *input, struct outcome *outcome)
{
    struct tm *got = CALL(direct, static_tm, *(const long *)input);
    outcome_add(outcome, got ? "time" : "null", 5);
    if (!got) return;
    outcome_add(outcome, got, offsetof(struct tm, tm_isdst) + sizeof(int));
    OUTCOME(outcome, got->tm_gmtoff);
    OUTCOME(outcome, got->tm_zone);
    got->tm_sec = 99;
}

struct copying {
    const char *from;
    size_t n;
};

static void once_copy(bool direct, const void *input, struct outcome *outcome)
{
    const struct copying *in = input;
    char buffer[128];
    memset(buffer, 0x33, sizeof buffer);
    char *mine = buffer + random_below(64);
    long offset = CALL(direct, copy_text, mine, in->from, in->n) - mine;
    OUTCOME(outcome, offset);
    outcome_add(outcome, mine, 64);
}

/* Longer than anything that is kept, and shorter again. */
static void check_long_text(void)
{
    static const int lengths[] = {0,     1,     100,    10000, 40000, 65000, 65534, 65535,
                                  65536, 66000, 299999, 10,    65536, 10000, 299999};
    for (int i = 0; i < 45; i++) {
        int length = lengths[i % 15];
        const char *got = static_long(length);
        CHECK(strlen(got) == (size_t)length);
        CHECK(strcmp(got, direct_static_long(length)) == 0);
    }
}

static void check_static_addresses(void)
{
    const char *first = static_text(1001), *again = static_text(1001);
    CHECK(first == again && strcmp(first, "static text 1001") == 0);
    const char *other = static_text(1002);
    CHECK(other == first && strcmp(first, "static text 1002") == 0);
    CHECK(static_text(1001) == first && strcmp(first, "static text 1001") == 0);
}

static void *static_of_thread(void *number)
{
    int code = (int)(long)number;
    char want[64];
    snprintf(want, sizeof want, "static text %d", code);
    const char *mine = NULL;
    for (int i = 0; i < 10000; i++) {
        unsigned long before = originals_ran();
        const char *got = static_text(code);
        if (originals_ran() != before) continue; /* bypassed: the original's own buffer */
        if ((mine && got != mine) || strcmp(got, want) != 0) return "another thread's";
        mine = got;
    }
    return NULL;
}

/* Unlike the original, whose buffer all threads share, hits return one of the thread's own. */
static void check_static_threads(void)
{
    pthread_t threads[4];
    /* The originals run here, before any other thread may call one: it has but one buffer. */
    for (int i = 0; i < 4; i++)
        static_text(2000 + i);
    for (long i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, static_of_thread, (void *)(2000 + i));
    for (int i = 0; i < 4; i++) {
        void *failure;
        pthread_join(threads[i], &failure);
        CHECK(failure == NULL);
    }
}

void check_pointers(void)
{
    static const char *const texts[] = {"",    " ", "a", " a", "      b c", "                 x",
                                        "    "};
    for (int i = 0; i < 100; i++) {
        observe("skip_blanks", once_skip, texts[random_below(7)], CACHED);
        int code = (int)random_below(8) - 2;
        observe("name_of", once_name, &code, CACHED);
        code = (int)random_below(50);
        observe("static_text", once_static_text, &code, CACHED);
        long seed = (long)random_below(50);
        observe("static_tm", once_static_tm, &seed, CACHED);
        struct copying in = {texts[random_below(7)], 1 + random_below(40)};
        observe("copy_text", once_copy, &in, CACHED);
    }
}

/* Counted by nobody: how often each is a hit depends on the threads. */
void check_static_buffers(void)
{
    check_static_addresses();
    check_long_text();
    check_static_threads();
}
