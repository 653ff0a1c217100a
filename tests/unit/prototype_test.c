/* config/prototype.h: what is understood, type by type and word by word; what is refused; and that
 * no text, however broken, does harm. Exact messages are in tests/config/bad. */
#include "config/prototype.h"
#include "config/record.h"
#include "config/records.h"
#include "config/suggest.h"

#include "check.h"
#include "messages.h"

#include <netdb.h>
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

/* The structs that the prototypes below may name; the messages about them are cleared. */
static struct records records;

static void define(const char *kind, const char *tag, const char *fields)
{
    const struct source name = {tag, {"f", 8, 1}}, list = {fields, {"f", 9, 1}};
    records_define(&records, strcmp(kind, "union") == 0, &name, &list);
}

static const struct signature *parse_all(const char *symbol, const char *prototype,
                                         const char *returns, const char *writes)
{
    const struct prototype text = {
        {prototype, {"f", 1, 1}}, {returns, {"f", 2, 1}}, {writes, {"f", 3, 1}}};
    messages_clear(&messages);
    return prototype_parse(symbol, &text, &records, &scratch);
}

static const struct signature *parse_as(const char *symbol, const char *prototype,
                                        const char *returns)
{
    return parse_all(symbol, prototype, returns, NULL);
}

static const struct signature *parse(const char *prototype, const char *returns)
{
    return parse_as("f", prototype, returns);
}

/* `double` as f8, `int` as i4, `size_t` as u8, a pointer as p8, a record by its name. */
static int show_type(char *text, size_t room, const struct type *type)
{
    if (type->kind == TYPE_RECORD) return snprintf(text, room, "%s", type->record->name);
    return snprintf(text, room, "%c%u", "vbiufzpr"[type->kind], type -> size);
}

static int show_count(char *text, size_t room, uint64_t literal, int parameter)
{
    if (parameter >= 0) return snprintf(text, room, "#%d", parameter);
    return snprintf(text, room, "%llu", (unsigned long long)literal);
}

/* `[4]`, `[#1]`, `[#0=2?4:#1]` */
static int show_extent(char *text, size_t room, const struct extent *extent)
{
    char *at = text, *end = text + room;
    at += snprintf(at, room, "[");
    for (uint32_t i = 0; i < extent->alternative_count; i++) {
        const struct alternative *one = &extent->alternatives[i];
        at += snprintf(at, (size_t)(end - at), "#%d=%lld?", one->chooser, (long long)one->equals);
        at += show_count(at, (size_t)(end - at), one->literal, one->parameter);
        at += snprintf(at, (size_t)(end - at), ":");
    }
    at += show_count(at, (size_t)(end - at), extent->literal, extent->parameter);
    return (int)(at - text) + snprintf(at, (size_t)(end - at), "]");
}

