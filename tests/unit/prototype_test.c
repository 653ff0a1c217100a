/* config/prototype.h: what is understood, type by type and word by word; what is refused; and that
 * no text, however broken, does harm. Exact messages are in tests/config/bad. */
#include "config/prototype.h"
#include "config/record.h"
#include "config/suggest.h"

#include "check.h"
#include "messages.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

static struct messages messages;
static struct pool pool, scratch;

static const struct signature *parse_as(const char *symbol, const char *prototype,
                                        const char *returns)
{
    const struct source text = {prototype, {"f", 1, 1}};
    const struct source returned = {returns, {"f", 2, 1}};
    messages_clear(&messages);
    return prototype_parse(symbol, &text, &returned, &pool, &scratch, &messages.diagnostics);
}

static const struct signature *parse(const char *prototype, const char *returns)
{
    return parse_as("f", prototype, returns);
}

/* `double` as f8, `int` as i4, `size_t` as u8, a pointer as p8, a record by its name. */
static int show_type(char *text, size_t room, const struct type *type)
{
    if (type->kind == TYPE_RECORD) return snprintf(text, room, "%s", type->record->name);
    return snprintf(text, room, "%c%u", "vbiufpr"[type->kind], type -> size);
}

/* Everything of a signature, in a line: `f8 value (x:f8, y:in f8[3], s:string i1)`. */
static const char *show(const struct signature *signature)
{
    static char text[4096];
    static const char *const directions[] = {"in ", "out ", "inout "};
    static const char *const returns[] = {"", "pointer ", "static ", "parameter "};
    if (!signature) return messages.text;
    char *at = text, *end = text + sizeof text;
    at += show_type(at, (size_t)(end - at), &signature->result);
    if (signature->result.kind == TYPE_POINTER) {
        at += snprintf(at, (size_t)(end - at), "=>");
        at += show_type(at, (size_t)(end - at), &signature->pointee);
    }
    at += snprintf(at, (size_t)(end - at), " %s", returns[signature->returns]);
    if (signature->returned >= 0)
        at += snprintf(at, (size_t)(end - at), "%d ", signature->returned);
    at += snprintf(at, (size_t)(end - at), "%s(", signature->floating ? "floating " : "");
    for (uint32_t i = 0; i < signature->parameter_count; i++) {
        const struct parameter *p = &signature->parameters[i];
        at += snprintf(at, (size_t)(end - at), "%s%s:", i ? ", " : "", p->name);
        if (p->passing == PASS_HANDLE) at += snprintf(at, (size_t)(end - at), "handle ");
        if (p->passing == PASS_STRING) at += snprintf(at, (size_t)(end - at), "string ");
        if (p->passing == PASS_TEXT) at += snprintf(at, (size_t)(end - at), "text ");
        if (p->passing >= PASS_ARRAY)
            at += snprintf(at, (size_t)(end - at), "%s", directions[p->direction]);
        at += show_type(at, (size_t)(end - at), &p->type);
        if (p->passing < PASS_ARRAY) continue;
        if (p->extent.parameter >= 0)
            at += snprintf(at, (size_t)(end - at), "[#%d]", p->extent.parameter);
        else
            at += snprintf(at, (size_t)(end - at), "[%llu]", (unsigned long long)p->extent.literal);
    }
    snprintf(at, (size_t)(end - at), ")");
    return text;
}

/* What show() gives, with c1 for plain char, whose sign is the machine's. */
static void expect(const char *got, const char *want)
{
    char text[1024];
    snprintf(text, sizeof text, "%s", want);
    for (char *at = text; (at = strstr(at, "c1")) != NULL; at++)
        if (at[-1] == ' ' || at[-1] == '>') *at = (char)-1 < 0 ? 'i' : 'u';
    CHECK_TEXT(got, text);
}

#define MEANS(prototype, want)            expect(show(parse(prototype, NULL)), want)
#define RETURNS(prototype, returns, want) expect(show(parse(prototype, returns)), want)

/* Refused, with exactly this many errors, the first of which holds `part`. */
static void refuses(const char *prototype, const char *returns, int errors, const char *part)
{
    const struct signature *signature = parse(prototype, returns);
    int good = !signature && messages.diagnostics.errors == errors && strstr(messages.text, part);
    if (!good) printf("%s\n  gave: %s\n", prototype, show(signature));
    CHECK(good);
}

