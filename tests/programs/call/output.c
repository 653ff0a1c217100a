/* Output arrays, and arrays that are read and written. */
#include "call/functions.h"

void polar(double x, double y, double *r, double *phi)
{
    ran++;
    if (r) *r = x * x + y * y;
    if (phi) *phi = x == 0 ? 0 : y / x;
}
ALSO_DIRECT(polar);

/* Writes nothing when it fails; the rest first, which shows where both are one. */
int divide(int a, int b, int *quotient, int *rest)
{
    ran++;
    if (b == 0 || (b == -1 && a < 0)) return -1;
    *rest = a % b;
    *quotient = a / b;
    return 0;
}
ALSO_DIRECT(divide);

/* Writes the first `length` of 16 bytes. */
void prefix(int length, unsigned char *r)
{
    ran++;
    for (int i = 0; i < length; i++)
        r[i] = (unsigned char)(length * 37 + i * 11);
}
ALSO_DIRECT(prefix);

void fill(short value, short *r, unsigned n)
{
    ran++;
    if (!r || n > 1000000) return;
    for (unsigned i = 0; i < n; i++)
        r[i] = (short)(value + (short)i);
}
ALSO_DIRECT(fill);

void step(unsigned long state[2])
{
    ran++;
    state[0] = state[0] * 6364136223846793005u + 1442695040888963407u;
    state[1] ^= state[0] >> 32;
}
ALSO_DIRECT(step);

/* Writes the first word only: the second stays what it was. */
void step_word(unsigned long state[2])
{
    ran++;
    if (state) state[0] = state[0] * 3 + state[1];
}
ALSO_DIRECT(step_word);

void order(int *v, int n)
{
    ran++;
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && v[j - 1] > v[j]; j--) {
            int swapped = v[j];
            v[j] = v[j - 1];
            v[j - 1] = swapped;
        }
}
ALSO_DIRECT(order);

void scale(const double v[3], double factor, double r[3])
{
    ran++;
    for (int i = 0; i < 3; i++)
        r[i] = v[i] * factor;
}
ALSO_DIRECT(scale);

/* Never looks behind its pointer: a wrong count must do no harm. */
int nothing_read(int n, int *v)
{
    (void)v;
    ran++;
    return n;
}
ALSO_DIRECT(nothing_read);
