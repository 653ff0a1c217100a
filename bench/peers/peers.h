/* Other ways to remember what d1_plain returns, each a function of a shared library. */
#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

double recipe(double a);
double if_memo(double a);
double kyoto(double a);
#endif