/* Types as they are spelt, and what the compiler says about them. */
struct spelling {
    const char *text;
    enum type_kind kind;
    size_t size, alignment;
};

#define KIND(type)                                                                                 \
    ((type)0.5 != 0       ? ((type)2 == (type)1 ? TYPE_BOOL : TYPE_FLOAT)                          \
     : (type)-1 < (type)1 ? TYPE_SIGNED                                                            \
                          : TYPE_UNSIGNED)
#define TYPE(type)                                                                                 \
    {                                                                                              \
#type, KIND(type), sizeof(type), _Alignof(type)                                            \
    }

/* clang-format off */
static const struct spelling spellings[] = {
    /* C11 6.7.2, in every order */
    TYPE(char), TYPE(signed char), TYPE(unsigned char), TYPE(char signed), TYPE(char unsigned),
    TYPE(short), TYPE(short int), TYPE(signed short), TYPE(signed short int), TYPE(int short),
    TYPE(unsigned short), TYPE(unsigned short int), TYPE(short unsigned), TYPE(int unsigned short),
    TYPE(int), TYPE(signed), TYPE(signed int), TYPE(int signed), TYPE(unsigned), TYPE(unsigned int),
    TYPE(int unsigned), TYPE(long), TYPE(long int), TYPE(signed long), TYPE(signed long int),
    TYPE(int long), TYPE(unsigned long), TYPE(unsigned long int), TYPE(long unsigned),
    TYPE(long unsigned int), TYPE(int long unsigned), TYPE(long long), TYPE(long long int),
    TYPE(signed long long), TYPE(signed long long int), TYPE(long int long),
    TYPE(unsigned long long), TYPE(unsigned long long int), TYPE(long unsigned long),
    TYPE(long unsigned int long), TYPE(int long long unsigned), TYPE(float), TYPE(double),
    TYPE(_Bool),
    {"bool", TYPE_BOOL, sizeof(_Bool), _Alignof(_Bool)},
    {"enum color", TYPE_SIGNED, sizeof(int), _Alignof(int)},
    /* <stdint.h>, <stddef.h>, <time.h>, <sys/types.h>, ... */
    TYPE(int8_t), TYPE(int16_t), TYPE(int32_t), TYPE(int64_t), TYPE(uint8_t), TYPE(uint16_t),
    TYPE(uint32_t), TYPE(uint64_t), TYPE(int_least8_t), TYPE(int_least16_t), TYPE(int_least32_t),
    TYPE(int_least64_t), TYPE(uint_least8_t), TYPE(uint_least16_t), TYPE(uint_least32_t),
    TYPE(uint_least64_t), TYPE(int_fast8_t), TYPE(int_fast16_t), TYPE(int_fast32_t),
    TYPE(int_fast64_t), TYPE(uint_fast8_t), TYPE(uint_fast16_t), TYPE(uint_fast32_t),
    TYPE(uint_fast64_t), TYPE(intptr_t), TYPE(uintptr_t), TYPE(intmax_t), TYPE(uintmax_t),
    TYPE(size_t), TYPE(ssize_t), TYPE(ptrdiff_t), TYPE(wchar_t), TYPE(wint_t), TYPE(char16_t),
    TYPE(char32_t), TYPE(time_t), TYPE(clock_t), TYPE(clockid_t), TYPE(suseconds_t),
    TYPE(useconds_t), TYPE(off_t), TYPE(off64_t), TYPE(loff_t), TYPE(mode_t), TYPE(pid_t),
    TYPE(uid_t), TYPE(gid_t), TYPE(id_t), TYPE(dev_t), TYPE(ino_t), TYPE(ino64_t), TYPE(nlink_t),
    TYPE(key_t), TYPE(daddr_t), TYPE(wctype_t), TYPE(blksize_t), TYPE(blkcnt_t), TYPE(blkcnt64_t), TYPE(fsblkcnt_t),
    TYPE(fsblkcnt64_t), TYPE(fsfilcnt_t), TYPE(fsfilcnt64_t), TYPE(register_t), TYPE(quad_t),
    TYPE(u_quad_t), TYPE(u_char), TYPE(u_short), TYPE(u_int), TYPE(u_long), TYPE(uint), TYPE(ulong),
    TYPE(ushort), TYPE(u_int8_t), TYPE(u_int16_t), TYPE(u_int32_t), TYPE(u_int64_t),
    TYPE(pthread_t), TYPE(_Float32), TYPE(_Float64), TYPE(_Float32x),
};
/* clang-format on */

