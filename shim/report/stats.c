#include "report/stats.h"

#include "cache/clock.h"
#include "call/judge.h"
#include "call/shares.h"
#include "fork.h"
#include "glibc.h"
#include "report/emitter.h"
#include "report/message.h"
#include "report/output.h"
#include "system.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct column columns[] = {
    {"symbol", "symbol", COLUMN_TEXT},      {"version", "version", COLUMN_TEXT},
    {"library", "library", COLUMN_TEXT},    {"mode", "mode", COLUMN_TEXT},
    {"calls", "calls", COLUMN_COUNT},       {"hits", "hits", COLUMN_COUNT},
    {"misses", "misses", COLUMN_COUNT},     {"bypassed", "bypassed", COLUMN_COUNT},
    {"unstored", NULL, COLUMN_COUNT},       {"verified", NULL, COLUMN_COUNT},
    {"different", NULL, COLUMN_COUNT},      {"evictions", "evictions", COLUMN_COUNT},
    {"currsize", "currsize", COLUMN_COUNT}, {"maxsize", "maxsize", COLUMN_COUNT},
    {"bytes", "bytes", COLUMN_COUNT},       {"original_ns", "original ns", COLUMN_TENTHS},
    {"hit_ns", "hit ns", COLUMN_TENTHS},    {"saved_ns", "saved ns", COLUMN_SIGNED},
    {"note", "note", COLUMN_TEXT},
};

enum {
    CELL_SYMBOL,
    CELL_VERSION,
    CELL_LIBRARY,
    CELL_MODE,
    CELL_CALLS,
    CELL_HITS,
    CELL_MISSES,
    CELL_BYPASSED,
    CELL_UNSTORED,
    CELL_VERIFIED,
    CELL_DIFFERENT,
    CELL_EVICTIONS,
    CELL_CURRSIZE,
    CELL_MAXSIZE,
    CELL_BYTES,
    CELL_ORIGINAL,
    CELL_HIT,
    CELL_SAVED,
    CELL_NOTE,
    CELL_COUNT
};
_Static_assert(sizeof(columns) / sizeof(columns[0]) == CELL_COUNT, "a cell for each column");

static struct {
    const char *destination, *program;
    bool json, choice;
    int stderr_copy; /* -1: none */
    uint64_t start_ticks, start_ns;
    _Atomic(bool) written;
    bool forked;
} stats = {.stderr_copy = -1};

static bool is_json(const char *destination)
{
    size_t length = strlen(destination);
    return length >= 5 && strcmp(destination + length - 5, ".json") == 0;
}

/* As high as the limit allows up to 1000, out of the way of programs that expect low numbers. */
static void keep_stderr(void)
{
    for (int least = 1000; least > 2 && stats.stderr_copy < 0; least /= 4)
        stats.stderr_copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, least);
}

void stats_start(const char *destination, const char *program, bool choice)
{
    int saved = errno;
    stats.start_ticks = arch_clock();
    stats.start_ns = clock_ns(CLOCK_MONOTONIC);
    stats.program = program;
    stats.choice = choice;
    stats.json = is_json(destination);
    if (strcmp(destination, "stderr") == 0) keep_stderr();
    stats.destination = destination;
    errno = saved;
}

void stats_after_fork(void)
{
    stats.forked = true;
    stats.start_ticks = arch_clock();
    stats.start_ns = clock_ns(CLOCK_MONOTONIC);
    atomic_store(&stats.written, false);
}

/* The counter's rate: what passed of both clocks since the start. */
struct rate {
    uint64_t ns, ticks;
};

/* Of fine ticks. In integers: the program may trap on inexact results. */
static int64_t tenths(int64_t ticks, const struct rate *rate)
{
    if (!rate->ticks) return 0;
    return (int64_t)((__int128)ticks * (int64_t)rate->ns * 10 / TIMING_FINE / (int64_t)rate->ticks);
}

/* One slot's figures; times in tenths of a nanosecond. */
struct figures {
    uint64_t hits, misses, front_hits;
    int64_t original, hit, front_hit, miss;
    bool locked;
    const char *refusal;
};

static struct figures figures_of(struct memo *memo, const struct rate *rate)
{
    struct front_counts front = shares_counts(memo);
    struct figures figures = {
        .hits = memo->hits + front.hits,
        .misses = memo->misses + front.misses,
        .front_hits = front.hits,
        .refusal = memo->depends ? atomic_load(&memo->depends->refusal) : NULL,
    };
    if (!figures.hits && !figures.misses) return figures;
    struct cost_rates rates = cost_rates(&memo->cost, judge_machine(), memo->front == FRONT_FLAT);
    figures.original = tenths(rates.original, rate);
    figures.hit = tenths(rates.hit, rate);
    figures.front_hit = tenths(rates.front_hit, rate);
    figures.miss = tenths(rates.miss, rate);
    return figures;
}

