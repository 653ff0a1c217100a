/* quiet: a hit makes no system call, whatever it depends on: after each call has been answered
 * once, the kernel ends the process at the first one. Exit status 77 where it will not. */
#include "fresh/state.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void call_all(void)
{
    time_t moment = 1000000000;
    fresh_setting(1);
    fresh_place(1);
    fresh_rounded(1);
    fresh_count(1);
    fresh_file(1);
    fresh_long_age(1);
    localtime(&moment);
}

/* From here on the kernel lets pass what ends the program and nothing else. (Its strict mode would
 * forbid reading the time-stamp counter too.) */
static bool forbid_calls(void)
{
    struct sock_filter instructions[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL),
    };
    struct sock_fprog program = {sizeof instructions / sizeof *instructions, instructions};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    fresh_file_is(argv[1]);
    call_all();
    usleep(1100000); /* files are looked at now, and then not for a second */
    for (int i = 0; i < 100; i++)
        call_all();
    unsigned long before = fresh_ran;
    if (!forbid_calls()) return 77;
    for (int i = 0; i < 10000; i++)
        call_all();
    const char *text = fresh_ran == before ? "70000 hits\n" : "not all were hits\n";
    syscall(SYS_write, 1, text, strlen(text));
    return (int)syscall(SYS_exit_group, 0);
}
