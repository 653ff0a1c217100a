/* What the kernel will run for a name, and whether the dynamic linker will preload a library into
 * it. */
#ifndef MEMO_PROGRAM_H
#define MEMO_PROGRAM_H

#include <limits.h>
#include <stdbool.h>

/* Why libmemo.so won't be loaded. */
enum obstacle {
    OBSTACLE_NONE,
    OBSTACLE_STATIC,     /* no dynamic linker takes part */
    OBSTACLE_PRIVILEGED, /* setuid, setgid or capabilities: LD_PRELOAD is ignored */
    OBSTACLE_MACHINE,    /* another word size or processor */
    OBSTACLE_LIBC,       /* musl, or whatever is not glibc */
};

struct program {
    char path[PATH_MAX];   /* of the ELF file that runs: for a script, its interpreter */
    char script[PATH_MAX]; /* the script itself, or "" */
    char loader[PATH_MAX]; /* the dynamic linker that the ELF file asks for, or "" */
    enum obstacle obstacle;
    char reason[160]; /* the obstacle in words, to follow "it": "is statically linked" */
    bool library;     /* a shared library, not a program */
};

/* Finds `name` as execvp(3) does: by PATH unless it has a slash. 0, or the errno value that the
 * exec would end with. */
int program_find(const char *name, char path[static PATH_MAX]);

/* Looks into the file at `path`, through scripts to their interpreter (also behind env(1)).
 * 0; ENOEXEC if it is neither ELF nor a script with `#!`, else the errno value of reading it. */
int program_inspect(struct program *program, const char *path);

/* True for a file that says it is ELF, whole or broken. */
bool program_is_binary(const char *path);

#endif
