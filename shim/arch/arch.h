/* What every CPU provides. The same file names stand in each folder of arch/:
 *
 *   stub.S       ARCH_STUBS stubs of 16 bytes, each loading the address of arch_slots[number] and
 *                jumping through its entry; arch_enter, the register-capturing path behind them;
 *                arch_bypass; arch_call. Hand-written, with full CFI: exceptions and cancellation
 *                unwind through both, and the object keeps its IBT/BTI and stack marks.
 *   registers.h  struct registers, the ARCH_* constants, arch_clock(), arch_clock_ordered(),
 * arch_thread_pointer(); arch_return_address(): where in the caller the call returns to;
 *                arch_result_memory(): where it wants a result too large for registers, and
 *                arch_result_memory_return(): what else such a call leaves in result[].
 *   paths.S      typed paths: front hits of common signatures, without a frame; front.c chooses,
 *                and paths.h tells both their modes. A CPU may have none.
 *   floating.h   the floating-point mode, flags and traps.
 *   place.c      arch_place(): the calling convention, as data.
 */
#ifndef MEMO_ARCH_H
#define MEMO_ARCH_H

#include "cache/front_offsets.h"
#include "config/signature.h"
#include "registers.h" /* found by -Ishim/arch/<cpu> */

#include <stdbool.h>
#include <stdint.h>

/* The code address of stub `number`. */
static inline void *arch_stub(unsigned number)
{
    extern const char arch_stubs[] __attribute__((visibility("hidden")));
    return (void *)(arch_stubs + 16 * number);
}

/* Saves the argument registers, calls call_enter(registers, number) (call/enter.c) and then either
 * returns registers->result to the caller, or, when call_enter gave an address, restores every
 * argument register and tail-jumps there: that callee sees the caller's own return address and
 * stack arguments. Only ever reached by a jump from a stub. */
void arch_enter(void);

/* Jumps to the slot's original; to arch_enter when the thread's count of such calls
 * (thread_countdown, thread.h) has run out. Only ever reached by a jump from a stub. */
void arch_bypass(void);

/* The same, with the count of this thread and slot alone (struct front's countdown, cache/front.h).
 */
void arch_count(void);

/* Calls `function` with the argument registers and a copy of the first `stack_bytes` of stack
 * arguments of `registers`; its results, whatever their type, replace registers->result. Where the
 * call is unwound instead, escape_personality() (call/escape.h) is told. */
void arch_call(void *function, struct registers *registers, uint64_t stack_bytes);

/* A signature all of whose arguments are whole registers: `integers` and `vectors` of up to eight
 * bytes, of which those that count are told by masks; behind the integers `outputs` addresses, each
 * of one element of `output_size` bytes; one scalar result or none. */
struct arch_path {
    uint32_t integers, vectors, outputs, output_size;
    bool text;                   /* instead of all these: one string */
    bool floating;               /* a floating type anywhere: the result depends on the mode */
    uint64_t masks[FRONT_WORDS]; /* arch_front_mask() of each word, integers first */
};

/* For arch_slots[].entry: code that answers from this thread's front (cache/front.h) and goes on to
 * arch_enter where that can't; reached by a jump from a stub. A key is the integers' words, then
 * the vectors', or the text; a value the result's word, then the outputs'. Only results of the
 * plain mode, floating_mode() == 0, are served. NULL: there is none for this signature on this
 * machine. */
void *arch_front_path(const struct arch_path *path);

/* The bits that these paths compare of the register of an argument of `size` bytes. */
uint64_t arch_front_mask(uint32_t size);

/* The hash that the path takes of a key's words, masked; a text's are its bytes and zeros up to
 * FRONT_TEXT. What it is depends on their sizes. */
typedef uint32_t arch_hash(const uint64_t *words, uint32_t count);
arch_hash *arch_front_hash(const struct arch_path *path); /* hashes.c, for every CPU */

/* The CPU's part of it: the CRC32C of the words one by one, of the first `narrow` 4 bytes each. */
uint32_t arch_front_crc(const uint64_t *words, uint32_t count, uint32_t narrow);

/* Where the bytes of arguments and results are. */
enum bank {
    BANK_INTEGER, /* general registers */
    BANK_VECTOR,  /* SSE or SIMD registers */
    BANK_STACK,   /* bytes from registers->stack; arguments only */
    BANK_X87,     /* x86's long double; results only */
};

/* `size` bytes of a value, from its byte `offset` on. */
struct piece {
    enum bank bank;
    uint32_t index; /* register number within its bank, or bytes from registers->stack */
    uint32_t offset, size;
};

/* Where one value is: in one to four pieces, in order. Structs of up to 16 bytes, and homogeneous
 * ones of AAPCS64, are split among registers. */
struct location {
    uint32_t piece_count;
    bool indirect; /* the one piece holds the address of the value (AAPCS64: large structs) */
    struct piece pieces[4];
};

/* How a call of one signature uses the registers. */
struct convention {
    uint64_t stack_bytes;
    uint64_t indirect_bytes;    /* of all indirect arguments together, each rounded up to 8 */
    struct location *arguments; /* one per parameter */
    struct location result;     /* in the result registers; no pieces for void */
    bool result_in_memory;      /* at arch_result_memory(): `result` has no pieces then */
    uint8_t x87_results;        /* for registers->x87_results; 0 but on x86 */
    bool disputed;              /* compilers disagree on where an argument is: can't be served */
};

/* Fills convention->arguments[0 .. parameter_count), which the caller provides, and the rest. */
void arch_place(const struct signature *signature, struct convention *convention);

/* The address of an argument that is in one piece (numbers and pointers always are): its bytes are
 * there. */
static inline void *arch_argument(struct registers *registers, const struct location *location)
{
    const struct piece *piece = &location->pieces[0];
    void *bytes = piece->bank == BANK_INTEGER  ? (void *)&registers->integer[piece->index]
                  : piece->bank == BANK_VECTOR ? (void *)registers->vector[piece->index]
                                               : (char *)registers->stack + piece->index;
    if (__builtin_expect(location->indirect, 0)) return *(void **)bytes;
    return bytes;
}

/* All bytes of an argument, to `value`. pieces.c, the same for every CPU. */
void arch_gather(struct registers *registers, const struct location *location,
                 unsigned char *value);

/* An indirect argument is the callee's own, which may change it. Copies all of them out, to
 * convention->indirect_bytes, and back, for whoever looks at them or calls again afterwards. */
void arch_indirect_save(struct registers *registers, const struct convention *convention,
                        uint32_t arguments, unsigned char *bytes);
void arch_indirect_restore(struct registers *registers, const struct convention *convention,
                           uint32_t arguments, const unsigned char *bytes);

/* The result registers to flat bytes, and back. For results that are not in memory. */
void arch_result_gather(const struct registers *registers, const struct location *result,
                        unsigned char *value);
void arch_result_scatter(struct registers *registers, const struct location *result,
                         const unsigned char *value);

#endif
