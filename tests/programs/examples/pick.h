/* Random arguments for the generated drivers: the same in every run. */
#ifndef EXAMPLES_PICK_H
#define EXAMPLES_PICK_H

#include <stddef.h>

/* One set of arguments is one seed. */
void pick_seed(const char *symbol, unsigned number);

/* `name`, the parameter's, tells dates from other numbers. */
double pick_double(const char *name);
int pick_integer(const char *name);
int pick_count(const char *name); /* from 0 up to 8 */
char pick_sign(const char *name);
const char *pick_word(void);

enum pick_kind { pick_double_kind, pick_integer_kind, pick_bytes_kind };
#define pick_fill(memory, size, kind) pick_fill_with((memory), (size), kind##_kind)
void pick_fill_with(void *memory, size_t size, enum pick_kind kind);

#endif
