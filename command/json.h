/* Writes JSON to stdout: nesting, commas, quoting. Everything goes on one line.
 *
 * `key` is NULL inside arrays and for the outermost value. */
#ifndef MEMO_JSON_H
#define MEMO_JSON_H

#include <stdbool.h>
#include <stdint.h>

void json_object(const char *key);
void json_array(const char *key);
void json_end(void); /* closes the innermost object or array; the outermost adds a newline */

void json_text(const char *key, const char *value); /* NULL gives null */
void json_number(const char *key, int64_t value);
void json_boolean(const char *key, bool value);

#endif
