/* A map from names to things, for what must stay linear on a config of a megabyte: sections of a
 * file, parameters of a prototype. Names are kept by reference; memory comes from a pool. */
#ifndef MEMO_NAMES_H
#define MEMO_NAMES_H

#include "pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name_slot;

/* Open addressing, at most half full; starts as {.pool = pool}. */
struct names {
    struct pool *pool;
    struct name_slot *slots;
    size_t capacity, count;
};

/* The thing called text[0 .. length), or NULL. */
void *names_find(const struct names *names, const char *text, size_t length);

/* Adds a name that is not there yet; `thing` is not NULL. False when there is no memory. */
bool names_add(struct names *names, const char *text, size_t length, void *thing);

#endif
