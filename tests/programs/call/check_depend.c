/* depends = env:, file:, locale, call: */
#include "call/groups.h"

#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void once_setting(bool direct, const void *input, struct outcome *outcome)
{
    long got = CALL(direct, read_setting, *(const int *)input);
    OUTCOME(outcome, got);
}

static void once_file(bool direct, const void *input, struct outcome *outcome)
{
    long got = CALL(direct, read_file, *(const int *)input);
    OUTCOME(outcome, got);
}

static void once_locale(bool direct, const void *input, struct outcome *outcome)
{
    long got = CALL(direct, read_locale, *(const int *)input);
    OUTCOME(outcome, got);
}

static void check_environment(void)
{
    static char by_putenv[] = "CALL_SETTING=77", changed[] = "CALL_SETTING=78";
    int key = 1;
    for (int i = 0; i < 5; i++) {
        char number[8] = {(char)('0' + i), 0};
        setenv("CALL_SETTING", number, 1);
        observe("read_setting", once_setting, &key, CACHED);
    }
    setenv("CALL_SETTING", "123456", 1);
    observe("read_setting", once_setting, &key, CACHED);
    unsetenv("CALL_SETTING");
    observe("read_setting", once_setting, &key, CACHED);
    putenv(by_putenv);
    observe("read_setting", once_setting, &key, CACHED);
    by_putenv[strlen(by_putenv) - 1] = '9'; /* in place: only the content tells */
    observe("read_setting", once_setting, &key, CACHED);
    putenv(changed);
    observe("read_setting", once_setting, &key, CACHED);
    clearenv();
    observe("read_setting", once_setting, &key, CACHED);
}

static void write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text)) __builtin_trap();
    close(file);
}

/* Looked at once a second at most: that much later a change must be seen. */
static void check_file(void)
{
    const char *path = getenv("CALL_FILE");
    char other[4096];
    int key = 2;
    if (!path) __builtin_trap();
    snprintf(other, sizeof other, "%s.new", path);
    write_file(path, "A");
    observe("read_file", once_file, &key, CACHED);
    usleep(1100000);
    observe("read_file", once_file, &key, CACHED);
    write_file(path, "BB");
    usleep(1100000);
    observe("read_file", once_file, &key, CACHED);
    write_file(other, "CC"); /* the same size, another file under the same name */
    rename(other, path);
    usleep(1100000);
    observe("read_file", once_file, &key, CACHED);
    unlink(path);
    usleep(1100000);
    observe("read_file", once_file, &key, UNCACHED); /* it leaves ENOENT in errno: an error */
    write_file(path, "D");
    usleep(1100000);
    observe("read_file", once_file, &key, CACHED);
}

static void check_locale(void)
{
    static const char *const names[] = {"C", "C.UTF-8", "C", "POSIX", "C.UTF-8"};
    int key = 3;
    for (size_t i = 0; i < 5; i++) {
        CHECK(setlocale(LC_ALL, names[i]) != NULL);
        observe("read_locale", once_locale, &key, CACHED);
    }
    setlocale(LC_ALL, "C");
    observe("read_locale", once_locale, &key, CACHED);
    locale_t mine = newlocale(LC_ALL_MASK, "C.UTF-8", NULL), before = uselocale(mine);
    observe("read_locale", once_locale, &key, EITHER); /* this thread's own: it has no name */
    uselocale(before);
    observe("read_locale", once_locale, &key, CACHED);
    freelocale(mine);
}

struct handle_call {
    void *handle;
    int key;
};

static void once_get(bool direct, const void *input, struct outcome *outcome)
{
    const struct handle_call *in = input;
    long got = CALL(direct, handle_get, in->handle, in->key);
    OUTCOME(outcome, got);
}

/* Two objects of the same content are two keys; setting a number of either clears the slot. */
static void check_call(void)
{
    struct handle_call one = {handle_new(), 4}, other = {handle_new(), 4}, null = {NULL, 4};
    for (long value = 1; value < 50; value++) {
        observe("handle_get", once_get, &one, CACHED);
        observe("handle_get", once_get, &other, CACHED);
        observe("handle_get", once_get, &null, CACHED);
        handle_set(value % 3 ? one.handle : other.handle, 4, value);
    }
    free(one.handle);
    free(other.handle);
}

static void once_read(bool direct, const void *input, struct outcome *outcome)
{
    const struct handle_call *in = input;
    int value = 0x5a5a;
    int got = CALL(direct, handle_read, in->handle, in->key, &value);
    OUTCOME(outcome, got);
    OUTCOME(outcome, value);
}

/* A call that clears its own cache, by an error that it reports, is made every time and only once,
 * though it leaves its output alone. */
void check_reporting(void)
{
    struct handle_call in = {handle_new(), 0};
    for (long value = -20; value < 20; value++) {
        handle_set(in.handle, 0, value);
        observe("handle_read", once_read, &in, value < 0 ? UNCACHED : CACHED);
        unsigned long before = originals_ran();
        int got = 7;
        handle_read(in.handle, value < 0 ? 0 : 1, &got);
        CHECK(originals_ran() == before + 1);
    }
    free(in.handle);
}

void check_depends(void)
{
    check_call();
    check_locale();
    check_file();
    check_environment();
}
