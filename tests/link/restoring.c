/* A library to preload: the rebinding that libmemo.so is made of, and no cache. Behind each stub a
 * handler counts; from its RESTORE_AT-th call on it gives the references back, each time anew.
 * At the end $RESTORED gets a line for each slot: symbol, library, calls that entered. */
#include "many.h"

#include "config/pool.h"
#include "rebind/rebind.h"
#include "slot.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unwind.h>

#define SLOTS 128

struct counted {
    struct slot slot;
    const char *symbol;
    char library[64];
    unsigned long entered;
};

static struct counted counted[SLOTS];
static size_t count;
static unsigned long restore_at = 3;

static void *enter(struct slot *slot, struct registers *registers)
{
    (void)registers;
    struct counted *self = (struct counted *)slot;
    if (__atomic_add_fetch(&self->entered, 1, __ATOMIC_RELAXED) >= restore_at) rebind_restore(slot);
    return slot->original;
}

static void *bind(const struct wanted *wanted, const struct binding *binding)
{
    for (size_t i = 0; i < count; i++)
        if (counted[i].symbol == wanted->symbol && counted[i].slot.original == binding->original)
            return slot_stub(&counted[i].slot);
    if (count == SLOTS) return NULL;
    struct counted *self = &counted[count++];
    self->symbol = wanted->symbol;
    snprintf(self->library, sizeof(self->library), "%s", rebind_file_name(binding->provider));
    return slot_publish(&self->slot, enter, binding->original);
}

#define WANT(name)        {.symbol = name, .bind = bind},
#define WANT_MANY(number) WANT("many_" #number)
static struct wanted wanted[] = {WANT("pure_call") WANT("pure_address") WANT("pure_table") WANT(
    "pure_passed") WANT("pure_indirect") WANT("pow") MANY_ALL(WANT_MANY)};

__attribute__((constructor)) static void begin(void)
{
    if (getenv("RESTORE_AT")) restore_at = strtoul(getenv("RESTORE_AT"), NULL, 10);
    pthread_atfork(rebind_before_fork, rebind_after_fork, rebind_after_fork);
    static struct pool pool;
    if (rebind_start(wanted, sizeof(wanted) / sizeof(wanted[0]), NULL, &pool) != 0) abort();
}

__attribute__((destructor)) static void end(void)
{
    FILE *file = getenv("RESTORED") ? fopen(getenv("RESTORED"), "w") : NULL;
    if (!file) return;
    for (size_t i = 0; i < count; i++)
        fprintf(file, "%s %s %lu\n", counted[i].symbol, counted[i].library, counted[i].entered);
    fclose(file);
}

/* What arch_call's frames ask; there are none here. */
_Unwind_Reason_Code escape_personality(void);
_Unwind_Reason_Code escape_personality(void)
{
    return _URC_CONTINUE_UNWIND;
}

/* What typed paths refer to, and a bypassed slot; no stub here leads there. */
#define HERE __attribute__((visibility("hidden")))
extern _Thread_local intptr_t thread_fronts HERE;
extern _Thread_local int thread_countdown HERE;
extern int64_t thread_errno_offset HERE;
_Thread_local intptr_t thread_fronts;
_Thread_local int thread_countdown;
int64_t thread_errno_offset;