/* As the result, by value, as an element. */
static void check_spelling(const struct spelling *want)
{
    char text[256];
    bool is_char = strcmp(want->text, "char") == 0; /* of which an array needs a word more */
    snprintf(text, sizeof text, "%s f(%s a, %s%s b[2])", want->text, want->text,
             is_char ? "const " : "", want->text);
    const struct signature *signature = parse(text, NULL);
    if (!signature) printf("%s: %s\n", want->text, messages.text);
    CHECK(signature != NULL);
    if (!signature) return;
    const struct type *types[] = {&signature->result, &signature->parameters[0].type,
                                  &signature->parameters[1].type};
    for (size_t i = 0; i < 3; i++) {
        CHECK(types[i]->kind == want->kind);
        CHECK(types[i]->size == want->size && types[i]->alignment == want->alignment);
    }
    CHECK(signature->floating == (want->kind == TYPE_FLOAT));
}

static void test_types(void)
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++)
        check_spelling(&spellings[i]);
}

static void test_declarations(void)
{
    MEANS("double f(double x)", "f8 floating (x:f8)");
    MEANS("void f(void)", "v0 ()");
    MEANS("int f(int, double)", "i4 floating (:i4, :f8)");
    MEANS("extern int f(register const int a);", "i4 (a:i4)");
    MEANS("extern \"C\" int f(volatile int a) noexcept;", "i4 (a:i4)");
    MEANS("int (f)(int (a))", "i4 (a:i4)");
    MEANS("int const f(int const a)", "i4 (a:i4)");
    MEANS("extern double f (double __x) __attribute__ ((__nothrow__ , __leaf__));",
          "f8 floating (__x:f8)");
    MEANS("extern int f (int a) __THROW __attribute_pure__ __nonnull ((1, 2));", "i4 (a:i4)");
    MEANS("__attribute__((const)) int f(int a __attribute__((unused)))", "i4 (a:i4)");
    MEANS("int f /* of */ (int a, // one\n   int b)", "i4 (a:i4, b:i4)");
    MEANS("static inline int f(int a)", "i4 (a:i4)");
    MEANS("float f(float a, double b, float c[2])", "f4 floating (a:f4, b:f8, c:inout f4[2])");
    MEANS("int f(const float x[2])", "i4 floating (x:in f4[2])");
    MEANS("enum color f(enum color c, const enum color d[3])", "i4 (c:i4, d:in i4[3])");
    MEANS("int f(int int8_t, int size_t)", "i4 (int8_t:i4, size_t:i4)");
    CHECK_TEXT(show(parse_as("_ZN3geo4distEdd", "double geo::dist(double, double)", NULL)),
               "f8 floating (:f8, :f8)");
    CHECK_TEXT(show(parse_as("_Z3numv", "int num()", NULL)), "i4 ()");
    CHECK_TEXT(show(parse_as("_ZNK1a1bEv", "int a::b(handle self)", NULL)), "i4 (self:handle p8)");
}

