/* moved [try]: /etc/localtime changed under the program's feet, in a mount namespace of its own;
 * times of day a second after each change. Exit status 77 where no such namespace is to be had. */
#include "fresh/files.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <time.h>
#include <unistd.h>

#define ZONES "/usr/share/zoneinfo/"
#define LOCAL "/etc/localtime"

static void must(int result, const char *what)
{
    if (result == 0) return;
    perror(what);
    exit(3);
}

static void map_to_root(const char *path, unsigned id)
{
    char map[32];
    int length = snprintf(map, sizeof map, "0 %u 1", id);
    file_write(path, map, (size_t)length);
}

/* Its own root, in a user namespace. */
static bool become_root(void)
{
    unsigned user = geteuid(), group = getegid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    file_write("/proc/self/setgroups", "deny", 4);
    map_to_root("/proc/self/uid_map", user);
    map_to_root("/proc/self/gid_map", group);
    return true;
}

static void enter(void)
{
    if (unshare(CLONE_NEWNS) != 0 && !become_root()) exit(77);
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) exit(77);
}

static void answers(const char *change)
{
    static const time_t moments[] = {1000000000, 1015000000};
    file_wait(1000000000);
    printf("%s:", change);
    for (int i = 0; i < 6; i++) {
        struct tm *local = localtime(&moments[i % 2]);
        printf(" %02d:%02d %ld", local->tm_hour, local->tm_min, local->tm_gmtoff);
        struct tm broken = {.tm_year = 110, .tm_mon = 6 * (i % 2), .tm_mday = 5};
        printf(" %lld", (long long)mktime(&broken));
    }
    printf(" %s", ctime(&moments[0]));
}

static void by_mounts(void)
{
    must(mount(ZONES "Etc/GMT-3", LOCAL, NULL, MS_BIND, NULL), "bind");
    answers("mounted over");
    must(mount(ZONES "Europe/Paris", LOCAL, NULL, MS_BIND, NULL), "bind");
    answers("mounted over again");
    must(umount(LOCAL), "umount");
    answers("one taken off");
    must(umount(LOCAL), "umount");
    answers("both taken off");
}

static void by_files(void)
{
    must(mount("none", "/etc", "tmpfs", 0, NULL), "tmpfs");
    answers("none");
    file_copy(ZONES "Asia/Tokyo", LOCAL);
    answers("made");
    file_copy(ZONES "America/New_York", "/etc/other");
    file_rename("/etc/other", LOCAL);
    answers("renamed over");
    file_copy(ZONES "Etc/GMT+5", LOCAL);
    answers("written");
    file_copy(ZONES "Etc/GMT+6", LOCAL);
    answers("written again, as long");
    file_link(ZONES "Asia/Kathmandu", LOCAL);
    answers("a link");
    file_link(ZONES "Etc/GMT-7", LOCAL);
    answers("turned");
    must(unlink(LOCAL), "unlink");
    answers("removed");
}

int main(int argc, char **argv)
{
    (void)argv;
    unsetenv("TZ");
    enter();
    if (argc > 1) return 0;
    answers("at first");
    by_mounts();
    by_files();
    return 0;
}
