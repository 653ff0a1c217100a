/* Looks pure for its first hundred calls, and is not. */
static long calls;

double drifting(double x, const char *unit)
{
    calls++;
    return x * (unit[0] == 'm' ? 1000 : 1) + (calls > 100 ? (double)calls : 0);
}

double steady(double x)
{
    return x * x;
}