static void test_arrays(void)
{
    MEANS("void f(out double a[1], const double b[4], double c[2], inout double d[3])",
          "v0 floating (a:out f8[1], b:in f8[4], c:inout f8[2], d:inout f8[3])");
    MEANS("void f(size_t n, out int a[n])", "v0 (n:u8, a:out i4[#0])");
    MEANS("void f(out int a[n], const short b[m], int n, unsigned char m)",
          "v0 (a:out i4[#2], b:in i2[#3], n:i4, m:u1)");
    MEANS("void f(double r[3][3], out int s[2][3][4])",
          "v0 floating (r:inout f8[9], s:out i4[24])");
    MEANS(
        "void f(int a[0x10], int b[010], int c[2UL], int d[2*3*4], int e[64 + 1], int f[2*3+4*5])",
        "v0 (a:inout i4[16], b:inout i4[8], c:inout i4[2], d:inout i4[24], e:inout i4[65], "
        "f:inout i4[26])");
    MEANS("void f(const int a[static 8], const int b[restrict 2], const int c[const static 3])",
          "v0 (a:in i4[8], b:in i4[2], c:in i4[3])");
    MEANS("unsigned long f(unsigned long crc, const unsigned char buf[len], size_t len)",
          "u8 (crc:u8, buf:in u1[#2], len:u8)");
    MEANS("int f(const bool a[2], out enum e b[2], const char c[n], int n)",
          "i4 (a:in b1[2], b:out i4[2], c:in c1[#3], n:i4)");
    MEANS("int f(const unsigned char a[65536])", "i4 (a:in u1[65536])");
    MEANS("int f(out unsigned char a[2147483647])", "i4 (a:out u1[2147483647])");
    MEANS("int f(const double[3], out int [2])", "i4 floating (:in f8[3], :out i4[2])");
    MEANS("int f(enum e n, const int a[n])", "i4 (n:i4, a:in i4[#0])");
}

static void test_strings(void)
{
    MEANS("int f(const char *s)", "i4 (s:string c1)");
    MEANS("int f(char const *restrict s, string t, const char *)",
          "i4 (s:string c1, t:string c1, :string c1)");
    MEANS("int f(string, const string b)", "i4 (:string c1, b:string c1)");
    MEANS("size_t f(out char s[n], size_t n)", "u8 (s:text out c1[#1], n:u8)");
    MEANS("int f(out char s[26], inout char b[4])", "i4 (s:text out c1[26], b:inout c1[4])");
    MEANS("int f(out unsigned char s[8], out signed char t[8])", "i4 (s:out u1[8], t:out i1[8])");
    /* an integer behind that is another array's extent, or not named like a length */
    MEANS("int f(const char *s, int n, const int a[n])", "i4 (s:string c1, n:i4, a:in i4[#1])");
    MEANS("int f(const char *s, int base)", "i4 (s:string c1, base:i4)");
    MEANS("int f(int len, const char *s)", "i4 (len:i4, s:string c1)");
    MEANS("size_t f(out char s[max], size_t max, string format, const struct tm *tm)",
          "u8 (s:text out c1[#1], max:u8, format:string c1, tm:in tm[1])");
    static const char *const lengths[] = {"len",    "n",     "size", "length",   "buflen",
                                          "nbytes", "count", "s_n",  "dataSize", "nmemb"};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char text[128];
        snprintf(text, sizeof text, "int f(const char *s, int %s)", lengths[i]);
        refuses(text, NULL, 1, "can be read two ways");
    }
    refuses("int f(const char *, size_t)", NULL, 1, "can be read two ways");
}

static void test_handles(void)
{
    MEANS("int f(handle dictionary, string word)", "i4 (dictionary:handle p8, word:string c1)");
    MEANS("int f(handle)", "i4 (:handle p8)");
    MEANS("int f(handle Hunhandle *h, handle struct foo *p, handle const void *q)",
          "i4 (h:handle p8, p:handle p8, q:handle p8)");
    MEANS("int f(handle FILE *, handle iconv_t cd, handle int **pp)",
          "i4 (:handle p8, cd:handle p8, pp:handle p8)");
    MEANS("int f(const handle h, handle int (*callback)(int))",
          "i4 (h:handle p8, callback:handle p8)");
    MEANS("int f(int handle, int string, int out, int inout)",
          "i4 (handle:i4, string:i4, out:i4, inout:i4)");
    MEANS("int f(handle handle, string string)", "i4 (handle:handle p8, string:string c1)");
}

static void test_records(void)
{
    MEANS("int f(const struct tm *a, out struct tm *b, struct tm *c, inout struct tm *d)",
          "i4 (a:in tm[1], b:out tm[1], c:inout tm[1], d:inout tm[1])");
    MEANS("int f(const struct timespec *, const struct timeval t[4])",
          "i4 (:in timespec[1], t:in timeval[4])");
    const struct record *tm = record_find("tm", 2);
    CHECK(tm == &record_tm && tm->size == sizeof(struct tm) && tm->field_count == 11);
    CHECK(tm->alignment == _Alignof(struct tm));
    CHECK_TEXT(tm->fields[5].name, "tm_year");
    CHECK(tm->fields[5].offset == offsetof(struct tm, tm_year) && tm->fields[5].count == 1);
    CHECK(tm->fields[9].type.kind == TYPE_SIGNED && tm->fields[9].type.size == sizeof(long));
    CHECK(tm->fields[10].type.kind == TYPE_POINTER);
    CHECK(tm->fields[10].offset == offsetof(struct tm, tm_zone));
    CHECK(record_timeval.fields[1].offset == offsetof(struct timeval, tv_usec));
    CHECK(record_timespec.size == sizeof(struct timespec));
    CHECK(!record_find("t", 1) && !record_find("tms", 3));
}

