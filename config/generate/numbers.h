/* What stands for a pointer in the tables that the generator prints: config/catalogue_tables.h says
 * why they hold none. What does not fit ends the build. */
#ifndef MEMO_GENERATE_NUMBERS_H
#define MEMO_GENERATE_NUMBERS_H

/* The offset of a text (NULL: none), as the tables write it; and all texts named so far, as the
 * table that it leads into. Texts lie in the order in which they were first named. */
void print_text(const char *text);
void print_texts(void);

/* The same for the structs that types and parameters name by their variables. */
void print_record(const char *name);
void print_records(void);

#endif
