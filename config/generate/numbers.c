#include "config/generate/numbers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All texts, each once, one behind the other. The first byte is nobody's: offset 0 is NULL. */
static char texts[1 << 20];
static size_t texts_end = 1;

void print_text(const char *text)
{
    size_t at = 1, length = text ? strlen(text) + 1 : 0;
    while (text && at < texts_end && strcmp(texts + at, text) != 0)
        at += strlen(texts + at) + 1;
    if (text && at == texts_end) {
        if (texts_end + length > sizeof texts) exit(1);
        memcpy(texts + at, text, length);
        texts_end += length;
    }
    printf("TEXT(%zu)", text ? at : 0);
}

void print_texts(void)
{
    printf("\nconst char catalogue_text[] = \"");
    for (size_t i = 0; i < texts_end; i++) {
        if (texts[i] == '"' || texts[i] == '\\') putchar('\\');
        if (texts[i])
            putchar(texts[i]);
        else
            printf("\\0\"\n    \"");
    }
    printf("\";\n");
}

/* The structs that types and parameters name, each once. */
static char records[200][64];
static size_t records_end = 1;

void print_record(const char *name)
{
    size_t at = 1;
    while (at < records_end && strcmp(records[at], name) != 0)
        at++;
    if (at == sizeof records / sizeof *records) exit(1);
    if (at == records_end) snprintf(records[records_end++], sizeof *records, "%s", name);
    printf("FIRST(struct record, %zu)", at);
}

void print_records(void)
{
    printf("\nconst struct record *const catalogue_records[] = {NULL");
    for (size_t i = 1; i < records_end; i++)
        printf(", &%s", records[i]);
    printf("};\n");
}