static void test_returns(void)
{
    RETURNS("struct tm *f(const time_t t[1])", "static", "p8=>tm static (t:in i8[1])");
    RETURNS("struct tm *f(const time_t t[1], out struct tm *result)", "result",
            "p8=>tm parameter 1 (t:in i8[1], result:out tm[1])");
    RETURNS("char *f(out char a[4], handle b)", "b",
            "p8=>c1 parameter 1 (a:text out c1[4], "
            "b:handle p8)");
    RETURNS("const char *f(int n)", "static", "p8=>c1 static (n:i4)");
    RETURNS("const char *f(int n)", "pointer", "p8=>c1 pointer (n:i4)");
    RETURNS("Dictionary *f(string path)", "pointer", "p8=>v0 pointer (path:string c1)");
    RETURNS("void *f(handle h)", "h", "p8=>v0 parameter 0 (h:handle p8)");
    RETURNS("char **f(int n)", "pointer", "p8=>p8 pointer (n:i4)");
    RETURNS("double *f(int n)", "static", "p8=>f8 static (n:i4)");
    RETURNS("double f(int n)", "value", "f8 floating (n:i4)");
    RETURNS("void f(out int a[1])", "value", "v0 (a:out i4[1])");
    refuses("char *f(int n)", NULL, 1, "f:1:1: the result is a pointer: add 'returns = static'");
    refuses("char *f(int n)", "value", 1, "f:1:1: the result is a pointer");
    refuses("char *f(int n)", "malloc", 1, "f:2:1: returns = malloc is not supported yet");
    refuses("char **f(int n)", "static", 1, "not 'char *'");
    refuses("wchar_t *f(int n)", "static", 1, "not 'wchar_t'");
    refuses("Foo *f(int n)", "static", 1, "not 'Foo'");
    refuses("int f(int n)", "n", 1, "for results that are pointers");
    refuses("char *f(int n)", "n", 1, "no pointer");
    refuses("char *f(int n)", "m", 1, "nor the name of a parameter");
    refuses("int f(int value)", "value", 1, "also the name of a parameter");
}