/* Everything of a signature, in a line: `f8 value (x:f8, y:in f8[3], s:string i1)`. */
static const char *show(const struct signature *signature)
{
    static char text[4096];
    static const char *const directions[] = {"in ", "out ", "inout "};
    static const char *const returns[] = {"", "pointer ", "static ", "parameter ", "malloc "};
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
        if (p->passing == PASS_GIFT) at += snprintf(at, (size_t)(end - at), "malloc ");
        if (p->passing >= PASS_ARRAY)
            at += snprintf(at, (size_t)(end - at), "%s", directions[p->direction]);
        at += show_type(at, (size_t)(end - at), &p->type);
        if (p->passing == PASS_ARRAY || p->passing == PASS_TEXT)
            at += show_extent(at, (size_t)(end - at), &p->extent);
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

/* clang-format off */
#define KIND(type)                                                                                 \
    _Generic((type)0, _Bool: TYPE_BOOL, char: (char)-1 < 0 ? TYPE_SIGNED : TYPE_UNSIGNED,          \
        unsigned char: TYPE_UNSIGNED, unsigned short: TYPE_UNSIGNED, unsigned: TYPE_UNSIGNED,      \
        unsigned long: TYPE_UNSIGNED, unsigned long long: TYPE_UNSIGNED,                           \
        unsigned __int128: TYPE_UNSIGNED, float: TYPE_FLOAT, double: TYPE_FLOAT,                   \
        long double: TYPE_FLOAT, float _Complex: TYPE_COMPLEX, double _Complex: TYPE_COMPLEX,      \
        long double _Complex: TYPE_COMPLEX, default: TYPE_SIGNED)
/* clang-format on */
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
    TYPE(_Bool), TYPE(long double), TYPE(double long), TYPE(float _Complex), TYPE(_Complex float),
    TYPE(double _Complex), TYPE(_Complex double), TYPE(long double _Complex),
    TYPE(double _Complex long), TYPE(__int128), TYPE(signed __int128), TYPE(unsigned __int128),
    TYPE(__int128 unsigned), TYPE(__int128_t), TYPE(__uint128_t), {"_Float64x", TYPE_FLOAT, 16, 16},
    {"double complex", TYPE_COMPLEX, sizeof(double _Complex), _Alignof(double _Complex)},
    {"complex float", TYPE_COMPLEX, sizeof(float _Complex), _Alignof(float _Complex)},
    {"complex long double", TYPE_COMPLEX, sizeof(long double _Complex),
     _Alignof(long double _Complex)},
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
    TYPE(pthread_t), {"_Float32", TYPE_FLOAT, 4, 4}, {"_Float64", TYPE_FLOAT, 8, 8}, {"_Float32x", TYPE_FLOAT, 8, 8},
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
    CHECK(signature->floating == (want->kind == TYPE_FLOAT || want->kind == TYPE_COMPLEX));
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

/* As strings, of characters that have four bytes here. */
static void test_wide_strings(void)
{
    MEANS("int f(const wchar_t *s, wstring t)", "i4 (s:string i4, t:string i4)");
    MEANS("int f(wstring, const wstring b)", "i4 (:string i4, b:string i4)");
    MEANS("size_t f(out wchar_t to[n], wchar_t const *restrict from, size_t n)",
          "u8 (to:text out i4[#2], from:string i4, n:u8)");
    MEANS("double f(const wchar_t *s, out wchar_t *end[1])",
          "f8 floating (s:string i4, end:out p8[1])");
    MEANS("int f(const wchar_t a[n], wchar_t b[3], inout wchar_t c[2], size_t n)",
          "i4 (a:in i4[#3], b:inout i4[3], c:inout i4[2], n:u8)");
    MEANS("int f(int wstring, wchar_t c)", "i4 (wstring:i4, c:i4)");
    RETURNS("wchar_t *f(const wchar_t *s)", "malloc", "p8=>i4 malloc (s:string i4)");
    CHECK(parse("wchar_t *f(int n)", "static")->returns_text);
    CHECK(parse("char *f(int n)", "static")->returns_text);
    CHECK(!parse("int *f(int n)", "static")->returns_text);
    CHECK(!parse("struct nothing_but_char *f(int n)", "static")->returns_text);
    refuses("int f(const wchar_t *s, size_t len)", NULL, 1, "write 'wstring s' (to its NUL)");
    refuses("int f(wchar_t *s)", NULL, 1, "write 'wstring s' (only read), 'out wchar_t s[n]'");
    refuses("int f(out wchar_t *s)", NULL, 1, "how many characters: write 'out wchar_t s[n]'");
    refuses("int f(out wstring s)", NULL, 1, "write 'out wchar_t s[n]'");
    refuses("int f(wstring *s)", NULL, 1, "says twice that it is a pointer: write 'wstring s'");
    refuses("int f(const wint_t *s)", NULL, 1, "can be read several ways");
}

static void test_alternatives(void)
{
    MEANS("int f(int family, out unsigned char to[family == 2 ? 4 : family == 10 ? 16 : 0])",
          "i4 (family:i4, to:out u1[#0=2?4:#0=10?16:0])");
    MEANS("int f(const int a[m == -1 ? n : 2 * 3 + 1], long n, short m)",
          "i4 (a:in i4[#2=-1?#1:7], n:i8, m:i2)");
    MEANS("int f(uint8_t u, const char s[u == 255 ? 1 : n], size_t n)",
          "i4 (u:u1, s:in c1[#0=255?1:#2], n:u8)");
    MEANS("int f(out char s[a == 0x10 ? 8 : b], out void *p[b == 1 ? 2 : 3], int a, int b)",
          "i4 (s:text out c1[#2=16?8:#3], p:out p8[#3=1?2:3], a:i4, b:i4)");
    MEANS("int f(const char *s, int n, const int a[k == 1 ? n : 0], int k)",
          "i4 (s:string c1, n:i4, a:in i4[#3=1?#1:0], k:i4)"); /* so n is not the length of s */
    refuses("int f(int a, int b[a = 2 ? 4 : 16])", NULL, 1, "f:1:20: write it as 'name == number");
    refuses("int f(int a, int b[a = = 2 ? 4 : 16])", NULL, 1, "write it as 'name == number");
    refuses("int f(int a, int b[a == ? 4 : 16])", NULL, 1, "f:1:25: this is no number");
    refuses("int f(int a, int b[a == 2])", NULL, 1, "f:1:26: '?' is missing here");
    refuses("int f(int a, int b[a == 2 ? 4])", NULL, 1, "f:1:30: ':' is missing here");
    refuses("int f(int a, int b[a == 2 ? : 4])", NULL, 1, "f:1:29: this is no count");
    refuses("int f(int a, int b[a == 2 ? 4 : ])", NULL, 1, "f:1:33: this is no count");
    refuses("int f(int a, int b[a == 2 ? 4 : 16 : 3])", NULL, 1, "f:1:36: this is too much");
    refuses("int f(int a, int b[a == 2 ? a == 3 ? 1 : 2 : 16])", NULL, 1, "':' is missing here");
    refuses("int f(int a, int b[a == 2 ? 4 : 16", NULL, 1, "write ']' here");
    refuses("int f(int a, int b[c == 2 ? 4 : 16])", NULL, 1, "f:1:20: no parameter is called 'c'");
    refuses("int f(int a, int b[a == 2 ? c : 16])", NULL, 1, "f:1:29: no parameter is called 'c'");
    refuses("int f(int a, int b[a == 2 ? 4 : c])", NULL, 1, "f:1:33: no parameter is called 'c'");
    refuses("int f(double a, int b[a == 2 ? 4 : 16])", NULL, 1, "it cannot choose one");
    refuses("int f(double a, int n, int b[n == 2 ? 4 : a])", NULL, 1, "it cannot be an extent");
    refuses("int f(uint8_t a, int b[a == 256 ? 4 : 16])", NULL, 1, "'a' never has this value");
    refuses("int f(uint8_t a, int b[a == -1 ? 4 : 16])", NULL, 1, "f:1:29: 'a' never has");
    refuses("int f(int8_t a, int b[a == 128 ? 4 : 16])", NULL, 1, "'a' never has this value");
    refuses("int f(int8_t a, int b[a == -129 ? 4 : 16])", NULL, 1, "'a' never has this value");
    refuses("int f(int a, int b[2][a == 2 ? 4 : 16])", NULL, 1, "several dimensions");
    refuses("int f(int a, const int b[a == 2 ? 65536 : 1])", NULL, 1, "64 KiB of a key");
    MEANS("int f(int8_t a, int b[a == -128 ? 4 : 16], const int c[a == 127 ? 1 : 2])",
          "i4 (a:i1, b:inout i4[#0=-128?4:16], c:in i4[#0=127?1:2])");
    MEANS("int f(unsigned long a, int b[a == 18446744073709551615 ? 4 : 16])",
          "i4 (a:u8, b:inout i4[#0=-1?4:16])");
    static char many[4096] = "int f(int a, int b[";
    for (int i = 0; i < 65; i++)
        snprintf(many + strlen(many), 48, "a == %d ? %d : ", i, i);
    refuses(strcat(many, "1])"), NULL, 1, "more than 64 alternatives");
}

static void test_gifts(void)
{
    MEANS("int f(string in, out malloc char *output[1], int flags)",
          "i4 (in:string c1, output:malloc out c1, flags:i4)");
    MEANS("int f(out malloc uint8_t *a[1], out malloc wchar_t *b[1], out malloc const char *c[1])",
          "i4 (a:malloc out u1, b:malloc out i4, c:malloc out c1)");
    MEANS("int f(int malloc, out int a[malloc])", "i4 (malloc:i4, a:out i4[#0])");
    refuses("int f(out malloc char output[1])", NULL, 1, "write 'out malloc char *output[1]'");
    refuses("int f(out malloc char *output)", NULL, 1, "write 'out malloc char *output[1]'");
    refuses("int f(out malloc char *output[2])", NULL, 1, "no pointer to one new string");
    refuses("int f(out malloc char *output[n], int n)", NULL, 1, "no pointer to one new string");
    refuses("int f(out malloc char **output[1])", NULL, 1, "no pointer to one new string");
    refuses("int f(out malloc int *output[1])", NULL, 1, "is no string");
    refuses("int f(out malloc struct tm *output[1])", NULL, 1, "is no string");
    refuses("int f(out malloc void *output[1])", NULL, 1, "is no string");
    refuses("int f(inout malloc char *output[1])", NULL, 1, "write 'out malloc'");
    refuses("int f(malloc char *output[1])", NULL, 1, "unknown word 'malloc'");
    refuses("int f(out malloc handle output)", NULL, 1, "no pointer to one new string");
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
    RETURNS("char *f(int n)", "malloc", "p8=>c1 malloc (n:i4)");
    RETURNS("struct tm *f(int n)", "malloc", "p8=>tm malloc (n:i4)");
    RETURNS("struct passwd *f(uid_t uid)", "static", "p8=>passwd static (uid:u4)");
    refuses("struct passwd *f(uid_t uid)", "malloc", 1, "who frees those is open");
    refuses("void *f(int n)", "malloc", 1, "returns = malloc copies a string or one number");
    refuses("int f(int n)", "malloc", 1, "for results that are pointers");
    refuses("char *f(int malloc)", "malloc", 1, "also the name of a parameter");
    refuses("char **f(int n)", "static", 1, "not 'char *'");
    refuses("struct group *f(gid_t gid)", "malloc", 1, "who frees those is open");
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

/* Structs that the compiler lays out, and the same as text. */
struct nothing_but_char {
    char a;
};
struct mixed {
    char a;
    double b;
    short c;
    long double d;
    char e;
};
struct small {
    unsigned short a;
    char b;
};
struct nested {
    char a;
    struct small b;
    struct small c[3];
    struct timespec t;
    bool d;
};
struct wide {
    int a;
    __int128 b;
    char c[17];
};
struct complexes {
    float f;
    float _Complex a;
    double _Complex b[2];
    long double _Complex c;
};
struct strings {
    int id;
    const char *name;
    char text[10];
    char *path;
    void *data;
    int (*call)(int);
    char **names;
};
union either {
    int a;
    double b;
    char c[9];
    void *p;
};
struct tagged {
    char kind;
    union either value;
    enum { RED } color;
    wchar_t w[3];
};
union of_struct {
    struct mixed m;
    char bytes[100];
};

#define PLACE(type, field)                                                                         \
    {                                                                                              \
#field, offsetof(type, field), sizeof(((type *)0)->field)                                  \
    }

static const struct {
    const char *kind, *tag, *fields;
    size_t size, alignment;
    struct {
        const char *name;
        size_t offset, size;
    } places[8];
} layouts[] = {
    {"struct", "nothing_but_char", "char a", sizeof(struct nothing_but_char), 1, {{"a", 0, 1}}},
    {"struct",
     "mixed",
     "char a, double b, short c, long double d, char e",
     sizeof(struct mixed),
     _Alignof(struct mixed),
     {PLACE(struct mixed, a), PLACE(struct mixed, b), PLACE(struct mixed, c),
      PLACE(struct mixed, d), PLACE(struct mixed, e)}},
    {"struct",
     "nested",
     "char a; struct small b; struct small c[3]; struct timespec t; bool d;",
     sizeof(struct nested),
     _Alignof(struct nested),
     {PLACE(struct nested, a), PLACE(struct nested, b), PLACE(struct nested, c),
      PLACE(struct nested, t), PLACE(struct nested, d)}},
    {"struct",
     "small",
     "unsigned short a, char b",
     sizeof(struct small),
     _Alignof(struct small),
     {PLACE(struct small, a), PLACE(struct small, b)}},
    {"struct",
     "wide",
     "int a, __int128 b, char c[17]",
     sizeof(struct wide),
     _Alignof(struct wide),
     {PLACE(struct wide, a), PLACE(struct wide, b), PLACE(struct wide, c)}},
    {"struct",
     "complexes",
     "float f, float complex a, double _Complex b[2], long double complex c",
     sizeof(struct complexes),
     _Alignof(struct complexes),
     {PLACE(struct complexes, f), PLACE(struct complexes, a), PLACE(struct complexes, b),
      PLACE(struct complexes, c)}},
    {"struct",
     "strings",
     "int id, const char *name, char text[10], string path, handle void *data, "
     "handle int (*call)(int), strings names",
     sizeof(struct strings),
     _Alignof(struct strings),
     {PLACE(struct strings, id), PLACE(struct strings, name), PLACE(struct strings, text),
      PLACE(struct strings, path), PLACE(struct strings, data), PLACE(struct strings, call),
      PLACE(struct strings, names)}},
    {"struct",
     "tagged",
     "char kind, union either value, enum color color, wchar_t w[3]",
     sizeof(struct tagged),
     _Alignof(struct tagged),
     {PLACE(struct tagged, kind), PLACE(struct tagged, value), PLACE(struct tagged, color),
      PLACE(struct tagged, w)}},
    {"union",
     "either",
     "int a, double b, char c[9], handle p",
     sizeof(union either),
     _Alignof(union either),
     {PLACE(union either, a), PLACE(union either, b), PLACE(union either, c),
      PLACE(union either, p)}},
    {"union",
     "of_struct",
     "struct mixed m, char bytes[100]",
     sizeof(union of_struct),
     _Alignof(union of_struct),
     {PLACE(union of_struct, m), PLACE(union of_struct, bytes)}},
};

#define LAYOUTS (sizeof layouts / sizeof *layouts)

static void define_records(void)
{
    messages_clear(&messages);
    for (size_t i = 0; i < LAYOUTS; i++)
        define(layouts[i].kind, layouts[i].tag, layouts[i].fields);
    records_understand(&records);
    CHECK_TEXT(messages.text, "");
}

/* Every struct as the compiler has it. */
static void test_layouts(void)
{
    for (size_t i = 0; i < LAYOUTS; i++) {
        char text[128];
        snprintf(text, sizeof text, "int f(const %s %s *p)", layouts[i].kind, layouts[i].tag);
        const struct signature *signature = parse(text, NULL);
        if (!signature) printf("%s: %s\n", text, messages.text);
        CHECK(signature != NULL);
        if (!signature) continue;
        const struct record *record = signature->parameters[0].type.record;
        CHECK(record->size == layouts[i].size && record->alignment == layouts[i].alignment);
        CHECK(record->is_union == (*layouts[i].kind == 'u'));
        for (uint32_t n = 0; n < record->field_count; n++) {
            const struct field *field = &record->fields[n];
            CHECK_TEXT(field->name, layouts[i].places[n].name);
            CHECK(field->offset == layouts[i].places[n].offset);
            CHECK(field->count * field->type.size == layouts[i].places[n].size);
        }
        CHECK(record->field_count == 8 || !layouts[i].places[record->field_count].name);
    }
    const struct record *strings =
        parse("int f(struct strings *p)", NULL)->parameters[0].type.record;
    CHECK(strings->fields[1].kind == FIELD_STRING && strings->fields[3].kind == FIELD_STRING);
    CHECK(strings->fields[2].kind == FIELD_DATA && strings->fields[2].count == 10);
    CHECK(strings->fields[4].kind == FIELD_DATA && strings->fields[5].kind == FIELD_DATA);
    CHECK(strings->fields[4].type.kind == TYPE_POINTER);
    CHECK(strings->fields[2].is_text && !strings->fields[1].is_text);
    CHECK(strings->fields[6].kind == FIELD_STRINGS && strings->fields[6].count == 1);
    CHECK(record_group.fields[3].kind == FIELD_STRINGS && record_has_string(&record_group));
    CHECK(record_servent.fields[1].offset == offsetof(struct servent, s_aliases));
    CHECK(record_has_string(strings) && !record_has_string(&record_tm));
    CHECK(parse("void f(struct mixed m)", NULL)->floating);
    CHECK(parse("struct complexes f(void)", NULL)->floating);
    CHECK(parse("void f(union of_struct m)", NULL)->floating);
    CHECK(!parse("void f(struct small m)", NULL)->floating);
}

/* Errors of one definition, the first of which holds `part`. */
static void refuses_definition(const char *kind, const char *fields, int errors, const char *part)
{
    struct records before = records;
    struct pool other = {0};
    messages_clear(&messages);
    records_open(&records, &pool, &other, &messages.diagnostics);
    define("struct", "named", "int a, const char *name");
    define(kind, "x", fields);
    records_understand(&records);
    int good = messages.diagnostics.errors == errors && strstr(messages.text, part);
    if (!good) printf("%s\n  gave: %s\n", fields, messages.text);
    CHECK(good);
    pool_release(&other);
    records = before;
}

static void test_definitions(void)
{
    refuses_definition("struct", "int a : 3, int b", 1, "f:9:7: a bit-field's place");
    refuses_definition("struct", "int : 3", 1, "f:9:5: a bit-field's place");
    refuses_definition("struct", "int a, char b[]", 1, "f:9:14: an array without a size");
    refuses_definition("struct", "int a, int b[n]", 1, "has no fixed size: write a number");
    refuses_definition("struct", "int a, int b[0]", 1, "no number of elements");
    refuses_definition("struct", "int a, double *b", 1, "write 'handle' before it");
    refuses_definition("struct", "void *a, char **b, foo *c", 3, "write 'handle' before it");
    refuses_definition("struct", "char *a[2]", 1, "is several strings");
    refuses_definition("struct", "int a, char **b", 1, "f:9:8: 'char **b' can be read two ways");
    refuses_definition("struct", "const char *const *b", 1, "write 'strings' and the name");
    refuses_definition("struct", "strings a[2]", 1, "is several strings");
    refuses_definition("struct", "strings *a", 1, "leave out the '*'");
    refuses_definition("struct", "string *a", 1, "leave out the '*'");
    refuses_definition("union", "int a, strings s", 1, "write 'handle s'");
    refuses_definition("struct", "wstring a", 1, "is a pointer, and what it leads to");
    refuses_definition("struct", "int (*call)(int)", 1, "is a pointer");
    refuses_definition("struct", "int a, int a", 1, "f:9:12: another field is called 'a'");
    refuses_definition("struct", "int", 1, "has no name");
    refuses_definition("struct", "int a, b", 1, "f:9:8: this field has no name");
    refuses_definition("struct", "int a b", 1, "unexpected 'b': write ','");
    refuses_definition("struct", "int a,, int b", 1, "it starts with its type");
    refuses_definition("struct", "a", 1, "this field has no name");
    refuses_definition("struct", "out int a", 1, "has a direction");
    refuses_definition("struct", "handle int a", 1, "is no pointer");
    refuses_definition("struct", "int &a", 1, "C++ reference");
    refuses_definition("struct", "void a", 1, "nothing is void");
    refuses_definition("struct", "_Alignas(16) int a", 1, "aligned or atomic");
    refuses_definition("struct", "int a __attribute__((aligned(16)))", 1, "this attribute changes");
    refuses_definition("struct", "__attribute__((packed)) int a", 1, "this attribute changes");
    refuses_definition("struct", "struct x a", 1, "a struct can't contain itself");
    refuses_definition("struct", "struct y a", 1, "'struct y' is not known: add a section");
    refuses_definition("struct", "union named a", 1, "'union named': it is a struct");
    refuses_definition("struct", "struct { int a; } b", 1, "a section of its own");
    refuses_definition("struct", "struct addrinfo a", 1, "it holds a chain of structs");
    refuses_definition("struct", "int a[65536]", 1, "more than 64 KiB");
    refuses_definition("struct", "char a[65535], short b", 1, "more than 64 KiB");
    refuses_definition("struct", "char a[4294967296][4294967295]", 1, "more than 64 KiB");
    refuses_definition("struct", "_Float128 a", 1, "this type is not supported");
    refuses_definition("union", "int a, const char *s", 1, "write 'handle s'");
    refuses_definition("union", "int a, struct named s", 1, "a struct with strings");
    refuses_definition("struct", "...", 1, "unexpected '...'");
    static char many[16 * 1100];
    for (int i = 0; i < 1025; i++)
        snprintf(many + strlen(many), 16, "%sint f%d", i ? "," : "", i);
    refuses_definition("struct", many, 1, "more than 1024 fields");
    refuses("int f(struct nowhere *p)", NULL, 1, "add a section [struct nowhere]");
    refuses("int f(union mixed *p)", NULL, 1, "'union mixed': it is a struct");
    refuses("int f(struct *p)", NULL, 1, "the name of the struct is missing");
    refuses("int f(const struct stat *p)", NULL, 1, "it holds what changes");
}

/* Seventeen structs, each within the next. */
static void test_nesting(void)
{
    struct pool other = {0};
    static char tags[20][16], fields[20][32];
    messages_clear(&messages);
    records_open(&records, &pool, &other, &messages.diagnostics);
    for (int i = 0; i < 20; i++) {
        snprintf(tags[i], sizeof tags[i], "s%d", i);
        snprintf(fields[i], sizeof fields[i], i < 19 ? "struct s%d a" : "int a", i + 1);
        define("struct", tags[i], fields[i]);
    }
    records_understand(&records);
    CHECK(strstr(messages.text, "structs are nested more than 16 deep") != NULL);
    pool_release(&other);
}

static void test_reads(void)
{
    const struct signature *signature =
        parse("time_t f(struct tm *t{tm_hour, tm_min}, struct mixed m{b}, int n)", NULL);
    if (!signature) printf("%s\n", messages.text);
    CHECK(signature != NULL);
    if (!signature) return;
    const struct parameter *time = &signature->parameters[0], *mixed = &signature->parameters[1];
    CHECK(time->reads && time->reads->field_count == 2 && time->reads->size == sizeof(struct tm));
    CHECK_TEXT(time->reads->fields[0].name, "tm_min"); /* in the struct's order */
    CHECK(time->reads->fields[1].offset == offsetof(struct tm, tm_hour));
    CHECK(time->type.record == &record_tm && time->direction == DIRECTION_INOUT);
    CHECK(mixed->passing == PASS_VALUE && mixed->reads && mixed->reads->field_count == 1);
    MEANS("void f(const mixed *m, out small s[2], either u)",
          "v0 floating (m:in mixed[1], s:out small[2], u:either)"); /* as typedefs of headers */
    RETURNS("small *f(int n)", "static", "p8=>small static (n:i4)");
    refuses("int f(mixd m)", NULL, 1, "unknown type");
    refuses("int f(union small m)", NULL, 1, "it is a struct");
    CHECK(!signature->parameters[2].reads && !time->writes && !mixed->writes);
    const struct parameter *written =
        &parse("void f(out struct tm *t{tm_year})", NULL)->parameters[0];
    CHECK(!written->reads && written->direction == DIRECTION_OUT);
    CHECK(written->writes && written->writes->field_count == 1);
    CHECK_TEXT(written->writes->fields[0].name, "tm_year");
    refuses("int f(out struct strings *s{name})", NULL, 1, "f:1:28: a string that an output leads");
    refuses("int f(out struct strings *s{names})", NULL, 1, "a string that an output leads");
    CHECK(parse("int f(out struct strings *s{id, text})", NULL) != NULL);
    refuses("int f(struct tm *t{})", NULL, 1, "write the names of the fields");
    refuses("int f(struct tm *t{tm_hours})", NULL, 1, "did you mean 'tm_hour'?");
    refuses("int f(struct tm *t{tm_hour, tm_hour})", NULL, 1, "f:1:29: this field is there twice");
    refuses("int f(struct tm *t{tm_hour tm_min})", NULL, 1, "write ',' or '}' here");
    refuses("int f(struct tm *t{tm_hour", NULL, 1, "ends too early");
    refuses("int f(scratch struct tm *t{tm_hour})", NULL, 1, "nothing is read of what is 'scr");
    refuses("int f(int t{a})", NULL, 1, "only of a struct");
    refuses("int f(handle t{a})", NULL, 1, "only of a struct");
    refuses("int f(union either *t{a})", NULL, 1, "all bytes of a union count");
}

static void test_addresses(void)
{
    MEANS("double f(string s, out char *end[1])", "f8 floating (s:string c1, end:out p8[1])");
    MEANS("long f(string s, out const char *end[1], int base)",
          "i8 (s:string c1, end:out p8[1], base:i4)");
    MEANS("int f(out struct passwd *result[1], out Foo *p[n], int n)",
          "i4 (result:out p8[1], p:out p8[#2], n:i4)");
    CHECK(parse("int f(out struct group *g[1])", NULL)->parameters[0].pointee == &record_group);
    CHECK(!parse("int f(out char *g[1])", NULL)->parameters[0].pointee);
    refuses("double f(string s, char **end)", NULL, 1, "write 'out char *end[1]'");
    refuses("double f(string s, out char **end)", NULL, 1, "write 'out char *end[1]'");
    refuses("double f(out char **end[1])", NULL, 1, "leads to other pointers");
    refuses("int f(inout char *a[1])", NULL, 1, "leads to other pointers");
    refuses("int f(out int *a[9223372036854775807])", NULL, 1, "more than 2 GiB");
}

static void test_values(void)
{
    MEANS("struct mixed f(struct small s, union either u)", "mixed floating (s:small, u:either)");
    MEANS("struct tm f(struct tm a)", "tm (a:tm)");
    MEANS("div_t f(int a, int b)", "div_t (a:i4, b:i4)");
    MEANS("long double f(const long double x[2], out double complex z[1])",
          "f16 floating (x:in f16[2], z:out z16[1])");
    MEANS("__int128 f(unsigned __int128 x)", "i16 (x:u16)");
    MEANS("void f(out struct nested n[2], struct strings *s)",
          "v0 (n:out nested[2], s:inout strings[1])");
    refuses("int f(const int a[n], __int128 n)", NULL, 1, "no integer passed by value");
    refuses("int f(out struct mixed m)", NULL, 1, "is passed by value and cannot be written");
    refuses("_Float128 f(_Decimal64 x)", NULL, 2, "this type is not supported");
}

static void test_writes(void)
{
    const struct signature *signature = parse_all("f", "double f(double x)", NULL,
                                                  "int signgam, long timezone; char *tzname[2], "
                                                  "unsigned char table[3][4], handle last");
    if (!signature) printf("%s\n", messages.text);
    CHECK(signature && signature->global_count == 5);
    if (!signature) return;
    const struct global *globals = signature->globals;
    CHECK_TEXT(globals[0].name, "signgam");
    CHECK(globals[0].type.kind == TYPE_SIGNED && globals[0].type.size == 4 &&
          globals[0].count == 1);
    CHECK(globals[1].type.size == sizeof(long));
    CHECK(globals[2].type.kind == TYPE_POINTER && globals[2].count == 2);
    CHECK(globals[3].type.size == 1 && globals[3].count == 12);
    CHECK(globals[4].type.kind == TYPE_POINTER && globals[4].count == 1);
    CHECK(parse_all("f", "int f(int x)", NULL, "none")->global_count == 0);
    CHECK(parse_all("f", "int f(int x)", NULL, "double last")->floating);
    static const char *const bad[][2] = {
        {"signgam", "f:3:1: 'signgam' has no name: write TYPE NAME"},
        {"int", "has no name"},
        {"int a, int a", "is there twice"},
        {"struct tm t", "is a struct"},
        {"int a::b", "is a C++ name"},
        {"int a[70000]", "more than 64 KiB"},
        {"int a, ", "ends too early"},
        {"int a[]", "an array without a size"},
        {"out int a", "has a direction"},
        {"void v", "nothing is void"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct signature *none = parse_all("f", "int f(int x)", NULL, bad[i][0]);
        int good = !none && strstr(messages.text, bad[i][1]);
        if (!good) printf("%s: %s\n", bad[i][0], messages.text);
        CHECK(good);
    }
}

/* Of C++ alone: references are pointers to one. */
static void test_references(void)
{
    expect(show(parse_as("_Z1fRKdRiRd", "int f(const double &x, int &n, out double &y)", NULL)),
           "i4 floating (x:in f8[1], n:inout i4[1], y:out f8[1])");
    expect(show(parse_as("_Z1fRK5smallRc", "int f(const struct small &s, out char &c)", NULL)),
           "i4 (s:in small[1], c:out c1[1])");
    CHECK(!parse_as("_Z1fRPi", "int f(int *&p)", NULL));
    CHECK(strstr(messages.text, "is a reference to a pointer or array") != NULL);
    CHECK(!parse_as("_Z1fOi", "int f(int &&p)", NULL));
    CHECK(strstr(messages.text, "may be moved away") != NULL);
    CHECK(!parse_as("_Z1fRK3foo", "int f(const foo &x)", NULL));
    CHECK(strstr(messages.text, "write 'handle x'") != NULL);
    refuses("int f(const double &x)", NULL, 1, "write 'double x[1]'");
}

/* Prototypes cut off and shuffled: a signature or a report, never neither. */
static void test_garbage(void)
{
    static const char *const words[] = {"int ",    "double ",  "f",        "(",
                                        ")",       "[",        "]",        "*",
                                        ",",       "const ",   "out ",     "handle ",
                                        "string ", "4",        "n",        "struct ",
                                        "tm ",     "...",      "&",        "__attribute__",
                                        "size_t ", "char ",    "\"",       "/*",
                                        "::",      "{",        "}",        "unsigned ",
                                        ";",       "\n",       "void ",    "inout ",
                                        "enum ",   "0x",       "+",        "complex ",
                                        "long ",   "\xff",     "$",        "restrict ",
                                        "malloc ", "wchar_t ", "== ",      "? ",
                                        ": ",      "wstring ", "strings ", "[n == 4 ? 4 : n]"};
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
        records_open(&records, &pool, &scratch, &messages.diagnostics);
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
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    define_records();
    test_types();
    test_declarations();
    test_arrays();
    test_strings();
    test_wide_strings();
    test_alternatives();
    test_gifts();
    test_handles();
    test_records();
    test_returns();
    test_refusals();
    test_many_parameters();
    test_suggestions();
    test_layouts();
    test_definitions();
    test_reads();
    test_addresses();
    test_values();
    test_writes();
    test_references();
    test_nesting();
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    test_garbage();
    pool_release(&pool);
    pool_release(&scratch);
    return check_done("prototype");
}
