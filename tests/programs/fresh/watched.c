/* watched PATH: a watched file in all its changes; the answers a second after each. */
#include "fresh/files.h"
#include "fresh/state.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path;
static char other[4096], third[4096];

static void answers(const char *change)
{
    file_wait(20000000);
    printf("%s:", change);
    for (int i = 0; i < 9; i++)
        printf(" %ld", fresh_file(i % 3));
    printf("\n");
}

/* Between two changes, with keys that nothing is known of: computed and stored from what there is
 * now. Not printed: that may be looked at already, or not. */
static void call_meanwhile(void)
{
    for (int i = 0; i < 9; i++)
        fresh_file(i % 3 + 10);
}

static void answers_of_those(void)
{
    for (int i = 0; i < 3; i++)
        printf(" %ld", fresh_file(i + 10));
    printf("\n");
}

/* A look at the file falls between two writes that its times can't tell apart, where the kernel is
 * of the kind (before Linux 6.13) that has such times. */
static void write_twice_in_one_tick(void)
{
    struct stat first, second;
    int tries = 0;
    do {
        file_wait(20000000); /* or it would not be looked at */
        file_write(path, "X", 1);
        stat(path, &first);
        fresh_file(0);
        file_write(path, "Y", 1);
        stat(path, &second);
    } while (memcmp(&first.st_mtim, &second.st_mtim, sizeof first.st_mtim) != 0 && ++tries < 3);
    answers("twice in one tick");
}

static void change_in_place(void)
{
    file_write(path, "A", 1);
    answers("written");
    file_write(path, "B", 1);
    answers("written again");
    file_write(other, "C", 1);
    file_rename(other, path);
    answers("renamed over");
    file_write(other, "D", 1);
    file_write(path, "E", 1);
    call_meanwhile();
    file_rename(other, path);
    answers("written, called, renamed over");
    answers_of_those();
    unlink(path);
    answers("removed");
    file_write(path, "F", 1);
    answers("made");
}

static void change_links(void)
{
    file_write(other, "G", 1);
    file_write(third, "H", 1);
    file_link(other, path);
    answers("a link");
    file_link(third, path);
    answers("turned");
    file_link(other, path);
    call_meanwhile();
    file_link(third, path);
    answers("turned there and back");
    answers_of_those();
    file_write(third, "I", 1);
    answers("what it leads to written");
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    path = argv[1];
    snprintf(other, sizeof other, "%s.other", path);
    snprintf(third, sizeof third, "%s.third", path);
    fresh_file_is(path);
    change_in_place();
    write_twice_in_one_tick();
    change_links();
    unlink(path);
    return 0;
}
