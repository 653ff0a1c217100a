/* config/ini.h: texts and the items, places and messages that they give. */
#include "config/ini.h"

#include "check.h"
#include "random.h"
#include "messages.h"

#include <stdlib.h>

static struct messages messages;

/* What a text reads as: `[NAME]@LINE:COLUMN` and `KEY@L:C=VALUE@L:C`, one a line, '\n' in values
 * as '/'; then the messages. */
static const char *reading(const char *text, size_t length)
{
    static char result[64 << 10];
    static const char *const kinds[] = {"", "", "", "broken", "broken section"};
    char *copy = malloc(length + 1), *end = result;
    memcpy(copy, text, length);
    struct ini ini;
    struct ini_item item;
    messages_clear(&messages);
    ini_open(&ini, "f", copy, length, &messages.diagnostics);
    result[0] = '\0';
    while (ini_next(&ini, &item) != INI_END) {
        size_t room = sizeof result - (size_t)(end - result);
        const struct source *name = &item.name, *value = &item.value;
        if (item.kind == INI_SECTION)
            end += snprintf(end, room, "[%s]@%d:%d\n", name->text, name->place.line,
                            name->place.column);
        else if (item.kind == INI_PAIR)
            end +=
                snprintf(end, room, "%s@%d:%d=%s@%d:%d\n", name->text, name->place.line,
                         name->place.column, value->text, value->place.line, value->place.column);
        else
            end += snprintf(end, room, "%s\n", kinds[item.kind]);
        if (item.kind == INI_PAIR)
            for (char *at = end - 2; at > result && at[0] != '='; at--)
                if (*at == '\n') *at = '/';
    }
    snprintf(end, sizeof result - (size_t)(end - result), "%s", messages.text);
    free(copy);
    return result;
}

#define READS(text, want) CHECK_TEXT(reading(text, sizeof text - 1), want)

static void test_sections(void)
{
    READS("", "");
    READS("\n\n  \n\t\n", "");
    READS("[pow]", "[pow]@1:2\n");
    READS("[pow]\n[*]\r\n[memo]  # yes\n", "[pow]@1:2\n[*]@2:2\n[memo]@3:2\n");
    READS("[ pow\t]", "[pow]@1:3\n");
    READS("\n[a]b]\n", "[a]b]@2:2\n");
    READS("\xEF\xBB\xBF[pow]", "[pow]@1:2\n");
    READS("[operator[](int)]", "[operator[](int)]@1:2\n");
    READS("[a;b]", "[a;b]@1:2\n");
}

static void test_long_name(void)
{
    static char text[200002];
    memset(text, 'Z', sizeof text);
    text[0] = '[';
    text[200001] = ']';
    struct ini ini;
    struct ini_item item;
    char *copy = malloc(sizeof text + 1);
    memcpy(copy, text, sizeof text);
    messages_clear(&messages);
    ini_open(&ini, "f", copy, sizeof text, &messages.diagnostics);
    CHECK(ini_next(&ini, &item) == INI_SECTION && strlen(item.name.text) == 200000);
    CHECK(ini_next(&ini, &item) == INI_END);
    CHECK(ini_next(&ini, &item) == INI_END);
    free(copy);
}

static void test_pairs(void)
{
    READS("a=b", "a@1:1=b@1:3\n");
    READS("a = b c \n", "a@1:1=b c@1:5\n");
    READS("key\t=\tvalue\r\nb=c\r\n", "key@1:1=value@1:7\nb@2:1=c@2:3\n");
    READS("a = b = c", "a@1:1=b = c@1:5\n");
    READS("a =\nb =  \n", "a@1:1=@1:4\nb@2:1=@2:4\n");
    READS("a = [b]\n", "a@1:1=[b]@1:5\n");
    READS("a b = c\n", "a b@1:1=c@1:7\n");
    READS("a = \xC3\xA9\n", "a@1:1=\xC3\xA9@1:5\n");
}

