#include "stream.h"
#include "arguments.h"

void stream_fill(struct stream *self, double *arguments, int count)
{
    for (int i = 0; i < count; i++) {
        uint64_t random = random_next(&self->random);
        if (random % 100 < (unsigned)self->percent)
            arguments[i] = key_double((random >> 16) % (unsigned)self->keys);
        else
            arguments[i] = 2000.0 + (double)self->fresh++ * 0x1.9e3779b97f4a8p-10;
    }
}
