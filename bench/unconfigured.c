/* unconfigured ROUNDS: calls of functions that no config names: an empty one and two of libm. */
#include "arguments.h"
#include "clock.h"
#include "loops.h"
#include "originals.h"
#include "rounds.h"

#include <stdlib.h>

LOOP_DOUBLE(d1_empty)
LOOP_DOUBLE(exp_plain)
LOOP_DOUBLE(sin_plain)

static const struct way ways[] = {
    {"empty", loop_d1_empty}, {"exp", loop_exp_plain}, {"sin", loop_sin_plain}};

int main(int argc, char **argv)
{
    if (argc != 2 || !pin(0)) return 2;
    rounds_run(ways, 3, draws_of_doubles(256, 2048), 2048, 50, atoi(argv[1]));
    return 0;
}
