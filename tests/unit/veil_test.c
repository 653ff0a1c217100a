/* The veil: whatever a function writes, and wherever it doesn't, the caller's memory is in the end
 * as without us, and a call is whole just when it wrote every grain. */
#include "call/value.h"
#include "check.h"
#include "random.h"

#include <stdlib.h>

#define ROUNDS 40000
#define SIZE   700 /* bytes of an output at most */

static uint64_t state = 88172645463325252u;

static size_t below(size_t limit)
{
    return random_next(&state) % limit;
}

static const struct grain bytes[] = {{0, 1, 1}}, shorts[] = {{0, 2, 1}}, ints[] = {{0, 4, 1}},
                          doubles[] = {{0, 8, 1}}, wide[] = {{0, 16, 1}}, names[] = {{0, 1, 21}},
                          padded[] = {{0, 1, 1}, {4, 4, 1}, {8, 1, 3}},
                          mixed[] = {{0, 8, 2}, {16, 2, 3}, {24, 16, 1}, {40, 1, 1}};

#define SHAPE(of, bytes_each, data_each)                                                           \
    {                                                                                              \
        .size = (bytes_each), .packed = (data_each), .grain_count = sizeof(of) / sizeof(*(of)),    \
        .grains = (of)                                                                             \
    }

static const struct shape shapes[] = {
    SHAPE(bytes, 1, 1),  SHAPE(shorts, 2, 2),  SHAPE(ints, 4, 4),    SHAPE(doubles, 8, 8),
    SHAPE(wide, 16, 16), SHAPE(names, 21, 21), SHAPE(padded, 12, 8), SHAPE(mixed, 48, 39)};

/* A function that writes one output: the same at every call. */
static struct {
    unsigned char value[SIZE];
    bool writes[SIZE]; /* each byte */
    bool whole;
    bool sly;    /* small grains may get what the veil happens to show there */
    size_t odds; /* one grain of so many is left alone; 0: none */
} function;

/* Of eight bytes and more what the veil shows is taken for left alone. */
static void choose(const unsigned char *shown, size_t offset, size_t size)
{
    bool writes = !function.odds || below(function.odds);
    bool same = function.sly && size < VEIL_SURE && below(16) == 0;
    for (size_t i = offset; i < offset + size; i++) {
        function.writes[i] = writes;
        function.value[i] = same ? shown[i] : (unsigned char)(1 + below(255));
    }
    if (!writes) function.whole = false;
}

/* What no result is in; never the pattern of either call, for which it could be taken. */
static void choose_rest(const unsigned char *shown, size_t offset, size_t end)
{
    bool touched = below(4) == 0;
    for (size_t i = offset; i < end; i++) {
        function.writes[i] = touched && below(3) == 0;
        function.value[i] = shown[i] ^ 1;
    }
}

static void choose_elements(const struct step *step, const struct buffer *buffer)
{
    const struct shape *shape = &step->shape;
    for (size_t base = 0; base < buffer->size; base += shape->size) {
        size_t end = base;
        for (uint32_t i = 0; i < shape->grain_count; i++) {
            const struct grain *grain = &shape->grains[i];
            choose_rest(buffer->data, end, base + grain->offset);
            end = base + grain->offset;
            for (uint32_t j = 0; j < grain->count; j++, end += grain->size)
                choose(buffer->data, end, grain->size);
        }
        choose_rest(buffer->data, end, base + shape->size);
    }
}

static void choose_text(const struct step *step, const struct buffer *buffer)
{
    size_t count = buffer->size / step->unit, length = below(count + 1) * step->unit;
    for (size_t at = 0; at < length; at += step->unit)
        choose(buffer->data, at, step->unit);
    if (length == buffer->size) return;
    memset(function.value + length, 0, step->unit);
    memset(function.writes + length, true, step->unit);
    choose_rest(buffer->data, length + step->unit, buffer->size);
}

static void run(const struct buffer *buffer)
{
    for (size_t i = 0; i < buffer->size; i++)
        if (function.writes[i]) buffer->data[i] = function.value[i];
}

/* One call under way. */
struct trial {
    struct plan plan;
    struct veil veil;
    unsigned char before[SIZE], scratch[2 * SIZE];
};

static void begin(struct trial *trial, const struct step *step, struct buffer *buffer)
{
    trial->plan = (struct plan){.has_veils = true, .step_count = 1, .steps = (struct step *)step};
    for (size_t i = 0; i < buffer->size; i++)
        trial->before[i] = buffer->data[i] = (unsigned char)random_next(&state);
    veil_begin(&trial->veil, &trial->plan, buffer, trial->scratch, veil_size(&trial->plan, buffer),
               random_next(&state));
    function.whole = true;
    if (step->passing == PASS_TEXT)
        choose_text(step, buffer);
    else
        choose_elements(step, buffer);
    run(buffer);
}

static int as_without_us(const struct trial *trial, const struct buffer *buffer)
{
    int right = 1;
    for (size_t i = 0; i < buffer->size; i++)
        right &= buffer->data[i] == (function.writes[i] ? function.value[i] : trial->before[i]);
    return right;
}

/* 1 where all went as it should. */
static int returns(const struct step *step, struct buffer *buffer)
{
    struct trial trial;
    function.sly = true;
    function.odds = below(3) == 0 ? 1 + below(60) : 0;
    begin(&trial, step, buffer);
    enum unveiled unveiled = veil_end(&trial.veil);
    if (unveiled == UNVEILED_UNCLEAR) {
        veil_again(&trial.veil);
        run(buffer);
        unveiled = veil_end(&trial.veil);
    }
    return unveiled == (function.whole ? UNVEILED_WRITTEN : UNVEILED_PARTLY) &&
           as_without_us(&trial, buffer);
}

/* By an exception, when only some is written. Grains of less than four bytes may be mistaken, but
 * where nothing is. */
static int leaves(const struct step *step, struct buffer *buffer)
{
    struct trial trial;
    const struct shape *shape = &step->shape;
    bool small = false;
    for (uint32_t i = 0; i < shape->grain_count; i++)
        small |= shape->grains[i].size < 4;
    function.sly = false;
    function.odds = small ? 1 : 1 + below(8);
    begin(&trial, step, buffer);
    veil_lift(&trial.veil);
    return as_without_us(&trial, buffer);
}

/* In memory that ends where the output does, at any alignment. */
static int try(int (*what)(const struct step *, struct buffer *), const struct step *step,
               size_t unit)
{
    size_t shift = below(2) ? below(16) : 0;
    unsigned char *memory = malloc(shift + SIZE);
    struct buffer buffer = {.size = below((SIZE - shift) / unit + 1) * unit};
    buffer.data = memory + shift;
    unsigned char *end = realloc(memory, shift + buffer.size + !(shift + buffer.size));
    buffer.data = end + shift;
    int right = what(step, &buffer);
    free(end);
    return right;
}

int main(void)
{
    int arrays = 1, texts = 1, left = 1;
    for (int round = 0; round < ROUNDS; round++) {
        struct step array = {.passing = PASS_ARRAY, .direction = DIRECTION_OUT};
        array.shape = shapes[below(sizeof(shapes) / sizeof(*shapes))];
        arrays &= try(returns, &array, array.shape.size);
        left &= try(leaves, &array, array.shape.size);
        struct step text = {.passing = PASS_TEXT, .direction = DIRECTION_OUT};
        text.unit = below(2) ? 1 : sizeof(wchar_t);
        texts &= try(returns, &text, text.unit);
    }
    CHECK(arrays);
    CHECK(texts);
    CHECK(left);
    return check_done("veil");
}
