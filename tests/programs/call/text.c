/* Strings, input arrays, output text. */
#include "call/functions.h"

#include <stdio.h>
#include <string.h>

static unsigned long digest(const char *s)
{
    unsigned long sum = 14695981039346656037u;
    for (; *s; s++)
        sum = (sum ^ (unsigned char)*s) * 1099511628211u;
    return sum;
}

unsigned long digest_text(const char *s)
{
    ran++;
    return s ? digest(s) : 1;
}
ALSO_DIRECT(digest_text);

unsigned long digest_two(const char *s, int between, const char *t)
{
    ran++;
    return (s ? digest(s) : 1) * 31 + (t ? digest(t) : 2) * 17 + (unsigned long)between;
}
ALSO_DIRECT(digest_two);

enum { MOST = 100000 }; /* more elements than any test has: a count to be refused, not followed */

long sum_after(const int *v, size_t n)
{
    long sum = 0;
    ran++;
    if (!v || n > MOST) return -(long)(n % 1000) - 1;
    for (size_t i = 0; i < n; i++)
        sum = sum * 3 + v[i];
    return sum;
}
ALSO_DIRECT(sum_after);

long sum_before(int n, const int *v)
{
    long sum = 0;
    ran++;
    if (!v || n < 0 || n > MOST) return -5;
    for (int i = 0; i < n; i++)
        sum = sum * 3 + v[i];
    return sum;
}
ALSO_DIRECT(sum_before);

long sum_bytes(const unsigned char *v, uint8_t n)
{
    long sum = 7;
    ran++;
    for (int i = 0; v && i < n; i++)
        sum = sum * 3 + v[i];
    return sum;
}
ALSO_DIRECT(sum_bytes);

double sum_doubles(const double *v, long n)
{
    double sum = 0;
    ran++;
    if (!v || n < 0 || n > MOST) return -7;
    for (long i = 0; i < n; i++)
        sum += v[i];
    return sum;
}
ALSO_DIRECT(sum_doubles);

double norm(const double v[3])
{
    ran++;
    return v ? v[0] * v[0] + v[1] * v[1] + v[2] * v[2] : -1;
}
ALSO_DIRECT(norm);

double determinant(const double m[2][2])
{
    ran++;
    return m[0][0] * m[1][1] - m[0][1] * m[1][0];
}
ALSO_DIRECT(determinant);

int label(int code, char *s, size_t n)
{
    ran++;
    return snprintf(s, n, "code %d is %s", code, code % 2 ? "odd" : "even");
}
ALSO_DIRECT(label);

/* As strncpy, without its padding: no NUL where `from` has n bytes or more. */
void pad(const char *from, char *s, int n)
{
    ran++;
    for (int i = 0; i < n; i++)
        if (!(s[i] = from[i])) return;
}
ALSO_DIRECT(pad);
