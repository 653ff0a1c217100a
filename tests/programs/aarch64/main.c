/* machine CASE: what AAPCS64 promises to a caller and to a callee, through stubs of libmemo; and by
 * stub.S alone, which is linked here too. */
#include "aarch64/machine.h"

#include "check.h"
#include "registers.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct machine in, out;

static void fill(void)
{
    unsigned char *bytes = (unsigned char *)&in;
    for (size_t i = 0; i < sizeof in; i++)
        bytes[i] = (unsigned char)(i * 167 + 13);
}

static void check_kept(void)
{
    for (int i = 19; i <= 28; i++)
        CHECK(out.integer[i] == in.integer[i]);
    for (int i = 8; i <= 15; i++)
        CHECK(memcmp(out.vector[i], in.vector[i], 8) == 0); /* of v8-15 the lower halves */
    CHECK((uint32_t)out.integer[0] == 42);
}

static void check_seen(size_t stack_words)
{
    for (int i = 0; i <= 8; i++)
        CHECK(seen_last.integer[i] == in.integer[i]);
    CHECK(seen_last.integer[18] == in.integer[18]);
    CHECK(memcmp(seen_last.vector, in.vector, 8 * sizeof in.vector[0]) == 0);
    CHECK(memcmp(seen_last.stack, in.stack, 8 * stack_words) == 0);
    CHECK(seen_last.integer[31] % 16 == 0);
}

/* Bypassed (a negative extent), missed and hit. */
static void check_registers(void)
{
    static const int values[1] = {7};
    static const int extents[] = {-1, 1, 1};
    for (int i = 0; i < 3; i++) {
        uint64_t before = seen_count;
        fill();
        in.integer[0] = (uintptr_t)values;
        in.integer[1] = 0xdead00000000u << 16 | (uint32_t)extents[i];
        memset(&seen_last, 0, sizeof seen_last);
        call_with(&in, &out, (void *)seen);
        check_kept();
        CHECK(seen_count - before == (i < 2));
        if (i < 2) check_seen(i == 0 ? 4 : 2); /* a miss copies what the prototype has */
        if (i == 0)
            CHECK(seen_last.integer[31] == out.integer[31] - 32); /* the caller's own stack */
    }
}

/* What stub.S refers to. */
void *call_enter(struct registers *registers, uint32_t number);
void escape_personality(void);
void arch_enter(void);
void arch_call(void *function, struct registers *registers, uint64_t stack_bytes);
_Alignas(ARCH_SLOT_SIZE) struct arch_slot arch_slots[ARCH_STUBS];
_Thread_local int thread_countdown;
_Thread_local intptr_t thread_fronts;
extern const char arch_stubs[];

static void *enter_next; /* what call_enter() gives */
static uint32_t entered;

/* Takes every register that a function may. */
void *call_enter(struct registers *registers, uint32_t number)
{
    entered = number;
    registers->result[0] = 42;
    memset(registers->vector_result, 0x5a, sizeof registers->vector_result);
    __asm__ volatile("movi v0.16b, #1\n movi v1.16b, #1\n movi v2.16b, #1\n movi v3.16b, #1\n"
                     "movi v4.16b, #1\n movi v5.16b, #1\n movi v6.16b, #1\n movi v7.16b, #1\n"
                     "mov x8, #1\n mov x18, #1"
                     :
                     :
                     : "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "x8", "x18");
    return enter_next;
}

void escape_personality(void) {}

/* Whether an indirect branch into stub.S must land where it may (0x10 is PROT_BTI). A program whose
 * start files are not marked for that, as Debian's, does without; so here it is for these pages
 * and for a while, and needs a PLT that is bound already. */
static void guard_branches(bool on)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)arch_stubs & -page, end = (uintptr_t)arch_call + page;
    int protection = PROT_READ | PROT_EXEC | (on ? 0x10 : 0);
    CHECK(mprotect((void *)start, (end & -page) - start, protection) == 0);
}

/* arch_enter, by the first and the last stub: on to a function, and back to the caller. */
static void check_enter(void)
{
    guard_branches(true);
    for (int i = 0; i < 4; i++) {
        uint32_t number = i % 2 ? ARCH_STUBS - 1 : 0;
        fill();
        memset(&seen_last, 0, sizeof seen_last);
        arch_slots[number].entry = (void *)arch_enter;
        enter_next = i < 2 ? (void *)seen : NULL;
        entered = UINT32_MAX;
        call_with(&in, &out, (void *)(arch_stubs + 16 * number));
        CHECK(entered == number);
        check_kept();
        if (i < 2)
            check_seen(4);
        else
            CHECK(out.vector[0][0] == 0x5a && out.vector[3][15] == 0x5a);
    }
    guard_branches(false);
}

static void check_call(void)
{
    static struct registers registers;
    guard_branches(true);
    fill();
    memcpy(registers.integer, in.integer, sizeof registers.integer);
    registers.result_address = in.integer[8];
    registers.x18 = in.integer[18];
    memcpy(registers.vector, in.vector, sizeof registers.vector);
    registers.stack = in.stack;
    struct machine passed = in;
    memset(passed.integer, 0, 19 * sizeof passed.integer[0]);
    memset(passed.vector, 0, 8 * sizeof passed.vector[0]);
    passed.integer[0] = (uintptr_t)seen;
    passed.integer[1] = (uintptr_t)&registers;
    for (uint64_t words = 0; words <= 4; words++) {
        passed.integer[2] = 8 * words;
        call_with(&passed, &out, (void *)arch_call);
        out.integer[0] = registers.result[0];
        check_kept();
        check_seen(words);
        CHECK(registers.vector_result[0][0] == 0xa5 && registers.vector_result[3][15] == 0xa5);
        CHECK(registers.result[1] == UINT64_MAX);
    }
    guard_branches(false);
}

static void expect(struct wide wide, unsigned char bytes[64])
{
    for (int i = 0; i < 64; i++) {
        wide.n[i % 5] = wide.n[i % 5] * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (unsigned char)(wide.n[i % 5] >> 56);
    }
}

/* One miss in four shows a byte of the veil's pattern, and calls the function twice. */
static void check_wide(void)
{
    for (uint64_t key = 0; key < 1000; key++)
        for (int time = 0; time < 2; time++) {
            struct wide wide = {{key, key + 1, ~key, key * key, 5}};
            unsigned char want[64], got[64] = {0};
            expect(wide, want);
            spread(wide, got);
            CHECK(memcmp(want, got, sizeof want) == 0);
        }
    CHECK(spread_count > 1100 && spread_count < 1900);
}

static void check_variant(void)
{
    for (int i = 0; i < 10; i++)
        CHECK(lanes(1.5) == 3);
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    if (strcmp(argv[1], "registers") == 0) check_registers();
    if (strcmp(argv[1], "enter") == 0) check_enter();
    if (strcmp(argv[1], "call") == 0) check_call();
    if (strcmp(argv[1], "wide") == 0) check_wide();
    if (strcmp(argv[1], "variant") == 0) check_variant();
    return check_failed != 0;
}
