/* config/mangle.h: spellings that tools do not print but people write, what is refused, and that no
 * name does harm. tests/config_test.sh compares with the compiler's own symbols. */
#include "config/mangle.h"

#include "check.h"
#include "random.h"
#include "messages.h"

#include <stdlib.h>

static struct messages messages;
static struct pool pool;

static const char *mangled(const char *text)
{
    const struct source name = {text, {"f", 3, 1}};
    messages_clear(&messages);
    return mangle(&name, &pool, &messages.diagnostics);
}

static void test_spellings(void)
{
    static const char *const pairs[][2] = {
        {"f()", "_Z1fv"},
        {"f(void)", "_Z1fv"},
        {"::f(int)", "_Z1fi"},
        {" geo :: dist ( double , double ) ", NULL},
        {"geo::dist( double,double )", "_ZN3geo4distEdd"},
        {"f(const char*)", "_Z1fPKc"},
        {"f(char const *)", "_Z1fPKc"},
        {"f(const char*, char const*)", "_Z1fPKcS0_"},
        {"f(long unsigned int, int unsigned long)", "_Z1fmm"},
        {"f(long long int, unsigned long long int)", "_Z1fxy"},
        {"f(short int, unsigned short int)", "_Z1fst"},
        {"f(double long, _Complex double)", "_Z1feCd"},
        {"f(struct point, class geo::cell*, enum color)", "_Z1f5pointPN3geo4cellE5color"},
        {"f(int const volatile*)", "_Z1fPVKi"},
        {"f(const int, int* const, int& )", "_Z1fiPiRi"},
        {"f(std::nullptr_t)", "_Z1fDn"},
        {"f(size_t, std::size_t)", "_Z1fmm"},
        {"f(::geo::point)", "_Z1fN3geo5pointE"},
        {"a::b::c(a::b::d) const", "_ZNK1a1b1cENS0_1dE"},
        {"std::a::f(std::a::b, std::b)", "_ZNSt1a1fENS_1bESt1b"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *got = mangled(pairs[i][0]);
        CHECK(!got == !pairs[i][1] && messages.diagnostics.errors == !got);
        if (got && pairs[i][1]) CHECK_TEXT(got, pairs[i][1]);
    }
}

static void test_refusals(void)
{
    static const char *const pairs[][2] = {
        {"f(int, void*", "none of the plain ones"},
        {"f(int,)", "ends its parameters with a comma"},
        {"f(,int)", "none of the plain ones"},
        {"f(long short)", "words that make no type"},
        {"f(long long long)", "words that make no type"},
        {"f(unsigned float)", "words that make no type"},
        {"f(socklen_t)", "a typedef as a parameter"},
        {"f(auto)", "none of the plain ones"},
        {"f(int[3])", "an ABI tag or an array"},
        {"f(void (*)())", "pointer to a function"},
        {"f(int a)", "leave the names out"},
        {"f(std::string)", "a template's class"},
        {"f(std::ostream::sentry)", "a template's class"},
        {"std::ostream::flush()", "belongs to a template"},
        {"f() const", "which only members of classes are"},
        {"a::f() volatile", "has more behind"},
        {"a::f() &&", "has more behind"},
        {"f(int) [clone .part.0]", "an ABI tag"},
        {"a::a()", "is a constructor"},
        {"a::~a()", "is a destructor"},
        {"a::operator int()", "is an operator"},
        {"(int)", "does not start with a name"},
        {"f(3)", "none of the plain ones"},
        {"int f(int)", "leave that out"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *got = mangled(pairs[i][0]);
        int good = !got && messages.diagnostics.errors == 1 && strstr(messages.text, pairs[i][1]);
        if (!good) printf("%s gave %s\n", pairs[i][0], got ? got : messages.text);
        CHECK(good);
    }
    CHECK(mangle_is_wanted("f(int)") && mangle_is_wanted("a::b") && mangle_is_wanted("~a"));
    CHECK(!mangle_is_wanted("pow") && !mangle_is_wanted("_ZN3geo4distEdd"));
    CHECK(!mangle_is_wanted("struct geo::point") && !mangle_is_wanted("union a::b"));
}

/* As long as a name may be, of what makes most of substitutions, parts and numbers. */
static void test_long(void)
{
    static const char *const pieces[] = {"a,", "a*,", "a*&,", "a::b,", "int**,", "aaaaaaaaaa,"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        char text[1100] = "f(";
        while (strlen(text) + strlen(pieces[i]) + 2 < 1000)
            strcat(text, pieces[i]);
        strcat(text, "a)");
        CHECK(mangled(text) != NULL);
    }
    char text[1100] = "f(int";
    memset(text + 5, '*', 900);
    strcpy(text + 905, ")");
    CHECK(!mangled(text) && strstr(messages.text, "too many parts"));
    memset(text, 'f', 1050);
    strcpy(text + 1050, "()");
    CHECK(!mangled(text) && strstr(messages.text, "very long name"));
}

/* A symbol or one message, whatever it is. */
static void test_garbage(void)
{
    static const char *const words[] = {
        "int",     "a",       "::",    "(",      ")",        ",",    "*",      "&",
        " ",       "std",     "const", "long",   "double",   "3",    "geo::",  "...",
        "[",       "<",       "~",     "struct", "_Complex", "char", "size_t", "decltype(nullptr)",
        "ostream", "unsigned"};
    uint64_t random = 88172645463325252u;
    int symbols = 0;
    for (int round = 0; round < 30000; round++) {
        char text[400] = "";
        if (round % 4) strcat(text, "a::f(");
        for (int i = round % 14; i > 0; i--) {
            random_next(&random);
            strcat(text, words[random % (sizeof words / sizeof *words)]);
        }
        if (round % 4) strcat(text, ")");
        char *copy = strdup(text);
        const char *got = mangled(copy);
        CHECK((got != NULL) == (messages.diagnostics.errors == 0));
        CHECK(messages.diagnostics.errors <= 1);
        symbols += got != NULL;
        free(copy);
        pool_release(&pool);
    }
    CHECK(symbols > 200);
}

int main(void)
{
    test_spellings();
    test_refusals();
    test_long();
    test_garbage();
    pool_release(&pool);
    return check_done("mangle");
}
