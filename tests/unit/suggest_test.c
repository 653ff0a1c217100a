/* config/suggest.h: the name that was meant, or none. */
#include "config/suggest.h"

#include "check.h"

static const char *nearest(const char *word, const char *const *known)
{
    static struct suggestion suggestion;
    suggestion = suggest_for(word, strlen(word));
    for (; *known; known++)
        suggest_offer(&suggestion, *known, strlen(*known));
    return suggestion.nearest;
}

static void test_suggestions(void)
{
    static const char *const known[] = {"maxsize", "ttl",   "depends", "maxmemory",
                                        "atan",    "atan2", "int",     NULL};
    CHECK_TEXT(nearest("maxsze", known), "maxsize");
    CHECK_TEXT(nearest("mxasize", known), "maxsize");
    CHECK_TEXT(nearest("MAXSIZE", known), "maxsize");
    CHECK_TEXT(nearest("maxmem", known), "maxmemory");
    CHECK_TEXT(nearest("maxsizes", known), "maxsize");
    CHECK_TEXT(nearest("atan3", known), "atan2");
    CHECK_TEXT(nearest("tll", known), "ttl");
    CHECK_TEXT(nearest("in", known), "");
    CHECK_TEXT(nearest("xyzzy", known), "");
    CHECK_TEXT(nearest("", known), "");
    CHECK_TEXT(nearest("a word much longer than any that anybody would ever know", known), "");
}

int main(void)
{
    test_suggestions();
    return check_done("suggest");
}
