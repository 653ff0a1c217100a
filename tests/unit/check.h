/* The whole of our unit test framework: CHECK() counts and prints what failed, with its place;
 * check_done() prints `NAME: N passed, N failed` and gives main()'s status. */
#ifndef MEMO_CHECK_H
#define MEMO_CHECK_H

#include <stdio.h>
#include <string.h>

static int check_passed, check_failed;

#define CHECK(condition)      check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(got, want) check_text((got), (want), __FILE__, __LINE__)

static inline void check_that(int holds, const char *text, const char *file, int line)
{
    if (holds) {
        check_passed++;
        return;
    }
    check_failed++;
    printf("%s:%d: failed: %s\n", file, line, text);
}

__attribute__((unused)) static void check_text(const char *got, const char *want, const char *file,
                                               int line)
{
    int same = got && want && strcmp(got, want) == 0;
    check_that(same, "texts are equal", file, line);
    if (!same) printf("  got:  %s\n  want: %s\n", got ? got : "(null)", want ? want : "(null)");
}

static inline int check_done(const char *name)
{
    printf("%s: %d passed, %d failed\n", name, check_passed, check_failed);
    return check_failed != 0;
}

#endif
