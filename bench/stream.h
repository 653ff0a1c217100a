/* Arguments of which a given share was used before. */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

#include <stdint.h>

struct stream {
    uint64_t random, fresh; /* state; begin with {1, 0} */
    int keys;               /* how many there are to come back to, below 10,000 */
    int percent;            /* how many in 100 come back */
};

void stream_fill(struct stream *self, double *arguments, int count);
#endif
