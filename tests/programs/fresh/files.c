#include "fresh/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void must(int good, const char *what, const char *path)
{
    if (good) return;
    fprintf(stderr, "%s %s: %m\n", what, path);
    exit(3);
}

void file_write(const char *path, const void *data, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    must(file >= 0 && write(file, data, size) == (ssize_t)size, "write", path);
    close(file);
}

void file_copy(const char *from, const char *to)
{
    char data[65536];
    int file = open(from, O_RDONLY | O_CLOEXEC);
    ssize_t size = file < 0 ? -1 : read(file, data, sizeof data);
    must(size >= 0, "read", from);
    close(file);
    file_write(to, data, (size_t)size);
}

void file_link(const char *target, const char *path)
{
    char other[4096];
    snprintf(other, sizeof other, "%s.link", path);
    must(symlink(target, other) == 0, "symlink", other);
    file_rename(other, path);
}

void file_rename(const char *from, const char *to)
{
    must(rename(from, to) == 0, "rename", from);
}

void file_wait(long without_ns)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += getenv("LD_PRELOAD") ? 1000000000 : without_ns;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) != 0)
        ;
}
