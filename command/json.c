#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define JSON_DEPTH 16

static struct {
    char closer;
    bool filled;
} levels[JSON_DEPTH];

static int depth;

/* Bytes above 0x7f pass as they are: paths and config text are taken to be UTF-8. */
static void json_quote(const char *text)
{
    putchar('"');
    for (const unsigned char *byte = (const unsigned char *)text; *byte; byte++) {
        if (*byte == '"' || *byte == '\\') {
            printf("\\%c", *byte);
        } else if (*byte < 0x20) {
            printf("\\u%04x", *byte);
        } else {
            putchar(*byte);
        }
    }
    putchar('"');
}

static void json_key(const char *key)
{
    if (depth > 0 && levels[depth - 1].filled) putchar(',');
    if (depth > 0) levels[depth - 1].filled = true;
    if (!key) return;
    json_quote(key);
    putchar(':');
}

static void json_open(const char *key, char opener, char closer)
{
    json_key(key);
    putchar(opener);
    if (depth == JSON_DEPTH) abort();
    levels[depth].closer = closer;
    levels[depth++].filled = false;
}

void json_object(const char *key)
{
    json_open(key, '{', '}');
}

void json_array(const char *key)
{
    json_open(key, '[', ']');
}

void json_end(void)
{
    putchar(levels[--depth].closer);
    if (depth == 0) putchar('\n');
}

void json_text(const char *key, const char *value)
{
    json_key(key);
    if (value) {
        json_quote(value);
    } else {
        fputs("null", stdout);
    }
}

void json_number(const char *key, int64_t value)
{
    json_key(key);
    printf("%" PRId64, value);
}

void json_boolean(const char *key, bool value)
{
    json_key(key);
    fputs(value ? "true" : "false", stdout);
}
