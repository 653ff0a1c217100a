#include "stack.h"

#include "system.h"

#include <errno.h>
#include <sys/resource.h>

#define UNLIMITED_STACK ((uintptr_t)64 << 20) /* what we count on where there is no limit */

/* Of the stack, or whatever it is, that this thread was last seen on. */
static _Thread_local struct {
    uintptr_t low, high;
    bool known; /* to be a stack from end to end */
} bounds __attribute__((tls_model("initial-exec")));

static uintptr_t main_frame, main_size; /* of the thread that the constructor ran on */

/* One line of maps as it is read: the range, and whether it has a name. */
struct line {
    uintptr_t numbers[2];
    int field;
    bool named, accessible;
    bool guarded;     /* the mapping before is inaccessible */
    uintptr_t before; /* where that one ends */
};

static void line_byte(struct line *line, char c)
{
    bool digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    if (line->field < 2 && digit) {
        uintptr_t value = (uintptr_t)(c <= '9' ? c - '0' : c - 'a' + 10);
        line->numbers[line->field] = line->numbers[line->field] << 4 | value;
    } else if (line->field < 2) {
        line->field++;
    } else if (line->field == 2 && c != ' ') {
        line->accessible |= c == 'r' || c == 'w' || c == 'x';
    } else if (c == '/' || c == '[') {
        line->named = true;
    } else if (c == ' ') {
        line->field++;
    }
}

static struct line line_after(const struct line *line)
{
    return (struct line){.guarded = !line->accessible, .before = line->numbers[1]};
}

/* The mapping around `address`; false when there is none or it can't be read. */
static bool mapping_of(uintptr_t address, struct line *found)
{
    char buffer[1024];
    struct line line = {.field = 0};
    long length;
    int file = system_open("/proc/self/maps", O_RDONLY, 0);
    if (file < 0) return false;
    found->numbers[1] = 0;
    while (!found->numbers[1] && (length = system_read(file, buffer, sizeof(buffer))) > 0) {
        for (long i = 0; i < length && !found->numbers[1]; i++) {
            if (buffer[i] != '\n') {
                line_byte(&line, buffer[i]);
                continue;
            }
            if (line.numbers[0] <= address && address < line.numbers[1]) *found = line;
            line = line_after(&line);
        }
    }
    system_close(file);
    return found->numbers[1] != 0;
}

/* The kernel's maps are only read when somebody asks for room, which few programs ever do. */
void stack_start(void)
{
    struct rlimit limit;
    int saved = errno;
    main_frame = (uintptr_t)__builtin_frame_address(0);
    main_size = UNLIMITED_STACK;
    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        main_size = limit.rlim_cur;
    errno = saved;
}

/* The main thread's stack grows down to its limit; its mapping shows only what it has used. Where
 * the maps can't be read, it is what is below our constructor's frame. */
static void set_main_bounds(uintptr_t high)
{
    bounds.high = high;
    bounds.low = high > main_size ? high - main_size : 0;
    bounds.known = true;
}

/* Any other thread's stack is an anonymous mapping with a guard page below. Where there is none, as
 * in the heap or in memory of the program's own, nobody can tell where the stack ends. */
static void find_bounds(uintptr_t frame)
{
    struct line line;
    bounds.low = bounds.high = 0;
    bounds.known = false;
    if (!mapping_of(frame, &line)) {
        if (frame < main_frame && main_frame - frame < main_size) set_main_bounds(main_frame);
    } else if (line.numbers[0] <= main_frame && main_frame < line.numbers[1]) {
        set_main_bounds(line.numbers[1]);
    } else {
        bounds.low = line.numbers[0];
        bounds.high = line.numbers[1];
        bounds.known = !line.named && line.guarded && line.before == bounds.low;
    }
}

bool stack_has_room(uintptr_t frame)
{
    if (frame < bounds.low || frame >= bounds.high) {
        int saved = errno;
        find_bounds(frame);
        errno = saved;
    }
    return bounds.known && frame - bounds.low > (bounds.high - bounds.low) / 4;
}
