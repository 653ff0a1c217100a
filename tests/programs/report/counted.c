#include "report/counted.h"

long twice(long key)
{
    return key * 2;
}
