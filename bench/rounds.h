/* Alternating rounds: every way makes the same calls in turn. The output is a table that
 * bench/harness.py reads: a line with the ways' names, then one line a round of nanoseconds per
 * call, all divided by tabs. */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

struct way {
    const char *name;
    void (*loop)(const void *arguments, int count);
};

void rounds_header(const struct way *ways, int count);

/* `rounds` lines; a round is `passes` over the `count` arguments, after three passes that are not
 * timed. A round begins with another way each time. */
void rounds_run(const struct way *ways, int way_count, const void *arguments, int count, int passes,
                int rounds);
#endif
