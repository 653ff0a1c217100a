/* config/record.h and config/records.h: structs and unions, those of libc and those that a config
 * defines: how they are laid out, what is refused, and where a prototype may name them. */
#include "prototypes.h"

#include "config/record.h"

#include <netdb.h>
#include <stddef.h>
#include <sys/time.h>
#include <time.h>
#include <wchar.h>

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

static void test_values(void)
{
    MEANS("struct mixed f(struct small s, union either u)", "mixed floating (s:small, u:either)");
    MEANS("struct tm f(struct tm a)", "tm (a:tm)");
    MEANS("div_t f(int a, int b)", "div_t (a:i4, b:i4)");
    MEANS("void f(out struct nested n[2], struct strings *s)",
          "v0 (n:out nested[2], s:inout strings[1])");
    refuses("int f(out struct mixed m)", NULL, 1, "is passed by value and cannot be written");
}

int main(void)
{
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    define_records();
    test_records();
    test_layouts();
    test_definitions();
    test_reads();
    test_values();
    test_nesting();
    pool_release(&pool);
    pool_release(&scratch);
    return check_done("record");
}
