#include "report/output.h"

#include "system.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>

static struct {
    bool known, open;
    dev_t device;
    ino_t inode;
} stderr_file;

void output_start(void)
{
    int saved = errno;
    struct stat status;
    stderr_file.open = fstat(STDERR_FILENO, &status) == 0;
    if (stderr_file.open) {
        stderr_file.device = status.st_dev;
        stderr_file.inode = status.st_ino;
    }
    stderr_file.known = true;
    errno = saved;
}

bool output_is_stderr(int descriptor)
{
    if (!stderr_file.known) return descriptor == STDERR_FILENO;
    int saved = errno;
    struct stat status;
    bool same = stderr_file.open && fstat(descriptor, &status) == 0 &&
                status.st_dev == stderr_file.device && status.st_ino == stderr_file.inode;
    errno = saved;
    return same;
}

static void write_all(int descriptor, const char *data, size_t size)
{
    while (size) {
        long step = system_write(descriptor, data, size);
        if (step < 0 && errno == EINTR) continue;
        if (step <= 0) return;
        data += step;
        size -= (size_t)step;
    }
}

/* Both signals are raised in the writing thread, by the write itself: blocked meanwhile, and taken
 * back if they were not pending before. */
void output_write(int descriptor, const char *data, size_t size)
{
    int saved = errno;
    sigset_t caused, pending, mask;
    sigemptyset(&caused);
    sigaddset(&caused, SIGPIPE);
    sigaddset(&caused, SIGXFSZ);
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE)) sigdelset(&caused, SIGPIPE);
    if (sigismember(&pending, SIGXFSZ)) sigdelset(&caused, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &caused, &mask);
    write_all(descriptor, data, size);
    while (system_take_signal(&caused) > 0) {
    }
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    errno = saved;
}
