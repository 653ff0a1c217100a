/* Buffers that touch, as on many a stack: addresses that a call leaves behind lie where one ends
 * and another begins, and are kept all the same. Usage: touching USER; prints what it got. */
#include <pwd.h>
#include <stdio.h>

static void print(const struct passwd *entry, const struct passwd *result, const char *buffer)
{
    printf("%d %ld %s %s %s %u\n", result == entry, (long)(entry->pw_name - buffer), entry->pw_name,
           entry->pw_dir, entry->pw_shell, entry->pw_uid);
}

int main(int argc, char **argv)
{
    struct {
        struct passwd *result, entry; /* the address of `entry` is the end of `result` */
        char buffer[512];             /* that of the first string is the end of `entry` */
    } one;
    struct {
        char buffer[512];
        struct passwd *result, entry;
    } other;
    if (argc != 2) return 2;
    for (int i = 0; i < 100; i++) {
        getpwnam_r(argv[1], &one.entry, one.buffer, sizeof one.buffer, &one.result);
        print(&one.entry, one.result, one.buffer);
        getpwnam_r(argv[1], &other.entry, other.buffer, sizeof other.buffer, &other.result);
        print(&other.entry, other.result, other.buffer);
    }
    return 0;
}
