/* drive COUNT: runs the generated drivers with so many sets of arguments each. */
#include "examples/note.h"

#include <stdlib.h>

extern void (*const drivers[])(unsigned);

/* What a library wants before its functions are called; drive_gsl.c has one. */
void __attribute__((weak)) drive_prepare(void) {}

int main(int argc, char **argv)
{
    unsigned count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 1;
    drive_prepare();
    for (size_t i = 0; drivers[i]; i++)
        for (unsigned number = 0; number < count; number++)
            drivers[i](number);
    return 0;
}
