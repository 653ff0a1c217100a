/* config/type.h: every spelling of a type that is no struct, against what the compiler says. */
#include "prototypes.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

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

int main(void)
{
    records_open(&records, &pool, &scratch, &messages.diagnostics);
    test_types();
    pool_release(&pool);
    pool_release(&scratch);
    return check_done("type");
}
