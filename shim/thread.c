#include "thread.h"

#include "cache/arena.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>

_Thread_local struct thread thread_self;
_Thread_local int thread_countdown;

/* One static buffer. Chained in its thread while that lives, in `spare` afterwards: the address may
 * still be in the program's hands, so it is never unmapped. */
struct thread_buffer {
    struct thread_buffer *next;
    const void *owner;
    size_t capacity;
    _Alignas(16) unsigned char bytes[];
};

static pthread_key_t thread_key;
static bool thread_key_made;
static void (*at_end)(void);
static _Atomic(struct thread_buffer *) spare;

bool thread_on_alternate_stack(void)
{
    int saved = errno;
    stack_t stack;
    bool alternate = sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_ONSTACK);
    errno = saved;
    return alternate;
}

bool thread_is_stale(uintptr_t inside, uintptr_t frame)
{
    return frame >= inside && !thread_on_alternate_stack();
}

/* The buffers of a thread that ended, handed over in one piece. */
static void thread_end(void *ignored)
{
    (void)ignored;
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    thread_self.ended = true;
    if (at_end && thread_enter(here)) {
        at_end();
        thread_leave();
    }
    struct thread_buffer *first = thread_self.buffers, *last = first;
    thread_self.buffers = NULL;
    thread_self.registered = false;
    if (!first) return;
    while (last->next)
        last = last->next;
    last->next = atomic_load(&spare);
    while (!atomic_compare_exchange_weak(&spare, &last->next, first)) {
    }
}

static struct thread_buffer *buffer_of(struct thread_buffer *chain, const void *owner, size_t size)
{
    while (chain && (chain->owner != owner || chain->capacity < size))
        chain = chain->next;
    return chain;
}

/* Threads that come and go would else take a new buffer each. */
static void adopt_spares(void)
{
    struct thread_buffer *chain = atomic_exchange(&spare, NULL);
    if (!chain) return;
    struct thread_buffer *last = chain;
    while (last->next)
        last = last->next;
    last->next = thread_self.buffers;
    thread_self.buffers = chain;
}

bool thread_register(void)
{
    bool first = !thread_self.registered;
    if (!thread_self.registered && thread_key_made)
        thread_self.registered = pthread_setspecific(thread_key, &thread_self) == 0;
    if (thread_self.registered && first) adopt_spares();
    return thread_self.registered;
}

void *thread_static(const void *owner, size_t size)
{
    struct thread_buffer *buffer = buffer_of(thread_self.buffers, owner, size);
    if (buffer) return buffer->bytes;
    if (!thread_self.registered && thread_register()) {
        buffer = buffer_of(thread_self.buffers, owner, size);
        if (buffer) return buffer->bytes;
    }
    size_t capacity = 64;
    while (capacity < size)
        capacity *= 2;
    buffer = arena_alloc(sizeof(*buffer) + capacity);
    if (!buffer) return NULL;
    *buffer = (struct thread_buffer){thread_self.buffers, owner, capacity};
    thread_self.buffers = buffer;
    return buffer->bytes;
}

void thread_at_end(void (*end)(void))
{
    at_end = end;
}

void thread_start(void)
{
    thread_key_made = pthread_key_create(&thread_key, thread_end) == 0;
}
