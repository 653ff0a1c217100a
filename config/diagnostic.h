/* Where something is wrong in a config, and how to say so.
 *
 * Every message of the config language goes through one function pointer, so that the shim can
 * print it to stderr and the command can collect, count and colour it. `text` says what is wrong
 * and what to write instead, without file, line or a final newline; it is valid only during the
 * call. Printed as `libmemo: FILE:LINE:COLUMN: TEXT`; line 0 means the whole file (`libmemo: FILE:
 * TEXT`), a NULL file the environment or command line. */
#ifndef MEMO_DIAGNOSTIC_H
#define MEMO_DIAGNOSTIC_H

struct place {
    const char *file;
    int line, column; /* from 1; columns count bytes */
};

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

struct diagnostics {
    void (*report)(struct diagnostics *self, enum severity severity, struct place place,
                   const char *text);
    int errors, warnings; /* counted by diagnose() */
};

/* Formats at most 511 bytes into a stack buffer and hands them to report(). */
void diagnose(struct diagnostics *diagnostics, enum severity severity, struct place place,
              const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
