/* errno, floating-point flags and modes. */
#include "call/groups.h"

#include <errno.h>
#include <fenv.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct errno_call {
    int error, mode;
};

static void once_errno(bool direct, const void *input, struct outcome *outcome)
{
    const struct errno_call *in = input;
    int got = CALL(direct, set_errno, in->error, in->mode);
    OUTCOME(outcome, got);
}

static void once_zero_errno(bool direct, const void *input, struct outcome *outcome)
{
    const struct errno_call *in = input;
    int got = CALL(direct, zero_errno, in->error, in->mode);
    OUTCOME(outcome, got);
}

static void check_errno(void)
{
    static const int errors[] = {EDOM, ERANGE, EINVAL, ENOENT, ENOMEM, EOVERFLOW};
    for (int round = 0; round < 40; round++)
        for (int i = 0; i < 6; i++) {
            struct errno_call in = {errors[i], ERRNO_SET};
            observe("set_errno", once_errno, &in, i < 2 ? CACHED : UNCACHED);
            in.mode = ERRNO_LEAVE;
            observe("set_errno", once_errno, &in, CACHED);
            in.mode = ERRNO_RESTORE;
            observe("set_errno", once_errno, &in, CACHED);
            for (in.mode = ERRNO_LEAVE; in.mode <= ERRNO_RESTORE; in.mode++)
                observe("zero_errno", once_zero_errno, &in, EITHER);
        }
}

static int keep_errno(int error, int mode)
{
    errno = 0;
    return CALL(error < 0, set_errno_kept, error < 0 ? -error : error, mode) + errno;
}

static void check_errno_kept(void)
{
    for (int error = 1; error < 130; error++)
        for (int time = 0; time < 3; time++)
            CHECK(keep_errno(error, ERRNO_SET) == keep_errno(-error, ERRNO_SET));
}

static void once_flags(bool direct, const void *input, struct outcome *outcome)
{
    double got = CALL(direct, raise_flags, *(const int *)input, 2.5);
    OUTCOME(outcome, got);
}

static void once_both(bool direct, const void *input, struct outcome *outcome)
{
    const struct errno_call *in = input;
    double got = CALL(direct, both_effects, in->mode, in->error);
    OUTCOME(outcome, got);
}

/* Every combination of flags, in every rounding mode, upon any flags that were there before. */
static void check_flags(void)
{
    static const int each[] = {FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW, FE_INEXACT};
    for (int round = 0; round < 20; round++)
        for (int set = 0; set < 32; set++) {
            int flags = 0;
            for (int i = 0; i < 5; i++)
                if (set & 1 << i) flags |= each[i];
            observe("raise_flags", once_flags, &flags, CACHED);
            struct errno_call in = {set % 3 == 0 ? ERANGE : 0, flags};
            observe("both_effects", once_both, &in, CACHED);
        }
}

static void once_halve(bool direct, const void *input, struct outcome *outcome)
{
    double got = CALL(direct, halve, *(const double *)input);
    OUTCOME(outcome, got);
}

#ifdef __x86_64__
#include <x86intrin.h>

enum { FLUSH_TO_ZERO = 0x8000, DENORMALS_ARE_ZERO = 0x40 };

/* The same subnormal with and without flushing: neither may be answered with the other's result. */
static void check_flushing(void)
{
    static const unsigned modes[] = {
        0, FLUSH_TO_ZERO, DENORMALS_ARE_ZERO, 0, FLUSH_TO_ZERO | DENORMALS_ARE_ZERO, FLUSH_TO_ZERO,
        0};
    unsigned before = _mm_getcsr();
    double subnormals[] = {0x1p-1074, 0x1.8p-1073, 0x1.fp-1040, 0x1p-1022, 0x1p-1023, -0x1p-1050};
    for (int i = 0; i < 6; i++)
        for (int mode = 0; mode < 7; mode++) {
            _mm_setcsr(before | modes[mode]);
            observe_here("halve", once_halve, &subnormals[i], EITHER);
            _mm_setcsr(before);
        }
}
#else
static void check_flushing(void)
{
    double x = 0x1p-1074;
    observe("halve", once_halve, &x, EITHER);
}
#endif

/* The control bits of a call's caller stay as they were. */
static void check_control(void)
{
    fenv_t before, after;
    static const int modes[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    for (int i = 0; i < 4; i++)
        for (int time = 0; time < 3; time++) {
            fesetround(modes[i]);
            feclearexcept(FE_ALL_EXCEPT);
            fegetenv(&before);
            halve(4.0 + i);
            fegetenv(&after);
            CHECK(fegetround() == modes[i]);
            CHECK(memcmp(&before, &after, sizeof before) == 0);
        }
    fesetround(FE_TONEAREST);
}

/* How a child ends that makes one call with traps enabled: the wait status. */
static int trapped(bool direct, int flags)
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGFPE, SIG_DFL);
        feclearexcept(FE_ALL_EXCEPT);
        feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
        double got = CALL(direct, raise_flags, flags, 1.25);
        _exit(got == 1.25 ? 3 : 4);
    }
    waitpid(child, &status, 0);
    return status;
}

/* A hit raises what the call raised: where that traps, so does the hit. */
static void check_traps(void)
{
    static const int flags[] = {0, FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW};
    for (int i = 0; i < 5; i++) {
        int want = trapped(true, flags[i]);
        CHECK(trapped(false, flags[i]) == want); /* a miss in the child */
        feclearexcept(FE_ALL_EXCEPT);
        CHECK(raise_flags(flags[i], 1.25) == 1.25);
        CHECK(trapped(false, flags[i]) == want); /* a hit in the child */
    }
}

static jmp_buf after_trap;

static void leave_trap(int signal_number)
{
    (void)signal_number;
    longjmp(after_trap, 1);
}

/* A program that handles its traps by leaving: the slot works on, and no trap comes from us. */
static void check_trap_handler(void)
{
    struct sigaction action = {.sa_handler = leave_trap, .sa_flags = SA_NODEFER}, before;
    volatile int traps = 0;
    bool can_trap = feenableexcept(FE_DIVBYZERO) != -1; /* few AArch64 cores can */
    fedisableexcept(FE_ALL_EXCEPT);
    sigaction(SIGFPE, &action, &before);
    for (volatile int i = 0; i < 200; i++) {
        feclearexcept(FE_ALL_EXCEPT);
        feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
        if (setjmp(after_trap) == 0)
            raise_flags(i % 2 ? FE_DIVBYZERO : 0, 7.75);
        else
            traps++;
        fedisableexcept(FE_ALL_EXCEPT);
        feclearexcept(FE_ALL_EXCEPT);
    }
    sigaction(SIGFPE, &before, NULL);
    CHECK(traps == (can_trap ? 100 : 0));
    CHECK(raise_flags(0, 7.75) == 7.75);
}

void check_effects(void)
{
    check_errno();
    check_flags();
    check_flushing();
}

/* Calls that are not counted one by one. */
void check_modes(void)
{
    check_errno_kept();
    check_control();
    check_traps();
    check_trap_handler();
}
