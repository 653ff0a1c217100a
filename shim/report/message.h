/* Lines for people, on stderr: `libmemo: ...`. Never more than one write(2) each, never malloc or
 * stdio, safe in signal handlers and after fork; errno preserved. At most 32 lines per process
 * above the level info, then one that says the rest is left out.
 * LOG_WARNING is the level until message_level() is called. */
#ifndef MEMO_MESSAGE_H
#define MEMO_MESSAGE_H

#include "config/options.h"

#include <stdarg.h>

void message_level(enum log_level level);
bool message_wanted(enum log_level level);
void message(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
