// Functions that throw, for the suite call: C names and C++ names.
#pragma once

extern "C" unsigned long throwing_ran();
extern "C" int throws_below_zero(int key);
extern "C" int throws_writing(int first, int *r); // out int r[4]

namespace geo
{
double distance(double a, double b);
}
