/* surroundings HOW: makes 200,000 calls of libm with many distinct arguments, under the limits that
 * HOW sets first, and prints a digest of the results. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static uint64_t digest_of_calls(void)
{
    uint64_t digest = 0;
    for (int i = 0; i < 200000; i++) {
        double x = (i % 4 ? i : i % 100) / 64.0, result = pow(x, 1.25) + sin(x) * erf(x / 1000);
        uint64_t bits;
        memcpy(&bits, &result, sizeof bits);
        digest = (digest ^ bits) * 1099511628211u;
    }
    return digest;
}

/* As much address space as there is now, and 512 KiB. */
static void limit_address_space(void)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file || fscanf(file, "%lu", &pages) != 1) exit(90);
    fclose(file);
    struct rlimit limit;
    limit.rlim_cur = limit.rlim_max = pages * (unsigned long)sysconf(_SC_PAGESIZE) + 524288;
    if (setrlimit(RLIMIT_AS, &limit) != 0) exit(91);
}

static void close_everything(void)
{
    for (int descriptor = 3; descriptor < 65536; descriptor++)
        close(descriptor);
    struct rlimit limit = {3, 3};
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) exit(92);
}

/* What a sandbox forbids: files and new memory. `verdict` is its answer to those system calls. */
static void forbid(uint32_t verdict)
{
    static const uint32_t forbidden[] = {
        SYS_openat, SYS_mprotect, SYS_newfstatat, SYS_statx, SYS_readlinkat, SYS_socket, SYS_clone,
#ifdef SYS_open
        SYS_open,   SYS_stat,     SYS_readlink,
#endif
    };
    enum { COUNT = sizeof forbidden / sizeof *forbidden };
    struct sock_filter filter[COUNT + 3] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr))};
    for (unsigned char i = 0; i < COUNT; i++)
        filter[i + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, forbidden[i],
                                                     (unsigned char)(COUNT - i), 0);
    filter[COUNT + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[COUNT + 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict);
    struct sock_fprog program = {COUNT + 3, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) exit(93);
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) exit(94);
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    char line[64];
    if (strcmp(how, "address-space") == 0) limit_address_space();
    if (strcmp(how, "descriptors") == 0) close_everything();
    if (strcmp(how, "refused") == 0) forbid(SECCOMP_RET_ERRNO | EPERM);
    if (strcmp(how, "killed") == 0) forbid(SECCOMP_RET_KILL_PROCESS);
    uint64_t digest = digest_of_calls();
    int length = snprintf(line, sizeof line, "%016llx\n", (unsigned long long)digest);
    return write(STDOUT_FILENO, line, (size_t)length) == length ? 6 : 95;
}
