/* A program that knows nothing of libmemo: 1,000 calls of tgamma with 5 arguments, a line on each
 * stream, which descriptor is the next free one, and an exit status of its own. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    volatile double sum = 0;
    for (int i = 0; i < 1000; i++)
        sum += tgamma(1.5 + i % 5);
    printf("sum %.17g, next descriptor %d\n", sum, dup(STDIN_FILENO));
    fprintf(stderr, "the program's own line\n");
    return 7;
}
