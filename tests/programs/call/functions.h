/* One function for every kind of signature that a config can describe, and a second name for each,
 * direct_NAME, that no config mentions: calls by it are the truth to compare with. */
#ifndef CALL_FUNCTIONS_H
#define CALL_FUNCTIONS_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <wchar.h>

#define PAIR(result, name, ...)                                                                    \
    result name(__VA_ARGS__);                                                                      \
    result direct_##name(__VA_ARGS__)

/* Beside a definition in the library. */
#define ALSO_DIRECT(name) extern __typeof__(name) direct_##name __attribute__((alias(#name)))

/* Times that any original really ran, by either name. */
extern _Thread_local unsigned long ran;
unsigned long originals_ran(void);

/* scalar.c: turn_NAME for each line of types.txt, which the suite makes into types.h. */
#define INTEGER(name, type) PAIR(type, turn_##name, type a, type b);
#include "types.h"
#undef INTEGER

enum shade { SHADE_NONE = -1, SHADE_DARK, SHADE_LIGHT, SHADE_MOST = 0x7fffffff };

PAIR(enum shade, turn_shade, enum shade a);
PAIR(float, wave_float, float a, float b);
PAIR(double, wave_double, double a, double b);
PAIR(double, blend, int8_t a, double b, float c, unsigned long d, bool e, double f);
PAIR(long, nine_integers, char a, short b, int c, long d, uint8_t e, uint16_t f, int8_t g,
     unsigned h, bool i);
PAIR(double, ten_doubles, double a, double b, double c, double d, double e, double f, double g,
     double h, double i, double j);
PAIR(double, twenty_mixed, int a, double b, long c, float d, short e, double f, unsigned g,
     double h, int8_t i, double j, uint16_t k, float l, long m, double n, int8_t o, float p, bool q,
     double r, uint64_t s, float t);
PAIR(double, sixty_arguments, long a0, long a1, long a2, long a3, long a4, long a5, long a6,
     long a7, long a8, long a9, long a10, long a11, long a12, long a13, long a14, long a15,
     long a16, long a17, long a18, long a19, long a20, long a21, long a22, long a23, long a24,
     long a25, long a26, long a27, long a28, long a29, long a30, long a31, long a32, long a33,
     long a34, long a35, long a36, long a37, long a38, long a39, double r0, double r1, double r2,
     double r3, double r4, double r5, double r6, double r7, double r8, double r9, double r10,
     double r11, double r12, double r13, double r14, double r15, double r16, double r17, double r18,
     double r19);
PAIR(int, no_arguments, void);
PAIR(void, no_result, int a);
PAIR(double, third, double a);
PAIR(float, third_float, float a);
PAIR(int, stack_misalignment, long a, double b);

/* text.c */
PAIR(unsigned long, digest_text, const char *s);
PAIR(unsigned long, digest_two, const char *s, int between, const char *t);
PAIR(long, sum_after, const int *v, size_t n);
PAIR(long, sum_before, int n, const int *v);
PAIR(long, sum_bytes, const unsigned char *v, uint8_t n);
PAIR(double, sum_doubles, const double *v, long n);
PAIR(double, norm, const double v[3]);
PAIR(double, determinant, const double m[2][2]);
PAIR(int, label, int code, char *s, size_t n);
PAIR(void, pad, const char *from, char *s, int n);

/* output.c */
PAIR(void, polar, double x, double y, double *r, double *phi);
PAIR(int, divide, int a, int b, int *quotient, int *rest);
PAIR(void, prefix, int length, unsigned char *r);
PAIR(void, fill, short value, short *r, unsigned n);
PAIR(void, step, unsigned long state[2]);
PAIR(void, step_word, unsigned long state[2]);
PAIR(void, order, int *v, int n);
PAIR(void, scale, const double v[3], double factor, double r[3]);
PAIR(int, nothing_read, int n, int *v);

