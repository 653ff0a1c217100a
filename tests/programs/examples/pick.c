#include "examples/pick.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static uint64_t state;

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
static uint64_t bits(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static double between(double low, double high)
{
    return low + (high - low) * (double)(bits() >> 11) * 0x1p-53;
}

void pick_seed(const char *symbol, unsigned number)
{
    state = number;
    for (; *symbol; symbol++)
        state = state * 1099511628211u + (unsigned char)*symbol;
}

/* Julian dates come in two parts, whose names end in 1 and 2. */
double pick_double(const char *name)
{
    static const double specials[] = {0.0, -0.0, 1.0, -1.0, 0.5, 1e-310, INFINITY, NAN};
    size_t length = strlen(name);
    uint64_t kind = bits() % 20;
    if (kind < 12 && length > 2 && name[length - 1] == '1') return 2400000.5;
    if (kind < 12 && length > 2 && name[length - 1] == '2') return between(40000, 60000);
    if (kind < 8) return between(-3, 3);
    if (kind < 13) return between(0, 1);
    if (kind < 15) return between(-50, 50);
    if (kind < 17) return (double)(int)(bits() % 16) / 2;
    if (kind < 19) return between(1, 2000);
    return specials[bits() % 8];
}

int pick_integer(const char *name)
{
    uint64_t kind = bits() % 10;
    if (strcmp(name, "iy") == 0) return 1955 + (int)(bits() % 80);
    if (kind < 7) return (int)(bits() % 9);
    if (kind < 9) return (int)(bits() % 24) - 3;
    return (int)(bits() % 60);
}

int pick_count(const char *name)
{
    (void)name;
    return (int)(bits() % 9);
}

char pick_sign(const char *name)
{
    (void)name;
    return bits() % 2 ? '-' : '+';
}

const char *pick_word(void)
{
    static const char *const words[] = {"UTC", "TAI", "R", "A", "H", ""};
    return words[bits() % 6];
}

void pick_fill_with(void *memory, size_t size, enum pick_kind kind)
{
    for (size_t at = 0; at < size;) {
        double number = pick_double("");
        int integer = pick_integer("");
        const void *from = kind == pick_double_kind ? (const void *)&number : &integer;
        size_t unit = kind == pick_double_kind    ? sizeof number
                      : kind == pick_integer_kind ? sizeof integer
                                                  : 1;
        if (unit > size - at) unit = size - at;
        memcpy((char *)memory + at, from, unit);
        at += unit;
    }
}
