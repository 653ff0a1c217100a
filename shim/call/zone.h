/* Whether the program's time zone is one offset for ever: only then is mktime() a function of its
 * argument. Reads TZ and the zone's file as glibc does (tzset(3), RFC 8536); opens and closes one
 * descriptor, preserves errno. When in doubt the answer is no. */
#ifndef MEMO_ZONE_H
#define MEMO_ZONE_H

#include <stdbool.h>
#include <stddef.h>

bool zone_is_fixed(void);

/* Whether an strftime format has a conversion among `letters`, in any of glibc's spellings. */
bool zone_format_has(const char *format, size_t size, const char *letters);

#endif
