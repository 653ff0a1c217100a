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

/* Looks pure to who asks once: the answers to the same question count up. */
double counting(double x, const char *unit)
{
    static double answers;
    return x + (unit[0] == 'm') + (answers += 100);
}