static int64_t saved_tenths(const struct figures *figures)
{
    int64_t table_hits = (int64_t)(figures->hits - figures->front_hits);
    return (int64_t)figures->front_hits * (figures->original - figures->front_hit) +
           table_hits * (figures->original - figures->hit) -
           (int64_t)figures->misses * figures->miss;
}

static int64_t mean_hit(const struct figures *figures)
{
    int64_t front_hits = (int64_t)figures->front_hits, hits = (int64_t)figures->hits;
    if (!hits) return 0;
    return (front_hits * figures->front_hit + (hits - front_hits) * figures->hit) / hits;
}

static const char *mode_of(const struct memo *memo, const struct figures *figures)
{
    if (figures->refusal || !figures->locked || memo->impure) return "bypassed";
    switch (cost_mode(&memo->cost)) {
    case MODE_PROBING:
        return saved_tenths(figures) > 0 ? "caching" : "probing";
    case MODE_CACHING:
    case MODE_ALONE:
        return "caching";
    case MODE_BYPASSED:
    case MODE_RELEASED:
        break;
    }
    return "bypassed";
}

/* Why the cost rule let a slot go: what was measured when it did. */
static const char *reason_of(const struct memo *memo, const struct figures *figures,
                             struct pool *pool)
{
    char text[160];
    struct emitter emitter = {.data = text, .capacity = sizeof(text)};
    long long calls = (long long)(figures->hits + figures->misses);
    bool cheap = figures->original <= figures->front_hit;
    emit(&emitter, "does not pay: a call takes %lld.%lld ns, a hit %lld.%lld",
         (long long)figures->original / 10, (long long)figures->original % 10,
         (long long)mean_hit(figures) / 10, (long long)mean_hit(figures) % 10);
    if (!cheap && calls)
        emit(&emitter, ", a miss %lld.%lld more, and %lld %% hit", (long long)figures->miss / 10,
             (long long)figures->miss % 10, (long long)figures->hits * 100 / calls);
    if (cost_mode(&memo->cost) == MODE_RELEASED) emit(&emitter, "; let go for good");
    const char *kept = pool_strndup(pool, text, emitter.length);
    return kept ? kept : "";
}

static const char *note_of(const struct memo *memo, const struct figures *figures,
                           struct pool *pool)
{
    if (memo->impure) return "impure: a verified hit differed";
    if (figures->refusal) return figures->refusal;
    if (!figures->locked) return "its lock was lost with a call that never returned: bypassed";
    if (memo->memory_failures) return "results were dropped for want of memory: raise maxmemory";
    if (cost_mode(&memo->cost) >= MODE_BYPASSED) return reason_of(memo, figures, pool);
    if (cost_mode(&memo->cost) == MODE_ALONE) return "the front alone: the table does not pay";
    return "";
}

static void fill_row(union cell *row, struct memo *memo, const struct rate *rate, struct pool *pool)
{
    bool locked = lock_wait(&memo->lock); /* a lost lock: figures are as good as they were */
    struct figures figures = figures_of(memo, rate);
    uint64_t bypassed = atomic_load(&memo->bypassed);
    figures.locked = locked;
    row[CELL_SYMBOL].text = memo->entry->symbol;
    row[CELL_VERSION].text = memo->version;
    row[CELL_LIBRARY].text = rebind_file_name(memo->provider);
    row[CELL_MODE].text = mode_of(memo, &figures);
    row[CELL_CALLS].count = figures.hits + figures.misses + bypassed;
    row[CELL_HITS].count = figures.hits;
    row[CELL_MISSES].count = figures.misses;
    row[CELL_BYPASSED].count = bypassed;
    row[CELL_UNSTORED].count = memo->unstored;
    row[CELL_VERIFIED].count = memo->verified;
    row[CELL_DIFFERENT].count = memo->different;
    row[CELL_EVICTIONS].count = memo->table.evictions;
    row[CELL_CURRSIZE].count = table_count(&memo->table);
    row[CELL_MAXSIZE].count = memo->table.maxsize;
    row[CELL_BYTES].count = table_bytes(&memo->table);
    row[CELL_ORIGINAL].number = figures.original;
    row[CELL_HIT].number = mean_hit(&figures);
    row[CELL_SAVED].number = saved_tenths(&figures) / 10;
    row[CELL_NOTE].text = note_of(memo, &figures, pool);
    if (locked) lock_release(&memo->lock);
}

/* Most saved first: insertion sort, rows are few. */
static void sort_rows(union cell *cells, size_t rows)
{
    union cell moved[CELL_COUNT];
    for (size_t i = 1; i < rows; i++) {
        size_t to = i;
        memcpy(moved, cells + i * CELL_COUNT, sizeof(moved));
        while (to && cells[(to - 1) * CELL_COUNT + CELL_SAVED].number < moved[CELL_SAVED].number)
            to--;
        memmove(cells + (to + 1) * CELL_COUNT, cells + to * CELL_COUNT, (i - to) * sizeof(moved));
        memcpy(cells + to * CELL_COUNT, moved, sizeof(moved));
    }
}