/* record.c */
PAIR(long, tm_digest, const struct tm *t);
PAIR(void, tm_make, long seed, struct tm *r);
PAIR(int, tm_normal, struct tm *t);
PAIR(struct tm *, tm_result, const time_t *t, struct tm *result);
PAIR(void, spec_add, const struct timespec *a, const struct timespec *b, struct timespec *r);
PAIR(void, val_double, struct timeval *v);
PAIR(long, val_digest, const struct timeval *v);

/* pointer.c */
PAIR(const char *, skip_blanks, const char *s);
PAIR(const char *, name_of, int code);
PAIR(char *, static_text, int code);
PAIR(char *, static_long, int length);
PAIR(struct tm *, static_tm, long seed);
PAIR(char *, copy_text, char *to, const char *from, size_t n);

/* wide.c */
PAIR(unsigned long, wide_digest, const wchar_t *s);
PAIR(size_t, wide_pad, wchar_t *to, const wchar_t *from, size_t n);
PAIR(const wchar_t *, wide_skip, const wchar_t *s);
PAIR(long, wide_number, const wchar_t *s, wchar_t **end, int base);
PAIR(wchar_t *, wide_copy, const wchar_t *s);
PAIR(wchar_t *, wide_name, int code);

/* list.c */
struct club {
    char *name, **members;
    int id;
    double dues;
};
PAIR(int, club_get, int id, struct club *club, char *buffer, size_t size, struct club **result);
PAIR(struct club *, club_find, int id, struct club *club, char *buffer);
PAIR(struct club *, club_static, int id);
PAIR(unsigned long, club_digest, const struct club *club);
PAIR(unsigned long, club_raise, struct club *club);
PAIR(void, club_merge, struct club *club);

/* given.c */
struct slab {
    char output[48];
    int begun;
    char room[200];
    unsigned long length;
    short marks[40];
    unsigned char dust[130];
};
PAIR(int, shout, const char *text, char **output, long *length);
PAIR(int, widen, const char *text, wchar_t **output);
PAIR(char *, checked_copy, const char *text, char **copy, unsigned char *sum);
PAIR(long, address_sum, int family, const unsigned char *address);
PAIR(int, address_make, int family, unsigned seed, unsigned char *address);
PAIR(long, chosen_sum, signed char mode, const short *v, unsigned short n);
PAIR(char *, engrave, const char *text, struct slab *slab);

struct tagged {
    int kind;
    union amount {
        double real;
        int whole[6];
        char text[24];
    } as;
};
PAIR(void, tag_all, int kind, struct tagged *tagged);
PAIR(void, tag_fields, int kind, struct tagged *tagged);

/* depend.c */
PAIR(long, read_setting, int key);
PAIR(long, read_file, int key);
PAIR(long, read_locale, int key);
PAIR(long, handle_get, void *handle, int key);
PAIR(void, handle_set, void *handle, int key, long value);
PAIR(int, handle_read, void *handle, int key, int *value);
void *handle_new(void);

/* effect.c */
enum errno_mode { ERRNO_LEAVE, ERRNO_SET, ERRNO_ZERO, ERRNO_RESTORE };

PAIR(int, zero_errno, int error, int mode);

PAIR(int, set_errno, int error, int mode);
PAIR(int, set_errno_kept, int error, int mode);
PAIR(double, raise_flags, int flags, double result);
PAIR(double, both_effects, int flags, int error);
PAIR(double, halve, double a);

/* escape.c */
extern _Thread_local jmp_buf *escape_to;
PAIR(int, escape, int key);
PAIR(int, escape_writing, int first, int *r);
PAIR(int, end_thread, int key);
PAIR(int, wait_forever, int key);
PAIR(unsigned long, even, unsigned long n);
PAIR(unsigned long, odd, unsigned long n);
PAIR(int, raise_signal, int signal);
extern void (*call_back)(int key);
PAIR(int, calls_back, int key);

#endif
