/* A library of pure functions, one for each way of reaching a function, that count how often they
 * really run. */
#ifndef PURE_H
#define PURE_H

double pure_call(double x);
double pure_address(double x);
double pure_table(double x);
double pure_passed(double x);
double pure_indirect(double x); /* an IFUNC */

enum { RUN_CALL, RUN_ADDRESS, RUN_TABLE, RUN_PASSED, RUN_INDIRECT, RUNS };
unsigned long pure_runs(int which);

/* Of another library: calls function(x) for x in first .. first + count - 1 and adds it up. */
double apply(double (*function)(double), int first, int count);

#endif
