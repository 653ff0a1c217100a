/* AArch64: the floating-point environment as calls see it: FPCR is what the program asks for, FPSR
 * what has happened. Source: Arm Architecture Reference Manual, C5.2 (FPCR, FPSR). */
#ifndef MEMO_FLOATING_H
#define MEMO_FLOATING_H

#include <fenv.h>
#include <stdbool.h>
#include <stdint.h>

/* The flags that a hit raises again. INEXACT is not among them: nearly every call raises it. */
#define FLOATING_EFFECTS (FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW)

/* <fenv.h> numbers the flags as FPSR does. Its others, QC and IDC, no C program sees. */
#define FPSR_FLAGS (FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW | FE_INEXACT)

#define FPCR_MODE_SHIFT 22 /* RMode (2 bits), FZ, DN, AHP */
#define FPCR_FZ16_SHIFT 19
#define FPCR_FIZ_AH     0x0003u
#define FPCR_TRAPS      0x9f00u /* IOE DZE OFE UFE IXE, IDE; for ever 0 where a core has none */

static inline uint64_t floating_control(void)
{
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    return control;
}

static inline uint64_t floating_status(void)
{
    uint64_t status;
    __asm__ volatile("mrs %0, fpsr" : "=r"(status));
    return status;
}

static inline void floating_set_status(uint64_t status)
{
    __asm__ volatile("msr fpsr, %0" : : "r"(status));
}

/* FPCR; the flags are in a register of their own. */
typedef uint64_t floating_state;

static inline floating_state floating_read(void)
{
    return floating_control();
}

/* Gives what of the environment decides a floating result: rounding, flushing of subnormals (all
 * three kinds), default NaN, half-precision format and alternate handling; one byte of the key.
 * False while an exception would trap (feenableexcept): a hit can't repeat that. */
static inline bool floating_mode(floating_state state, unsigned char *mode)
{
    *mode = (unsigned char)((state >> FPCR_MODE_SHIFT & 0x1f) |
                            (state >> FPCR_FZ16_SHIFT & 1) << 5 | (state & FPCR_FIZ_AH) << 6);
    return (state & FPCR_TRAPS) == 0;
}

/* Sees to it that no effect is set, so that what the call raises can be told, and gives the flags
 * that were. Inexact alone, which a program has set nearly always, stays. */
static inline unsigned floating_begin(floating_state state)
{
    (void)state;
    uint64_t status = floating_status();
    if (status & FLOATING_EFFECTS) floating_set_status(status & ~(uint64_t)FPSR_FLAGS);
    return (unsigned)(status & FPSR_FLAGS);
}

/* Sets what was set before and gives the effects raised since floating_begin(). */
static inline unsigned floating_end(unsigned before)
{
    uint64_t status = floating_status();
    if (before & ~status) floating_set_status(status | before);
    return (unsigned)(status & FLOATING_EFFECTS);
}

static inline void floating_raise(unsigned effects)
{
    floating_set_status(floating_status() | effects);
}

#endif
