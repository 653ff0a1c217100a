/* What a call gives away or leaves alone: strings for the caller to free, fields that it does not
 * write, buffers whose length another argument chooses. */
#include "call/functions.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* -1, and nothing written, where there is a digit in the text. */
int shout(const char *text, char **output, long *length)
{
    ran++;
    if (strpbrk(text, "0123456789")) return -1;
    char *loud = *text ? strdup(text) : NULL;
    for (char *at = loud; at && *at; at++)
        *at = (char)toupper((unsigned char)*at);
    if (length) *length = (long)strlen(text);
    if (output)
        *output = loud;
    else
        free(loud);
    return loud != NULL;
}
ALSO_DIRECT(shout);

int widen(const char *text, wchar_t **output)
{
    size_t length = strlen(text);
    ran++;
    wchar_t *wide = malloc((length + 1) * sizeof *wide);
    if (!wide) return -1;
    for (size_t i = 0; i <= length; i++)
        wide[i] = text[i] ? (wchar_t)((unsigned char)text[i] << 8) : 0;
    *output = wide;
    return (int)length;
}
ALSO_DIRECT(widen);

/* Bytes for outputs: with them one call in 20 is made twice to see whether they were written. */
char *checked_copy(const char *text, char **copy, unsigned char *sum)
{
    ran++;
    memset(sum, (unsigned char)*text, 16);
    *copy = strdup(text);
    return strdup(text);
}
ALSO_DIRECT(checked_copy);

static int length_of(int family)
{
    return family == 2 ? 4 : family == 10 ? 16 : 0;
}

/* -1, and nothing read, where the family is neither. */
long address_sum(int family, const unsigned char *address)
{
    long sum = 0;
    ran++;
    if (length_of(family) == 0) return -1;
    for (int i = 0; i < length_of(family); i++)
        sum = sum * 7 + address[i];
    return sum;
}
ALSO_DIRECT(address_sum);

int address_make(int family, unsigned seed, unsigned char *address)
{
    ran++;
    for (int i = 0; i < length_of(family); i++)
        address[i] = (unsigned char)(seed += 77);
    return length_of(family);
}
ALSO_DIRECT(address_make);

/* `mode` is of one byte and -1 means `n` of them; else 3, or 1 where it is 5. */
long chosen_sum(signed char mode, const short *v, unsigned short n)
{
    long sum = 0;
    ran++;
    for (int i = 0; i < (mode == -1 ? n : mode == 5 ? 1 : 3); i++)
        sum = sum * 7 + v[i];
    return sum;
}
ALSO_DIRECT(chosen_sum);

/* As crypt_r: the struct holds much more than what is written, and nothing of it decides. What
 * comes behind the text in `output` is left alone or not, as the text has it. */
char *engrave(const char *text, struct slab *slab)
{
    size_t length = strlen(text);
    ran++;
    if (slab->begun != 1) return NULL;
    if (*text == 'z') memset(slab->output, 0, sizeof slab->output);
    if (*text == 'g') memset(slab->output, 0x80, sizeof slab->output);
    if (*text == '?') return slab->output;
    snprintf(slab->output, sizeof slab->output, "%s", text);
    memset(slab->dust, *text, length * 3);
    if (length % 2) slab->length = length;
    for (size_t i = 0; i < length; i += 2)
        slab->marks[i] = (short)(length + i);
    return slab->output;
}
ALSO_DIRECT(engrave);

/* A member of the union, which is all of it where `kind` is 0. */
static void tag(int kind, struct tagged *tagged)
{
    ran++;
    tagged->kind = kind;
    if (kind == 0)
        memset(&tagged->as, 0xa5, sizeof tagged->as);
    else if (kind % 2)
        tagged->as.real = kind;
    else
        tagged->as.whole[kind % 6] = kind;
}

void tag_all(int kind, struct tagged *tagged)
{
    tag(kind, tagged);
}
ALSO_DIRECT(tag_all);

void tag_fields(int kind, struct tagged *tagged)
{
    tag(kind, tagged);
}
ALSO_DIRECT(tag_fields);
