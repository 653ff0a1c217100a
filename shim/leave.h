/* The ways out of a process that run no destructors: _exit, _Exit, quick_exit and the exec family.
 * Each is hooked by a tail-jump, so that statistics are written before the process is gone. */
#ifndef MEMO_LEAVE_H
#define MEMO_LEAVE_H

#include "rebind/rebind.h"

#define LEAVE_WANTED 11

/* Fills LEAVE_WANTED rows. */
void leave_want(struct wanted *wanted);

#endif
