/* A typed front under test, with a key and its value; see paths.c. */
#ifndef PATHS_H
#define PATHS_H

#include "aarch64/machine.h"
#include "arch/arch.h"
#include "cache/arena.h"
#include "cache/front.h"
#include "floating.h"

struct subject {
    struct arch_path path;
    uint32_t number, words;
    struct front *front;
    struct front_layout layout;
    uint64_t key[8], value[3];
    uint64_t
        output[6]; /* the first one, and from [3] on the second, both with a word behind them */
};

uint64_t any(void);

/* A front of the path in slot `number`, and back. */
void subject_open(struct subject *subject, const struct arch_path *path, uint32_t number);
void subject_close(struct subject *subject);

/* Another key, of a text so long, and value; into a line; as a call passes it, among anything. */
void subject_key(struct subject *subject, size_t length);
void subject_fill(struct subject *subject, uint32_t errno_mask);
void subject_pass(const struct subject *subject, struct machine *in);

/* What call_enter() answers in the front's place. */
#define SUBJECT_MISS UINT64_MAX

/* paths_signals.c; gives main()'s status. */
int check_signals(void);

#endif
