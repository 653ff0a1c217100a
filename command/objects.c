#include "objects.h"

#include "output.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than any program was seen to load at start (LibreOffice: 170). */
#define MOST_OBJECTS 1024

static pid_t start_loader(const char *loader, const char *program, int output)
{
    extern char **environ;
    char *const argv[] = {(char *)loader, "--list", (char *)program, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;

    if (posix_spawn_file_actions_init(&actions) != 0) return -1;
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (posix_spawn(&child, loader, &actions, NULL, argv, environ) != 0) child = -1;
    posix_spawn_file_actions_destroy(&actions);
    return child;
}

static void note_missing(struct objects *objects, const char *name)
{
    if (objects->missing++ == 0) objects->first_missing = name;
}

static void add_object(struct objects *objects, const char *path)
{
    if (objects->count == MOST_OBJECTS) return;
    if (elf_file_open(&objects->files[objects->count], path) == 0) {
        objects->count++;
    } else {
        note_missing(objects, path);
    }
}

/* One line of the loader's list: `NAME => PATH (ADDRESS)`, `NAME => not found`, `PATH (ADDRESS)`
 * (the loader itself; a library preloaded or needed by path) or `linux-vdso.so.1 (ADDRESS)`. */
static void add_line(struct objects *objects, struct pool *pool, char *line, const char *loader)
{
    line += strspn(line, "\t ");
    line[strcspn(line, "\n")] = '\0';
    char *arrow = strstr(line, " => "), *path = arrow ? arrow + 4 : line;
    char *address = strstr(path, " (0x");

    if (arrow && strcmp(path, "not found") == 0) {
        *arrow = '\0';
        note_missing(objects, output_format(pool, "%s", line));
    } else if (address && strchr(path, '/')) {
        *address = '\0';
        const char *name = basename(path);
        if (strcmp(name, "libmemo.so") == 0 || strcmp(name, basename(loader)) == 0) return;
        add_object(objects, output_format(pool, "%s", path));
    }
}

bool objects_load(struct objects *objects, struct pool *pool, const char *loader,
                  const char *program)
{
    int ends[2], status = 0;
    char *line = NULL;
    size_t size = 0;

    *objects = (struct objects){.files = calloc(MOST_OBJECTS, sizeof(struct elf_file))};
    if (!objects->files || pipe2(ends, O_CLOEXEC) != 0) return false;
    add_object(objects, program);
    pid_t child = start_loader(loader, program, ends[1]);
    close(ends[1]);
    FILE *list = fdopen(ends[0], "r");
    while (list && getline(&line, &size, list) > 0)
        add_line(objects, pool, line, loader);
    free(line);
    if (list) fclose(list);
    return child > 0 && waitpid(child, &status, 0) == child &&
           (status == 0 || objects->count > 1 || objects->missing > 0);
}

const struct elf_file *objects_provider(const struct objects *objects, const struct elf_file *from,
                                        const char *symbol, const char *version,
                                        struct definition *definition)
{
    if (from->symbolic && elf_file_definition(from, symbol, version, definition)) return from;
    for (size_t i = 0; i < objects->count; i++)
        if (elf_file_definition(&objects->files[i], symbol, version, definition))
            return &objects->files[i];
    return NULL;
}
