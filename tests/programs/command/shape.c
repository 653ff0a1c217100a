/* A library with a function of each reach: exported, called through the PLT or directly, hidden. */
double area(double width, double height);
double volume(double width, double height, double depth);
double inner(double x);

__attribute__((visibility("hidden"), noinline)) double inner(double x)
{
    return x * 2;
}

double area(double width, double height)
{
    return inner(width * height) / 2;
}

double volume(double width, double height, double depth)
{
    return area(width, height) * depth;
}
