#include "search.h"

#include "source.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MEMO_SYSCONFDIR
#define MEMO_SYSCONFDIR "/etc"
#endif

struct search {
    const struct config_request *request;
    struct pool *pool, *scratch;
    struct diagnostics *diagnostics;
    struct found_file file;
};

const char *search_environment(char *const *environment, const char *name)
{
    size_t length = strlen(name);
    for (; environment && *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return (*environment)[length + 1] ? *environment + length + 1 : NULL;
    return NULL;
}

static void refuse(struct search *search, struct place place, const char *text)
{
    place.file = search->file.path;
    diagnose(search->diagnostics, SEVERITY_ERROR, place, "%s", text);
}

static const char too_large[] = "it is larger than 1 MiB, so it is not read";

/* strerror() may translate, which may allocate. */
static void refuse_errno(struct search *search, int error)
{
    const struct place place = {search->file.path, 0, 0};
    switch (error) {
    case ENOENT:
        refuse(search, place, "there is no such file");
        break;
    case ENOTDIR:
        refuse(search, place, "there is no such file: a part of it is no folder");
        break;
    case EACCES:
        refuse(search, place, "this user may not read it");
        break;
    case EFBIG:
        refuse(search, place, too_large);
        break;
    default:
        diagnose(search->diagnostics, SEVERITY_ERROR, place, "it can't be read (errno %d)", error);
    }
}

/* Why a file must not be read; NULL if it may. */
static const char *objection(const struct stat *status)
{
    if (S_ISDIR(status->st_mode)) return "this is a folder: name a file in it";
    if (!S_ISREG(status->st_mode)) return "this is no regular file, so it is not read";
    if (status->st_mode & S_IWOTH) return "others may write it, so it is not read: chmod o-w";
    if (status->st_size > (off_t)SEARCH_FILE_BYTES) return too_large;
    return NULL;
}

/* The whole of a file, whatever `size` it was said to have. Room for all that may be is only taken
 * for one that is longer: a large mapping costs more than all the rest of reading a short one.
 * False with errno set, EFBIG past the limit. */
static bool read_text(struct search *search, int descriptor, size_t size)
{
    struct found_file *file = &search->file;
    char *text = pool_alloc(search->scratch, size + 2);
    for (file->length = 0; text;) {
        ssize_t got = read(descriptor, text + file->length, size + 1 - file->length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        file->length += (size_t)got;
        if (got == 0) return file->text = text, true;
        if (file->length <= size) continue;
        if (size == SEARCH_FILE_BYTES) return errno = EFBIG, false;
        size = SEARCH_FILE_BYTES;
        char *longer = pool_alloc(search->scratch, size + 2);
        if (longer) memcpy(longer, text, file->length);
        text = longer;
    }
    return errno = ENOMEM, false;
}

/* UTF-16 and programs end here, with the place of the first NUL. */
static void check_text(struct search *search)
{
    struct found_file *file = &search->file;
    struct place place = {file->path, 1, 1};
    if (!memchr(file->text, '\0', file->length)) return;
    for (const char *at = file->text; *at; at++)
        place = place_after(place, *at);
    refuse(search, place, "a NUL byte: this is no text, so it is not read");
    file->text = NULL;
}

/* Opening a device may do things, so its kind is looked at before; and again once it is open. */
static void read_file(struct search *search)
{
    const struct place place = {search->file.path, 0, 0};
    struct stat status;
    int descriptor = -1;
    if (stat(search->file.path, &status) != 0) {
        refuse_errno(search, errno);
        return;
    }
    const char *problem = objection(&status);
    if (!problem) {
        do
            descriptor = open(search->file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        while (descriptor < 0 && errno == EINTR);
        if (descriptor < 0 || fstat(descriptor, &status) != 0)
            refuse_errno(search, errno);
        else if ((problem = objection(&status)) == NULL &&
                 !read_text(search, descriptor, (size_t)status.st_size))
            refuse_errno(search, errno);
        if (descriptor >= 0) close(descriptor);
    }
    if (problem) refuse(search, place, problem);
    if (search->file.text) check_text(search);
}

/* Whether there is anything of that name; what can't even be looked at counts as absent, for a
 * program may run with the HOME of a user whose files it may not see. */
static bool try_path(struct search *search, const char *folder, const char *middle,
                     const char *name)
{
    struct stat status;
    size_t bytes = strlen(folder) + strlen(middle) + strlen(name) + sizeof ".conf";
    char *path = pool_alloc(search->scratch, bytes);
    if (!path || *folder != '/') return false;
    snprintf(path, bytes, "%s%s%s.conf", folder, middle, name);
    if (stat(path, &status) != 0) return false;
    search->file.path = pool_strndup(search->pool, path, strlen(path));
    return search->file.path != NULL;
}

static bool try_folder(struct search *search, const char *folder, const char *middle)
{
    const char *program = search->request->program;
    bool named = program && *program && !strchr(program, '/');
    return (named && try_path(search, folder, middle, program)) ||
           try_path(search, folder, middle, "memo");
}

static bool try_search_path(struct search *search)
{
    char *const *environment = search->request->environment;
    const char *config = search_environment(environment, "XDG_CONFIG_HOME");
    const char *home = search_environment(environment, "HOME");
    bool absolute = config && *config == '/';
    if (absolute && try_folder(search, config, "/libmemo/")) return true;
    if (!absolute && home && try_folder(search, home, "/.config/libmemo/")) return true;
    return try_folder(search, MEMO_SYSCONFDIR, "/libmemo/");
}

struct found_file search_config(const struct config_request *request, struct pool *pool,
                                struct pool *scratch, struct diagnostics *diagnostics)
{
    struct search search = {
        .request = request, .pool = pool, .scratch = scratch, .diagnostics = diagnostics};
    const char *named = request->file;
    if (!named) named = search_environment(request->environment, "MEMO_CONFIG");
    if (named)
        search.file.path = pool_strndup(pool, named, strlen(named));
    else
        try_search_path(&search);
    if (search.file.path) read_file(&search);
    return search.file;
}
