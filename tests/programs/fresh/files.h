/* Changing files in every way that leaves another content under the same name. */
#ifndef FRESH_FILES_H
#define FRESH_FILES_H

#include <stddef.h>

/* Each exits with a message where it fails. */
void file_write(const char *path, const void *data, size_t size); /* in place, or made */
void file_copy(const char *from, const char *to);                 /* in place, or made */
void file_link(const char *target, const char *path); /* a symbolic link put over path */
void file_rename(const char *from, const char *to);

/* A second after the change that has just been made, as promised for files. Where libmemo is not
 * there to keep the promise, only long enough for another time of change: glibc looks at whole
 * seconds of a zone's file, other functions at no times. */
void file_wait(long without_ns);

#endif
