/* x86-64: the floating-point environment as calls see it. MXCSR serves float and double, the x87
 * status word what a library computes in long double; <fenv.h> shows a program the union of both.
 * Sources: Intel SDM volume 1, sections 8.1.3 and 10.2.3. */
#ifndef MEMO_FLOATING_H
#define MEMO_FLOATING_H

#include <fenv.h>
#include <stdbool.h>
#include <stdint.h>
#include <x86intrin.h>

/* The flags that a hit raises again. INEXACT is not among them: nearly every call raises it. */
#define FLOATING_EFFECTS (FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW | FE_UNDERFLOW)

#define MXCSR_FLAGS          0x003fu
#define MXCSR_DENORMALS_ZERO 0x0040u
#define MXCSR_MASKS          0x1f80u

/* MXCSR. Reading it takes 12 cycles on AMD's cores: once a call, and the rest is told what was
 * read; nothing of ours changes it in between. */
typedef uint32_t floating_state;

static inline floating_state floating_read(void)
{
    return _mm_getcsr();
}

/* Gives what of the environment decides a floating result: rounding, flush-to-zero and denormals-
 * are-zero; one byte of the key. False while an exception would trap (feenableexcept): a hit can't
 * repeat that. */
static inline bool floating_mode(floating_state state, unsigned char *mode)
{
    *mode = (unsigned char)((state >> 13 & 7) << 1 | (state & MXCSR_DENORMALS_ZERO) >> 6);
    return (state & MXCSR_MASKS) == MXCSR_MASKS;
}

static inline unsigned floating_x87_flags(void)
{
    uint16_t status;
    __asm__ volatile("fnstsw %0" : "=a"(status));
    return status & MXCSR_FLAGS;
}

/* Sees to it that no effect is set, so that what the call raises can be told, and gives the flags
 * that were. Inexact alone, which a program has set nearly always, stays: writing MXCSR takes as
 * long as reading it thrice. */
static inline unsigned floating_begin(floating_state state)
{
    unsigned before = state & MXCSR_FLAGS, x87 = floating_x87_flags();
    if (before & FLOATING_EFFECTS) _mm_setcsr(state & ~MXCSR_FLAGS);
    if (x87 & FLOATING_EFFECTS) __asm__ volatile("fnclex");
    return before | x87;
}

/* Sets what was set before and gives the effects raised since floating_begin(). */
static inline unsigned floating_end(unsigned before)
{
    uint32_t control = _mm_getcsr();
    unsigned raised = (control & MXCSR_FLAGS) | floating_x87_flags();
    if (before & ~raised) _mm_setcsr(control | before);
    return raised & FLOATING_EFFECTS;
}

static inline void floating_raise(unsigned effects)
{
    _mm_setcsr(_mm_getcsr() | effects);
}

#endif
