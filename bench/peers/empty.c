/* A library that does nothing: what preloading costs by itself. */
extern const int bench_empty;
const int bench_empty = 0;