/* How many rows are left. */
static size_t keep_called(union cell *cells, size_t rows)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows; i++) {
        const union cell *row = cells + i * CELL_COUNT;
        if (!row[CELL_CALLS].count) continue;
        memmove(cells + kept++ * CELL_COUNT, row, CELL_COUNT * sizeof(*row));
    }
    return kept;
}

static void emit_report(struct emitter *emitter, union cell *cells, size_t rows, uint64_t wall_ns)
{
    int64_t saved = 0;
    unsigned long long wall = wall_ns;
    for (size_t i = 0; i < rows; i++)
        saved += cells[i * CELL_COUNT + CELL_SAVED].number;
    if (stats.json) {
        emit(emitter, "{\"program\":");
        emit_json_text(emitter, stats.program);
        emit(emitter, ",\"pid\":%d,\"wall_ns\":%llu,\"saved_ns\":%lld,\"symbols\":", getpid(), wall,
             (long long)saved);
        emit_json_rows(emitter, columns, CELL_COUNT, cells, rows);
        emit(emitter, "}\n");
        return;
    }
    unsigned long long size = saved < 0 ? 0 - (unsigned long long)saved : (unsigned long long)saved;
    emit(emitter, "libmemo: %s (process %d): %llu.%03llu s, %s about %llu.%03llu s\n",
         stats.program, getpid(), wall / 1000000000, wall / 1000000 % 1000,
         saved < 0 ? "lost" : "saved", size / 1000000000, size / 1000000 % 1000);
    if (stats.choice) rows = keep_called(cells, rows);
    if (rows)
        emit_table(emitter, columns, CELL_COUNT, cells, rows);
    else
        emit(emitter, stats.choice ? "nothing that the catalogue thinks worth caching was called\n"
                                   : "nothing that the config names is referred to here\n");
}

/* %p is the process id, %n the program's name, %% a percent sign. */
static bool expand_path(struct emitter *path)
{
    for (const char *at = stats.destination; *at; at++) {
        if (*at != '%' || !strchr("pn%", at[1]) || !at[1])
            emit(path, "%c", *at);
        else if (*++at == 'p')
            emit(path, "%d", getpid());
        else
            emit(path, "%s", *at == 'n' ? stats.program : "%");
    }
    return !path->overflow;
}

static void deliver(const struct emitter *emitter)
{
    char name[PATH_MAX];
    struct emitter path = {.data = name, .capacity = sizeof(name)};
    if (strcmp(stats.destination, "stderr") == 0) {
        int descriptor = output_is_stderr(STDERR_FILENO) ? STDERR_FILENO : stats.stderr_copy;
        if (output_is_stderr(descriptor)) output_write(descriptor, emitter->data, emitter->length);
        return;
    }
    int descriptor = -1;
    if (expand_path(&path))
        descriptor = system_open(name, O_WRONLY | O_CREAT | O_APPEND | O_NOCTTY | O_NONBLOCK, 0666);
    if (descriptor < 0) {
        message(LOG_WARNING,
                "%s: statistics can't be written there (%s); choose another MEMO_STATS",
                stats.destination, glibc_error(errno));
        return;
    }
    output_write(descriptor, emitter->data, emitter->length);
    system_close(descriptor);
}

static uint64_t total_calls(const union cell *cells, size_t rows)
{
    uint64_t calls = 0;
    for (size_t i = 0; i < rows; i++)
        calls += cells[i * CELL_COUNT + CELL_CALLS].count;
    return calls;
}

/* Room for either form: each name escaped at the worst, and as wide as the widest. */
static size_t report_capacity(size_t *rows)
{
    size_t widest = 0;
    struct memo *memo;
    for (*rows = 0; (memo = memo_at(*rows)); ++*rows) {
        size_t width = strlen(memo->entry->symbol) + strlen(memo->provider);
        if (width > widest) widest = width;
    }
    return 4096 + *rows * (1024 + 6 * widest);
}

void stats_write(void)
{
    if (!stats.destination || !fork_is_self() || atomic_exchange(&stats.written, true)) return;
    int saved = errno;
    struct pool pool = {0};
    size_t rows = 0, capacity = report_capacity(&rows);
    struct rate rate = {clock_ns(CLOCK_MONOTONIC) - stats.start_ns,
                        arch_clock() - stats.start_ticks};
    struct emitter emitter = {.capacity = capacity};
    union cell *cells = pool_alloc(&pool, (rows + 1) * CELL_COUNT * sizeof(*cells));
    emitter.data = pool_alloc(&pool, emitter.capacity);
    if (cells && emitter.data) {
        for (size_t i = 0; i < rows; i++)
            fill_row(cells + i * CELL_COUNT, memo_at(i), &rate, &pool);
        sort_rows(cells, rows);
        if (!stats.forked || total_calls(cells, rows)) {
            emit_report(&emitter, cells, rows, rate.ns);
            deliver(&emitter);
        }
    }
    pool_release(&pool);
    errno = saved;
}
