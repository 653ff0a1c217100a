/* What this thread is doing, as far as libmemo is concerned.
 *
 * The guard keeps our own code from being entered twice by one thread (a signal handler, an
 * allocator or a loader that calls a memoized function while we run): the second entry goes
 * straight to the original. It is a stack address, not a flag, so that a longjmp out of our code
 * can't leave it set: an entry from a frame at or above the recorded one proves the old one dead,
 * unless the thread runs on its alternate signal stack, whose place says nothing. */
#ifndef MEMO_THREAD_H
#define MEMO_THREAD_H

#include "stack.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Each level of a recursion through a stub takes some 900 bytes of stack for us. So many levels are
 * always served; below, only while a quarter of the thread's stack is free. */
#define THREAD_NESTING 4

struct thread_buffer;

struct thread {
    volatile uintptr_t inside; /* frame of our code in progress; 0 outside */
    uintptr_t outermost;       /* frame of the outermost original in progress */
    uint32_t nesting;          /* originals in progress below it */
    bool registered;           /* thread_end() will run */
    bool ended;                /* it has run */
    struct thread_buffer *buffers;
};

/* In the static TLS block: a preloaded object always has room there, and reading it costs one
 * instruction. */
extern _Thread_local struct thread thread_self __attribute__((tls_model("initial-exec")));

/* Bypassed calls of this thread until one of them is looked at: counted down by arch_bypass. */
extern _Thread_local int thread_countdown __attribute__((tls_model("initial-exec")));

bool thread_is_stale(uintptr_t inside, uintptr_t frame);

/* Asks the kernel. errno is preserved. */
bool thread_on_alternate_stack(void);

/* `frame`: any address in the frame of the call being served. False: already inside. */
static inline bool thread_enter(uintptr_t frame)
{
    uintptr_t inside = thread_self.inside;
    if (__builtin_expect(inside != 0, 0) && !thread_is_stale(inside, frame)) return false;
    thread_self.inside = frame;
    atomic_signal_fence(memory_order_seq_cst);
    return true;
}

static inline void thread_leave(void)
{
    atomic_signal_fence(memory_order_seq_cst);
    thread_self.inside = 0;
}

/* Around an original. False when the recursion is too deep for us to add to it. An original that
 * never returns leaves the count behind; the next call from its caller's frame or above sets it
 * right. */
static inline bool thread_nest(uintptr_t frame)
{
    if (thread_self.nesting == 0 || frame >= thread_self.outermost) {
        thread_self.outermost = frame;
        thread_self.nesting = 0;
    }
    if (thread_self.nesting >= THREAD_NESTING && !stack_has_room(frame)) return false;
    thread_self.nesting++;
    return true;
}

static inline void thread_unnest(void)
{
    if (thread_self.nesting) thread_self.nesting--;
}

/* `size` bytes of this thread's own for `owner`, the same address each time until a larger size is
 * asked for; then the old ones stay readable. For `returns = static`. Inside the guard only; NULL
 * when memory can't be had. Given to another thread's use when this one ends. */
void *thread_static(const void *owner, size_t size);

/* Sees to it that what thread_at_end() was given runs when this thread ends. Inside the guard. */
bool thread_register(void);

/* From the constructor. */
void thread_start(void);
void thread_at_end(void (*end)(void));

#endif