static void test_comments(void)
{
    READS("# a = b\n; c = d\n  # e\n  ; f\na = b", "a@5:1=b@5:5\n");
    READS("a = b # c\n", "a@1:1=b@1:5\n");
    READS("a = b#c ;d\n", "a@1:1=b#c ;d@1:5\n");
    READS("a =# b\n", "a@1:1=# b@1:4\n");
    READS("a = # b\n", "a@1:1=@1:4\n");
    READS("a = b\t#\n", "a@1:1=b@1:5\n");
    READS("#", "");
    READS(";", "");
}

static void test_continued(void)
{
    READS("a = b\n  c\n\td\n", "a@1:1=b/  c/\td@1:5\n");
    READS("a = b   # x\n  c # y\nd = e\n", "a@1:1=b      /  c@1:5\nd@3:1=e@3:5\n");
    READS("a =\n  b\n", "a@1:1=b@2:3\n");
    READS("a =   \n\n  b\n",
          "a@1:1=@1:4\nbroken\nf:3:3: an indented line continues the one before, and there is none "
          "to continue: start it in the first column\n");
    READS("a = b\n# not of it\n  c\n", "a@1:1=b/           /  c@1:5\n");
    READS("a = b\n# not of it\nc = d\n", "a@1:1=b@1:5\nc@3:1=d@3:5\n");
    READS("a = b\n  # nothing\nc = d\n", "a@1:1=b@1:5\nc@3:1=d@3:5\n");
    READS("a = b\r\n  c\r\n", "a@1:1=b\r/  c@1:5\n");
    READS("a = b\n  c", "a@1:1=b/  c@1:5\n");
}

static void test_errors(void)
{
    READS("[pow\na = b\n", "broken section\na@2:1=b@2:5\nf:1:1: the section name has no end: write "
                           "[NAME]\n");
    READS("[pow # ]\n", "broken section\nf:1:1: the section name has no end: write [NAME]\n");
    READS("[]\n[  ]\n", "broken section\nbroken section\n"
                        "f:1:1: the section has no name: write [NAME], [*] or [memo]\n"
                        "f:2:1: the section has no name: write [NAME], [*] or [memo]\n");
    READS("[a] b\n", "broken section\nf:1:4: only a comment may follow the ']'\n");
    READS("word\n  more\na = b\n",
          "broken\na@3:1=b@3:5\nf:1:1: 'word' is neither [SECTION] nor KEY = VALUE\n");
    READS("= b\n", "broken\nf:1:1: there is no key before the '='\n");
    READS("a = b\n  c = d\n  e = f\n g\nh = i\n",
          "broken\nh@5:1=i@5:5\nf:2:3: an indented line continues the value of 'a': start a key in "
          "the first column\n");
    READS(" a = b\n  c = d\nh = i\n",
          "broken\nh@3:1=i@3:5\nf:1:2: an indented line continues the one before, and there is "
          "none to continue: start it in the first column\n");
}

/* Any bytes are read to their end, every item ending with NUL inside the text. */
static void test_garbage(void)
{
    static const char letters[] = "[]=# ;\n\r\tab\xEF*,";
    uint64_t random = 88172645463325252u;
    size_t items = 0;
    for (int round = 0; round < 20000; round++) {
        char text[64];
        random_next(&random);
        size_t length = random % sizeof text;
        for (size_t i = 0; i < length; i++) {
            random_next(&random);
            text[i] = letters[random % (sizeof letters - 1)];
        }
        char *copy = malloc(length + 1); /* exactly as long as promised, for ASan */
        memcpy(copy, text, length);
        struct ini ini;
        struct ini_item item;
        messages_clear(&messages);
        ini_open(&ini, "f", copy, length, &messages.diagnostics);
        while (ini_next(&ini, &item) != INI_END) {
            items++;
            if (item.kind == INI_SECTION || item.kind == INI_PAIR)
                CHECK(item.name.text + strlen(item.name.text) <= copy + length);
            if (item.kind == INI_PAIR)
                CHECK(item.value.text + strlen(item.value.text) <= copy + length);
        }
        free(copy);
    }
    CHECK(items > 20000);
}

int main(void)
{
    test_sections();
    test_long_name();
    test_pairs();
    test_comments();
    test_continued();
    test_errors();
    test_garbage();
    return check_done("ini");
}
