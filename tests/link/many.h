/* Many functions, so that many references are given back at once. */
#ifndef MANY_H
#define MANY_H

#define MANY 64

#define MANY_ROW(row, x)                                                                           \
    x(row##0) x(row##1) x(row##2) x(row##3) x(row##4) x(row##5) x(row##6) x(row##7)
#define MANY_ALL(x)                                                                                \
    MANY_ROW(0, x)                                                                                 \
    MANY_ROW(1, x) MANY_ROW(2, x) MANY_ROW(3, x) MANY_ROW(4, x) MANY_ROW(5, x) MANY_ROW(6, x)      \
        MANY_ROW(7, x)

#define MANY_DECLARE(number) double many_##number(double x);
MANY_ALL(MANY_DECLARE)

#endif
