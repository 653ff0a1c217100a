#include "report/message.h"

#include "report/output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MESSAGE_CAPACITY 1024
#define MESSAGE_LIMIT    32

static enum log_level message_threshold = LOG_WARNING;
static unsigned message_count;

void message_level(enum log_level level)
{
    message_threshold = level;
}

bool message_wanted(enum log_level level)
{
    return level != LOG_NONE && level <= message_threshold;
}

static void write_line(char *line, size_t length)
{
    line[length++] = '\n';
    if (output_is_stderr(STDERR_FILENO)) output_write(STDERR_FILENO, line, length);
}

/* Errors and warnings are capped: a config of a thousand mistakes must not bury the program's own
 * messages. Whoever asks for info or debug wants them all. */
static bool over_limit(enum log_level level)
{
    if (level > LOG_WARNING || message_threshold > LOG_WARNING) return false;
    unsigned count = __atomic_add_fetch(&message_count, 1, __ATOMIC_RELAXED);
    if (count == MESSAGE_LIMIT + 1) {
        char line[] = "libmemo: more of this is left out; MEMO_LOG=info shows all\n";
        write_line(line, sizeof(line) - 2);
    }
    return count > MESSAGE_LIMIT;
}

void message(enum log_level level, const char *format, ...)
{
    static const char prefix[] = "libmemo: ";
    if (!message_wanted(level) || over_limit(level)) return;
    char line[MESSAGE_CAPACITY + 1];
    memcpy(line, prefix, sizeof(prefix) - 1);
    size_t start = sizeof(prefix) - 1, room = MESSAGE_CAPACITY - start;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line + start, room, format, arguments);
    va_end(arguments);
    if (length > 0) write_line(line, start + ((size_t)length < room ? (size_t)length : room - 1));
}
