/* Functions whose results depend on more than their arguments, as the config says. */
#include "call/functions.h"

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

long read_setting(int key)
{
    const char *setting = getenv("CALL_SETTING");
    ran++;
    return key + (setting ? 1000 * strtol(setting, NULL, 10) : -1000);
}
ALSO_DIRECT(read_setting);

/* The first byte of the file that $CALL_FILE names. */
long read_file(int key)
{
    const char *path = getenv("CALL_FILE");
    unsigned char byte = 0;
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    ran++;
    if (file < 0) return key - 1000;
    long got = read(file, &byte, 1);
    close(file);
    return got == 1 ? key + 1000L * byte : key;
}
ALSO_DIRECT(read_file);

long read_locale(int key)
{
    ran++;
    return key + 1000 * (long)MB_CUR_MAX;
}
ALSO_DIRECT(read_locale);

struct numbers {
    long value[16];
};

void *handle_new(void)
{
    return calloc(1, sizeof(struct numbers));
}

long handle_get(void *handle, int key)
{
    ran++;
    return handle ? ((struct numbers *)handle)->value[key % 16] : -1;
}
ALSO_DIRECT(handle_get);

void handle_set(void *handle, int key, long value)
{
    ((struct numbers *)handle)->value[key % 16] = value;
}
ALSO_DIRECT(handle_set);

/* As a function that reports its errors by a call: the number is left alone then. */
int handle_read(void *handle, int key, int *value)
{
    long got = ((struct numbers *)handle)->value[key % 16];
    ran++;
    if (got < 0) {
        handle_set(handle, key + 1, key);
        return -1;
    }
    *value = (int)got;
    return 0;
}
ALSO_DIRECT(handle_read);
