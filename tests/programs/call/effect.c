/* Effects beside results: errno and the floating-point flags. */
#include "call/functions.h"

#include <errno.h>
#include <fenv.h>

static int change_errno(int error, int mode)
{
    int before = errno;
    ran++;
    switch (mode) {
    case ERRNO_SET:
        errno = error;
        break;
    case ERRNO_ZERO:
        errno = 0;
        break;
    case ERRNO_RESTORE:
        errno = error, errno = before;
        break;
    default:
        break;
    }
    return error * 4 + mode;
}

int set_errno(int error, int mode)
{
    return change_errno(error, mode);
}
ALSO_DIRECT(set_errno);

/* Called with ERRNO_ZERO, too. */
int zero_errno(int error, int mode)
{
    return change_errno(error, mode);
}
ALSO_DIRECT(zero_errno);

/* Its section says errors = keep. */
int set_errno_kept(int error, int mode)
{
    return change_errno(error, mode);
}
ALSO_DIRECT(set_errno_kept);

double raise_flags(int flags, double result)
{
    ran++;
    feraiseexcept(flags);
    return result;
}
ALSO_DIRECT(raise_flags);

double both_effects(int flags, int error)
{
    ran++;
    feraiseexcept(flags);
    if (error) errno = error;
    return flags + 0.5;
}
ALSO_DIRECT(both_effects);

/* Of a subnormal: another result where those are flushed to zero. */
double halve(double a)
{
    ran++;
    return a * 0.5;
}
ALSO_DIRECT(halve);
