#include "record.h"

#include "text.h"
#include "type.h"

#include <sys/time.h>
#include <time.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One field; its kind, size and place come from the compiler. */
#define INTEGER_FIELD(record_type, field)                                                          \
    {                                                                                              \
        .name = #field, .offset = offsetof(record_type, field), .count = 1,                        \
        .type = TYPE_OF_INTEGER(__typeof__(((record_type *)0)->field))                             \
    }

#define RECORD(tag, table)                                                                         \
    {                                                                                              \
        .name = #tag, .size = sizeof(struct tag), .alignment = _Alignof(struct tag),               \
        .field_count = COUNT(table), .fields = table                                               \
    }

static const struct field tm_fields[] = {
    INTEGER_FIELD(struct tm, tm_sec),
    INTEGER_FIELD(struct tm, tm_min),
    INTEGER_FIELD(struct tm, tm_hour),
    INTEGER_FIELD(struct tm, tm_mday),
    INTEGER_FIELD(struct tm, tm_mon),
    INTEGER_FIELD(struct tm, tm_year),
    INTEGER_FIELD(struct tm, tm_wday),
    INTEGER_FIELD(struct tm, tm_yday),
    INTEGER_FIELD(struct tm, tm_isdst),
    INTEGER_FIELD(struct tm, tm_gmtoff),
    /* Never followed: its address is in the key, and as it is in the value (DESIGN 5). */
    {.name = "tm_zone",
     .offset = offsetof(struct tm, tm_zone),
     .count = 1,
     .type = {TYPE_POINTER, sizeof(char *), _Alignof(char *), NULL}},
};

static const struct field timespec_fields[] = {
    INTEGER_FIELD(struct timespec, tv_sec),
    INTEGER_FIELD(struct timespec, tv_nsec),
};

static const struct field timeval_fields[] = {
    INTEGER_FIELD(struct timeval, tv_sec),
    INTEGER_FIELD(struct timeval, tv_usec),
};

const struct record record_tm = RECORD(tm, tm_fields);
const struct record record_timespec = RECORD(timespec, timespec_fields);
const struct record record_timeval = RECORD(timeval, timeval_fields);

const struct record *record_number(size_t number)
{
    static const struct record *const records[] = {&record_tm, &record_timespec, &record_timeval};
    return number < COUNT(records) ? records[number] : NULL;
}

const struct record *record_find(const char *tag, size_t length)
{
    const struct record *record;
    for (size_t i = 0; (record = record_number(i)); i++)
        if (text_is(tag, length, record->name)) return record;
    return NULL;
}
