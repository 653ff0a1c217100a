/* What a programmer writes in an hour: a wrapper with one mutex and a uthash table, in which what
 * is found is deleted and added again so that the oldest stands first. */
#include "bench/originals.h"
#include "peers.h"

#include <pthread.h>
#include <stdlib.h>
#include <uthash.h>

enum { RECIPE_MAXSIZE = 1 << 17 };

struct entry {
    double argument, result;
    UT_hash_handle hh;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry *entries;

static void add(double argument, double result)
{
    struct entry *entry;
    if (HASH_COUNT(entries) >= RECIPE_MAXSIZE) {
        entry = entries;
        HASH_DELETE(hh, entries, entry);
    } else if (!(entry = malloc(sizeof(*entry)))) {
        return;
    }
    entry->argument = argument;
    entry->result = result;
    HASH_ADD(hh, entries, argument, sizeof(entry->argument), entry);
}

double recipe(double a)
{
    struct entry *entry;
    double result;
    pthread_mutex_lock(&lock);
    HASH_FIND(hh, entries, &a, sizeof(a), entry);
    if (entry) {
        HASH_DELETE(hh, entries, entry);
        HASH_ADD(hh, entries, argument, sizeof(entry->argument), entry);
        result = entry->result;
    } else {
        result = d1_plain(a);
        add(a, result);
    }
    pthread_mutex_unlock(&lock);
    return result;
}
