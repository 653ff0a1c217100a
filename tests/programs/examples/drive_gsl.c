/* Of GSL: an error handler whose every call is seen. After an error some functions return what
 * happened to be on the stack. */
#include "examples/note.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

void drive_prepare(void);

static void handler(const char *reason, const char *file, int line, int error)
{
    (void)file;
    printf("\nhandler: %s, %d, error %d", reason, line, error);
    note_undefined();
}

void drive_prepare(void)
{
    gsl_set_error_handler(handler);
}