/* One error for each thing that is wrong, none of them hidden behind another. */
static void test_refusals(void)
{
    refuses("", NULL, 1, "ends too early");
    refuses("int", NULL, 1, "ends too early");
    refuses("int f", NULL, 1, "ends too early");
    refuses("int f(", NULL, 1, "ends too early");
    refuses("int f(int", NULL, 1, "ends too early");
    refuses("int f(int a", NULL, 1, "ends too early");
    refuses("int f(int a,", NULL, 1, "ends too early");
    refuses("int f(int a[", NULL, 1, "no number of elements");
    refuses("int f(int a[4", NULL, 1, "no number of elements");
    refuses("int f(int a[n", NULL, 1, "no number of elements");
    refuses("int f(int (", NULL, 1, "ends too early");
    refuses("int f(int a) junk", NULL, 1, "unexpected 'junk'");
    refuses("int f(int a);;", NULL, 1, "unexpected ';'");
    refuses("int f(int a) __asm__(\"g\")", NULL, 1, "unexpected '__asm__'");
    refuses("int f(int a) __attribute__((ms_abi))", NULL, 1, "this attribute changes");
    refuses("int f(int a __attribute__((vector_size(16))))", NULL, 1, "this attribute changes");
    refuses("int f(int a,, int b)", NULL, 1, "starts with its type");
    refuses("int f(int a[1][n], int n)", NULL, 1, "several dimensions");
    refuses("int f(int a[18446744073709551616])", NULL, 1, "no number of elements");
    refuses("int f(int a[0x])", NULL, 1, "no number of elements");
    refuses("int f(int a[08])", NULL, 1, "no number of elements");
    refuses("int f(int a[4.0])", NULL, 1, "no number of elements");
    refuses("int f(int a[4294967296*4294967296])", NULL, 1, "no number of elements");
    refuses("int f(int a[18446744073709551615+1])", NULL, 1, "no number of elements");
    refuses("int f(out int a[9223372036854775807])", NULL, 1, "more than 2 GiB");
    refuses("int f(const int a[16385])", NULL, 1, "more than the 64 KiB of a key");
    refuses("int f(out int a[2305843009213693952][2305843009213693952])", NULL, 1, "2 GiB");
    refuses("int f(int a[a])", NULL, 1, "no integer passed by value");
    refuses("int f(int a[n], bool n)", NULL, 1, "no integer passed by value");
    refuses("int f(double *a, void *b, char *c, ...)", NULL, 4, "variable number");
    refuses("foo f(bar a, int a)", NULL, 3, "already");
    refuses("int f(struct tm a[2][n], int n)", NULL, 1, "several dimensions");
    refuses("int f(int a:3)", NULL, 1, "unexpected ':'");
    refuses("int f(int a = 3)", NULL, 1, "unexpected '='");
    refuses("int f(struct { int a; } *p)", NULL, 1, "struct");
    refuses("int f(double (*)(double))", NULL, 1, "pointer to a function");
    refuses("int f(double (double))", NULL, 1, "pointer to a function");
    refuses("int f(double g(double))", NULL, 1, "pointer to a function");
    refuses("int (*f(int))(int)", NULL, 1, "");
    refuses("__m128d f(__m128d x)", NULL, 2, "unknown type");
    refuses("int f(va_list l)", NULL, 1, "unknown type");
    refuses("int f(auto x)", NULL, 1, "unknown type");
    refuses("int g(int x)", NULL, 1, "declares 'g' but the section is [f]");
}

static void test_many_parameters(void)
{
    static char text[1 << 20];
    size_t length = (size_t)snprintf(text, sizeof text, "int f(int a0");
    for (int i = 1; i < 8192; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, ", int a%d", i);
    snprintf(text + length, sizeof text - length, ")");
    const struct signature *signature = parse(text, NULL);
    CHECK(signature && signature->parameter_count == 8192);
    if (signature) CHECK_TEXT(signature->parameters[8191].name, "a8191");
    snprintf(text + length, sizeof text - length, ", int one_more)");
    refuses(text, NULL, 1, "more parameters than a key can hold");
}

/* Prototypes cut off and shuffled: a signature or a report, never neither. */
static void test_garbage(void)
{
    static const char *const words[] = {"int ",     "double ", "f",         "(",  ")",
                                        "[",        "]",       "*",         ",",  "const ",
                                        "out ",     "handle ", "string ",   "4",  "n",
                                        "struct ",  "tm ",     "...",       "&",  "__attribute__",
                                        "size_t ",  "char ",   "\"",        "/*", "::",
                                        "{",        "}",       "unsigned ", ";",  "\n",
                                        "void ",    "inout ",  "enum ",     "0x", "+",
                                        "complex ", "long ",   "\xff",      "$",  "restrict "};
    unsigned long long random = 1442695040888963407u;
    int understood = 0;
    for (int round = 0; round < 30000; round++) {
        char text[256] = "int f(";
        size_t count = round % 24;
        for (size_t i = 0; i < count; i++) {
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
            strcat(text, words[random % (sizeof words / sizeof *words)]);
        }
        if (round % 2) strcat(text, ")");
        char *copy = strdup(text + (round % 3 ? 0 : 6)); /* its end is where ASan looks */
        const struct signature *signature = parse(copy, round % 5 ? NULL : "static");
        CHECK((signature != NULL) == (messages.diagnostics.errors == 0));
        understood += signature != NULL;
        free(copy);
        pool_release(&pool);
        pool_release(&scratch);
    }
    CHECK(understood > 50);
}

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
    test_types();
    test_declarations();
    test_arrays();
    test_strings();
    test_handles();
    test_records();
    test_returns();
    test_refusals();
    test_many_parameters();
    test_suggestions();
    test_garbage();
    pool_release(&pool);
    pool_release(&scratch);
    return check_done("prototype");
}
