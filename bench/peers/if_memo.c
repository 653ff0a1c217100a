/* In the manner of If-memo, from its published description (Suresh, Narasimha Swamy, Rohou, Seznec:
 * Intercepting Functions for Memoization, ACM TACO 12(2), 2015): a direct-mapped table of 64k
 * entries, indexed by folding the argument's halves onto each other by XOR, twice; the argument is
 * the tag; no lock, no statistics, no bound on the harm. */
#include "bench/originals.h"
#include "peers.h"

#include <stdint.h>
#include <string.h>

/* Zeros are the argument 0.0, which belongs into entry 0 alone: that one starts with another's. */
static struct entry {
    uint64_t argument;
    double result;
} table[1 << 16] = {{.argument = 1}};

double if_memo(double a)
{
    uint64_t bits, fold;
    memcpy(&bits, &a, sizeof(bits));
    fold = bits ^ bits >> 32;
    fold ^= fold >> 16;
    struct entry *entry = &table[fold & 0xffff];
    if (entry->argument != bits) {
        entry->result = d1_plain(a);
        entry->argument = bits;
    }
    return entry->result;
}
