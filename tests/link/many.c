#include "many.h"

#define DEFINE(number)                                                                             \
    double many_##number(double x)                                                                 \
    {                                                                                              \
        return x + 1##number;                                                                      \
    }
MANY_ALL(DEFINE)
