/* texts AFFIXES WORDS: libcmark on texts put together at random, libhunspell on a dictionary that
 * changes. */
#include "examples/note.h"

#include <cmark.h>
#include <hunspell/hunspell.h>
#include <stdlib.h>
#include <string.h>

static unsigned state = 12345;

static unsigned below(unsigned limit)
{
    state = state * 1103515245u + 12345u;
    return (state >> 16) % limit;
}

static void make_text(char *text, size_t size)
{
    static const char *const parts[] = {"# Title\n\n",      "plain words ",   "*emphasis* ",
                                        "**strong** ",      "\n\n",           "- item\n",
                                        "1. first\n",       "> quoted\n",     "`code` ",
                                        "[link](/url) ",    "    indented\n", "```\nfence\n```\n",
                                        "<b>raw</b> ",      "\"quotes\" -- ", "\xff\xfe ",
                                        "![image](a.png) ", "---\n",          "&amp; &copy; "};
    text[0] = '\0';
    for (unsigned n = below(20); n > 0; n--)
        strncat(text, parts[below(sizeof parts / sizeof *parts)], size - strlen(text) - 1);
}

static void convert(void)
{
    static const int options[] = {CMARK_OPT_DEFAULT,    CMARK_OPT_SOURCEPOS,
                                  CMARK_OPT_HARDBREAKS, CMARK_OPT_UNSAFE | CMARK_OPT_SMART,
                                  CMARK_OPT_NOBREAKS,   CMARK_OPT_VALIDATE_UTF8};
    char text[512];
    for (unsigned number = 0; number < 300; number++) {
        make_text(text, sizeof text);
        int chosen = options[below(6)];
        for (unsigned time = 0; time < 3; time++) {
            note_begin("cmark_markdown_to_html", number, time);
            char *html = cmark_markdown_to_html(text, strlen(text), chosen);
            note_end();
            note_text(html);
            html[0] = 'x'; /* nobody else's */
            free(html);
        }
    }
}

static void spell(Hunhandle *dictionary, unsigned number, const char *word)
{
    for (unsigned time = 0; time < 3; time++) {
        note_begin("Hunspell_spell", number, time);
        int good = Hunspell_spell(dictionary, word);
        note_end();
        note_number(good);
    }
}

/* After each change, every word again. */
static void check_words(Hunhandle *dictionary, unsigned number)
{
    static const char *const words[] = {"hello", "helo",    "wolrd",    "world's",  "Memoize",
                                        "",      "libmemo", "libmemos", "123",      "naive",
                                        "co-op", "HELLO",   "hELLO",    "memoizes", "a.b"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        spell(dictionary, number * 100 + (unsigned)i, words[i]);
}

static void check_spelling(const char *affixes, const char *list)
{
    Hunhandle *dictionary = Hunspell_create(affixes, list);
    check_words(dictionary, 0);
    Hunspell_add(dictionary, "libmemo");
    check_words(dictionary, 1);
    Hunspell_add_with_affix(dictionary, "memoize", "realize");
    check_words(dictionary, 2);
    Hunspell_remove(dictionary, "hello");
    check_words(dictionary, 3);
    Hunspell_destroy(dictionary);
    dictionary = Hunspell_create(affixes, list); /* at the same place, as likely as not */
    check_words(dictionary, 4);
    Hunspell_destroy(dictionary);
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    convert();
    check_spelling(argv[1], argv[2]);
    return 0;
}
