#include "record.h"

#include "text.h"
#include "type.h"

#include <grp.h>
#include <inttypes.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* clang-format off */
#define RECORD_OF(text, c_type, table)                                                             \
    { text, sizeof(c_type), _Alignof(c_type), COUNT(table), table, false }
#define RECORD_FIELD(c_type, field, inner, record)                                                 \
    FIELD_OF(c_type, field, TYPE_OF_RECORD(inner, record), FIELD_DATA)
/* clang-format on */

static const struct field tm_fields[] = {
    FIELD_INTEGER(struct tm, tm_sec),
    FIELD_INTEGER(struct tm, tm_min),
    FIELD_INTEGER(struct tm, tm_hour),
    FIELD_INTEGER(struct tm, tm_mday),
    FIELD_INTEGER(struct tm, tm_mon),
    FIELD_INTEGER(struct tm, tm_year),
    FIELD_INTEGER(struct tm, tm_wday),
    FIELD_INTEGER(struct tm, tm_yday),
    FIELD_INTEGER(struct tm, tm_isdst),
    FIELD_INTEGER(struct tm, tm_gmtoff),
    /* Never followed: its address is in the key, and as it is in the value (DESIGN 5). */
    FIELD_POINTER(struct tm, tm_zone),
};
const struct record record_tm = RECORD_OF("tm", struct tm, tm_fields);

static const struct field timespec_fields[] = {
    FIELD_INTEGER(struct timespec, tv_sec),
    FIELD_INTEGER(struct timespec, tv_nsec),
};
const struct record record_timespec = RECORD_OF("timespec", struct timespec, timespec_fields);

static const struct field timeval_fields[] = {
    FIELD_INTEGER(struct timeval, tv_sec),
    FIELD_INTEGER(struct timeval, tv_usec),
};
const struct record record_timeval = RECORD_OF("timeval", struct timeval, timeval_fields);

static const struct field timezone_fields[] = {
    FIELD_INTEGER(struct timezone, tz_minuteswest),
    FIELD_INTEGER(struct timezone, tz_dsttime),
};
const struct record record_timezone = RECORD_OF("timezone", struct timezone, timezone_fields);

static const struct field itimerspec_fields[] = {
    RECORD_FIELD(struct itimerspec, it_interval, struct timespec, record_timespec),
    RECORD_FIELD(struct itimerspec, it_value, struct timespec, record_timespec),
};
const struct record record_itimerspec =
    RECORD_OF("itimerspec", struct itimerspec, itimerspec_fields);

static const struct field itimerval_fields[] = {
    RECORD_FIELD(struct itimerval, it_interval, struct timeval, record_timeval),
    RECORD_FIELD(struct itimerval, it_value, struct timeval, record_timeval),
};
const struct record record_itimerval = RECORD_OF("itimerval", struct itimerval, itimerval_fields);

static const struct field passwd_fields[] = {
    FIELD_TEXT(struct passwd, pw_name),   FIELD_TEXT(struct passwd, pw_passwd),
    FIELD_INTEGER(struct passwd, pw_uid), FIELD_INTEGER(struct passwd, pw_gid),
    FIELD_TEXT(struct passwd, pw_gecos),  FIELD_TEXT(struct passwd, pw_dir),
    FIELD_TEXT(struct passwd, pw_shell),
};
const struct record record_passwd = RECORD_OF("passwd", struct passwd, passwd_fields);

static const struct field group_fields[] = {
    FIELD_TEXT(struct group, gr_name),
    FIELD_TEXT(struct group, gr_passwd),
    FIELD_INTEGER(struct group, gr_gid),
    FIELD_LIST(struct group, gr_mem),
};
const struct record record_group = RECORD_OF("group", struct group, group_fields);

static const struct field servent_fields[] = {
    FIELD_TEXT(struct servent, s_name),
    FIELD_LIST(struct servent, s_aliases),
    FIELD_INTEGER(struct servent, s_port),
    FIELD_TEXT(struct servent, s_proto),
};
const struct record record_servent = RECORD_OF("servent", struct servent, servent_fields);

static const struct field protoent_fields[] = {
    FIELD_TEXT(struct protoent, p_name),
    FIELD_LIST(struct protoent, p_aliases),
    FIELD_INTEGER(struct protoent, p_proto),
};
const struct record record_protoent = RECORD_OF("protoent", struct protoent, protoent_fields);

static const struct field netent_fields[] = {
    FIELD_TEXT(struct netent, n_name),
    FIELD_LIST(struct netent, n_aliases),
    FIELD_INTEGER(struct netent, n_addrtype),
    FIELD_INTEGER(struct netent, n_net),
};
const struct record record_netent = RECORD_OF("netent", struct netent, netent_fields);

static const struct field in_addr_fields[] = {FIELD_INTEGER(struct in_addr, s_addr)};
const struct record record_in_addr = RECORD_OF("in_addr", struct in_addr, in_addr_fields);

static const struct field in6_addr_fields[] = {
    {"s6_addr", TYPE_OF_INTEGER(uint8_t), 0, sizeof(struct in6_addr), FIELD_DATA, false},
};
const struct record record_in6_addr = RECORD_OF("in6_addr", struct in6_addr, in6_addr_fields);

#define DIVISION(c_type)                                                                           \
    static const struct field c_type##_fields[] = {FIELD_INTEGER(c_type, quot),                    \
                                                   FIELD_INTEGER(c_type, rem)};                    \
    const struct record record_##c_type = RECORD_OF(#c_type, c_type, c_type##_fields)

DIVISION(div_t);
DIVISION(ldiv_t);
DIVISION(lldiv_t);
DIVISION(imaxdiv_t);

const struct record *record_number(size_t number)
{
    static const struct record *const records[] = {
        &record_tm,        &record_timespec, &record_timeval, &record_timezone, &record_itimerspec,
        &record_itimerval, &record_passwd,   &record_group,   &record_servent,  &record_protoent,
        &record_netent,    &record_in_addr,  &record_in6_addr};
    return number < COUNT(records) ? records[number] : NULL;
}

const struct record *record_find(const char *tag, size_t length)
{
    const struct record *record;
    for (size_t i = 0; (record = record_number(i)); i++)
        if (text_is(tag, length, record->name)) return record;
    return NULL;
}

const char *record_refusal(const char *tag, size_t length)
{
    static const struct {
        const char *tag, *reason;
    } refused[] = {
        {"hostent", "lists of addresses and strings"},
        {"addrinfo", "a chain of structs"},
        {"lconv", "strings of the locale's own"},
        {"stat", "what changes without a call of this program"},
        {"dirent", "a name of any length"},
    };
    for (size_t i = 0; i < COUNT(refused); i++)
        if (text_is(tag, length, refused[i].tag)) return refused[i].reason;
    return NULL;
}

bool record_has_string(const struct record *record)
{
    for (uint32_t i = 0; i < record->field_count; i++) {
        const struct field *field = &record->fields[i];
        if (field->kind != FIELD_DATA) return true;
        if (field->type.kind == TYPE_RECORD && record_has_string(field->type.record)) return true;
    }
    return false;
}
