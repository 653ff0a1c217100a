#include "call/throwing.h"

#include <atomic>
#include <stdexcept>
#include <string>

static std::atomic<unsigned long> ran;

unsigned long throwing_ran()
{
    return ran;
}

int throws_below_zero(int key)
{
    ran++;
    if (key < 0) throw std::out_of_range("key " + std::to_string(key));
    return key * 13;
}

int throws_writing(int first, int *r)
{
    ran++;
    for (int i = 0; i < 4; i++) {
        if (i == first) throw first;
        r[i] = 100 * first + i;
    }
    return 0;
}

double geo::distance(double a, double b)
{
    ran++;
    if (a > b) throw a - b;
    return b - a;
}
