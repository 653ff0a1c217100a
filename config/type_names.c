/* Typedefs of <stdint.h>, <stddef.h>, <time.h>, <sys/types.h>, <sys/time.h> and the few of
 * <wchar.h>, <uchar.h>, <math.h>, <sys/socket.h> and <netinet/in.h> that are plain numbers too, and
 * the structs without a tag that div() and its like return. Others that are pointers or structs on
 * this machine are left out: their users write `handle` or the struct. */
#include "type_names.h"

#include "record.h"
#include "text.h"
#include "type.h"

#include <inttypes.h>
#include <math.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <uchar.h>
#include <wchar.h>
#include <wctype.h>

/* clang-format off */
#define INTEGER(c_type) { #c_type, TYPE_OF_INTEGER(c_type) }
#define RECORD(c_type) { #c_type, TYPE_OF_RECORD(c_type, record_##c_type) }
#define FLOATING(c_type) { #c_type, TYPE_OF_FLOAT(c_type) }

static const struct {
    const char *name;
    struct type type;
} names[] = {
    INTEGER(int8_t), INTEGER(int16_t), INTEGER(int32_t), INTEGER(int64_t),
    INTEGER(uint8_t), INTEGER(uint16_t), INTEGER(uint32_t), INTEGER(uint64_t),
    INTEGER(int_least8_t), INTEGER(int_least16_t), INTEGER(int_least32_t), INTEGER(int_least64_t),
    INTEGER(uint_least8_t), INTEGER(uint_least16_t), INTEGER(uint_least32_t),
    INTEGER(uint_least64_t),
    INTEGER(int_fast8_t), INTEGER(int_fast16_t), INTEGER(int_fast32_t), INTEGER(int_fast64_t),
    INTEGER(uint_fast8_t), INTEGER(uint_fast16_t), INTEGER(uint_fast32_t), INTEGER(uint_fast64_t),
    INTEGER(intptr_t), INTEGER(uintptr_t), INTEGER(intmax_t), INTEGER(uintmax_t),
    INTEGER(size_t), INTEGER(ssize_t), INTEGER(ptrdiff_t),
    INTEGER(wchar_t), INTEGER(wint_t), INTEGER(char16_t), INTEGER(char32_t),
    INTEGER(time_t), INTEGER(clock_t), INTEGER(clockid_t), INTEGER(suseconds_t),
    INTEGER(useconds_t),
    INTEGER(off_t), INTEGER(off64_t), INTEGER(loff_t),
    INTEGER(mode_t), INTEGER(pid_t), INTEGER(uid_t), INTEGER(gid_t), INTEGER(id_t),
    INTEGER(dev_t), INTEGER(ino_t), INTEGER(ino64_t), INTEGER(nlink_t), INTEGER(key_t),
    INTEGER(daddr_t), INTEGER(wctype_t), INTEGER(blksize_t), INTEGER(blkcnt_t), INTEGER(blkcnt64_t),
    INTEGER(fsblkcnt_t), INTEGER(fsblkcnt64_t), INTEGER(fsfilcnt_t), INTEGER(fsfilcnt64_t),
    INTEGER(register_t), INTEGER(pthread_t), INTEGER(pthread_key_t), INTEGER(pthread_once_t),
    INTEGER(socklen_t), INTEGER(sa_family_t), INTEGER(in_addr_t), INTEGER(in_port_t),
    INTEGER(ushort), INTEGER(uint), INTEGER(ulong), INTEGER(quad_t), INTEGER(u_quad_t),
    INTEGER(u_char), INTEGER(u_short), INTEGER(u_int), INTEGER(u_long),
    INTEGER(u_int8_t), INTEGER(u_int16_t), INTEGER(u_int32_t), INTEGER(u_int64_t),
    INTEGER(__int8_t), INTEGER(__int16_t), INTEGER(__int32_t), INTEGER(__int64_t),
    INTEGER(__uint8_t), INTEGER(__uint16_t), INTEGER(__uint32_t), INTEGER(__uint64_t),
    INTEGER(__time_t), INTEGER(__clock_t), INTEGER(__suseconds_t), INTEGER(__off_t),
    INTEGER(__off64_t), INTEGER(__ssize_t),
    INTEGER(__int128_t), INTEGER(__uint128_t),
    RECORD(div_t), RECORD(ldiv_t), RECORD(lldiv_t), RECORD(imaxdiv_t),
    FLOATING(float_t), FLOATING(double_t),
    /* C23 and TS 18661-3 names, as glibc's headers use them; not types of their own in C++. */
    { "_Float32", TYPE_OF_FLOAT(float) }, { "_Float64", TYPE_OF_FLOAT(double) },
    { "_Float32x", TYPE_OF_FLOAT(double) }, { "_Float64x", TYPE_OF_FLOAT(long double) },
};
/* clang-format on */

#define NAME_COUNT (sizeof names / sizeof *names)

const struct type *type_named(const char *text, size_t length)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        if (text_is(text, length, names[i].name)) return &names[i].type;
    return NULL;
}

void type_names_offer(struct suggestion *suggestion)
{
    for (size_t i = 0; i < NAME_COUNT; i++)
        suggest_offer(suggestion, names[i].name, strlen(names[i].name));
}
