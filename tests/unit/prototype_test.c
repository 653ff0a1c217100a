/* config/prototype.h: what is understood, type by type and word by word; what is refused; and that
 * no text, however broken, does harm. Exact messages are in tests/config/bad. */
#include "prototypes.h"
#include "random.h"

#include "config/record.h"

#include <stdlib.h>

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

static void test_wide_numbers(void)
{
    MEANS("long double f(const long double x[2], out double complex z[1])",
          "f16 floating (x:in f16[2], z:out z16[1])");
    MEANS("__int128 f(unsigned __int128 x)", "i16 (x:u16)");
    refuses("int f(const int a[n], __int128 n)", NULL, 1, "no integer passed by value");
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
    uint64_t random = 1442695040888963407u;
    int understood = 0;
    for (int round = 0; round < 30000; round++) {
        char text[256] = "int f(";
        size_t count = round % 24;
        for (size_t i = 0; i < count; i++) {
            random_next(&random);
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

int main(void)
{
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    define("struct", "nothing_but_char", "char a");
    define("struct", "small", "unsigned short a, char b");
    records_understand(&records);
    test_declarations();
    test_arrays();
    test_strings();
    test_wide_strings();
    test_alternatives();
    test_gifts();
    test_handles();
    test_returns();
    test_refusals();
    test_many_parameters();
    test_addresses();
    test_wide_numbers();
    test_writes();
    test_references();
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    test_garbage();
    pool_release(&pool);
    pool_release(&scratch);
    return check_done("prototype");
}
