#include "program.h"

#include "elf_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>
#include <unistd.h>

/* As BINPRM_BUF_SIZE of Linux: more of a `#!` line is not looked at. */
#define SCRIPT_LINE 256

/* As Linux: an interpreter may be a script itself, but not for ever. */
#define SCRIPT_DEPTH 5

static int try_executable(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0) return errno;
    if (!S_ISREG(status.st_mode)) return EACCES;
    return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

int program_find(const char *name, char path[static PATH_MAX])
{
    const char *search = getenv("PATH");
    int error = ENOENT;

    if (!*name) return ENOENT;
    if (strchr(name, '/')) {
        if (snprintf(path, PATH_MAX, "%s", name) >= PATH_MAX) return ENAMETOOLONG;
        return try_executable(path);
    }
    if (!search) search = "/bin:/usr/bin";
    for (;;) {
        size_t length = strcspn(search, ":");
        int size = length ? snprintf(path, PATH_MAX, "%.*s/%s", (int)length, search, name)
                          : snprintf(path, PATH_MAX, "./%s", name);
        if (size < PATH_MAX) {
            int result = try_executable(path);
            if (result == 0) return 0;
            if (result == EACCES) error = EACCES;
        }
        if (!search[length]) return error;
        search += length + 1;
    }
}

static void refuse(struct program *program, enum obstacle obstacle, const char *reason,
                   const char *detail)
{
    program->obstacle = obstacle;
    snprintf(program->reason, sizeof(program->reason), reason, detail);
}

/* What makes Linux start a program in secure mode (AT_SECURE), for the user at hand. */
static void inspect_privileges(struct program *program)
{
    struct stat status;
    struct statvfs system;

    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1) return;
    if (stat(program->path, &status) != 0 || statvfs(program->path, &system) != 0) return;
    if (system.f_flag & ST_NOSUID) return;
    if (status.st_mode & S_ISUID && status.st_uid != getuid()) {
        refuse(program, OBSTACLE_PRIVILEGED, "is setuid%s, where LD_PRELOAD is ignored", "");
    } else if (status.st_mode & S_ISGID && status.st_mode & S_IXGRP && status.st_gid != getgid()) {
        refuse(program, OBSTACLE_PRIVILEGED, "is setgid%s, where LD_PRELOAD is ignored", "");
    } else if (getuid() != 0 && getxattr(program->path, "security.capability", NULL, 0) > 0) {
        refuse(program, OBSTACLE_PRIVILEGED, "has file capabilities%s, where LD_PRELOAD is ignored",
               "");
    }
}

static const char *machine_name(unsigned machine)
{
    switch (machine) {
    case EM_386:
        return "i386";
    case EM_X86_64:
        return "x86-64";
    case EM_ARM:
        return "Arm";
    case EM_AARCH64:
        return "AArch64";
    case EM_RISCV:
        return "RISC-V";
    case EM_PPC64:
        return "PowerPC 64";
    case EM_S390:
        return "S/390";
    default:
        return "another processor";
    }
}

/* Two names of one loader: the same last part, as glibc's is fixed by the ABI wherever it lies. */
static bool same_loader(const char *one, const char *other)
{
    return strcmp(basename(one), basename(other)) == 0;
}

static void inspect_loader(struct program *program, const struct elf_file *file,
                           const struct elf_file *self)
{
    const char *loader = file->interpreter;

    if (loader && self->interpreter && !same_loader(loader, self->interpreter)) {
        const char *musl = strstr(loader, "/ld-musl-");
        refuse(program, OBSTACLE_LIBC,
               musl ? "is linked with musl (%s)" : "is not linked with glibc (%s)", loader);
    } else if (!loader && self->interpreter && same_loader(program->path, self->interpreter)) {
        /* The loader run as a program preloads as ever into what it is given. */
        snprintf(program->loader, PATH_MAX, "%s", program->path);
    } else if (!loader && file->dynamic && !file->program) {
        program->library = true;
        snprintf(program->loader, PATH_MAX, "%s", self->interpreter ? self->interpreter : "");
    } else if (!loader) {
        refuse(program, OBSTACLE_STATIC, "is statically linked%s", "");
    } else {
        snprintf(program->loader, PATH_MAX, "%s", loader);
    }
}

/* Measures the program against this command, which libmemo.so was built with. */
static int inspect_elf(struct program *program)
{
    struct elf_file file, self;
    int error = elf_file_open(&file, program->path);

    if (error) return error;
    error = elf_file_open(&self, "/proc/self/exe");
    if (error) {
        elf_file_close(&file);
        return error;
    }
    if (file.class != self.class && file.machine == EM_386) {
        refuse(program, OBSTACLE_MACHINE, "is a 32-bit program (%s)", machine_name(file.machine));
    } else if (file.class != self.class || file.machine != self.machine) {
        refuse(program, OBSTACLE_MACHINE, "is built for %s", machine_name(file.machine));
    } else {
        inspect_loader(program, &file, &self);
    }
    if (program->obstacle == OBSTACLE_NONE) inspect_privileges(program);
    elf_file_close(&file);
    elf_file_close(&self);
    return 0;
}

static int read_start(const char *path, char start[static SCRIPT_LINE + 1])
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;

    ssize_t size = read(descriptor, start, SCRIPT_LINE);
    int error = errno;
    close(descriptor);
    if (size < 0) return error;
    start[size] = '\0';
    return 0;
}

bool program_is_binary(const char *path)
{
    char start[SCRIPT_LINE + 1];

    return read_start(path, start) == 0 && memcmp(start, ELFMAG, SELFMAG) == 0;
}

/* The next word of a line, cut off in place, or NULL. */
static char *next_word(char **line)
{
    *line += strspn(*line, " \t");
    if (!**line) return NULL;
    char *word = *line;
    *line += strcspn(word, " \t");
    if (**line) *(*line)++ = '\0';
    return word;
}

/* Puts the interpreter that a `#!` line names into program->path; what env(1) would look for,
 * where it is env. */
static int follow_script(struct program *program, char *line)
{
    line[strcspn(line, "\n")] = '\0';
    char *interpreter = next_word(&line);
    if (!interpreter) return ENOEXEC;

    const char *slash = strrchr(interpreter, '/');
    if (slash && strcmp(slash, "/env") == 0) {
        for (char *word; (word = next_word(&line));) {
            if (*word == '-' || strchr(word, '=')) continue;
            return program_find(word, program->path);
        }
    }
    if (strlen(interpreter) >= PATH_MAX) return ENAMETOOLONG;
    strcpy(program->path, interpreter);
    return try_executable(program->path);
}

int program_inspect(struct program *program, const char *path)
{
    char start[SCRIPT_LINE + 1];

    *program = (struct program){.obstacle = OBSTACLE_NONE};
    if (snprintf(program->path, PATH_MAX, "%s", path) >= PATH_MAX) return ENAMETOOLONG;
    for (int depth = 0; depth < SCRIPT_DEPTH; depth++) {
        int error = read_start(program->path, start);
        if (error) return error;
        if (start[0] != '#' || start[1] != '!') return inspect_elf(program);
        if (!*program->script) strcpy(program->script, program->path);
        error = follow_script(program, start + 2);
        if (error) return error;
    }
    return ELOOP;
}
