/* Taking a veil off in the middle of a call that its caller gets back from at once, by a jump or an
 * exception: what was left alone so far has to be told without a second call. */
#include "call/pattern.h"

#define LIFT_SURE 4 /* bytes in a row: not written by chance */

/* One stretch of a buffer being looked at, grain by grain. */
struct lifting {
    unsigned char *data;
    const unsigned char *before;
    uint64_t pattern;
    size_t start, end, shown; /* the grains up to here that show the pattern, and their bytes */
    bool alone;               /* no other was met */
};

/* A grain is put back whole or not at all: bytes beside it that were written, and happen to show
 * the pattern, are not taken for part of it. */
static void end_run(struct lifting *at)
{
    bool sure = at->shown >= LIFT_SURE || at->alone;
    for (size_t i = at->start; sure && at->shown && i < at->end; i++)
        if (at->data[i] == pattern_byte(at->pattern, i)) at->data[i] = at->before[i];
    at->shown = 0;
}

static void look_at(struct lifting *at, size_t offset, size_t size)
{
    if (!shows_pattern(at->data, offset, size, at->pattern)) {
        at->alone = false;
        end_run(at);
        return;
    }
    if (!at->shown) at->start = offset;
    at->end = offset + size;
    at->shown += size;
}

static void look_at_run(struct lifting *at, size_t size, size_t offset, size_t end)
{
    for (; offset < end; offset += size)
        look_at(at, offset, size);
}

static void lift_run(struct lifting *at, size_t size, size_t offset, size_t end)
{
    at->alone = true;
    look_at_run(at, size, offset, end);
    end_run(at);
}

/* Padding: put back where it shows the pattern, which counts, and tells nothing where it does not.
 */
static void look_at_rest(struct lifting *at, size_t offset, size_t end)
{
    for (; offset < end; offset++) {
        if (!shows_pattern(at->data, offset, 1, at->pattern)) continue;
        look_at(at, offset, 1);
        at->data[offset] = at->before[offset];
    }
}

static void lift_array(struct lifting *at, const struct shape *shape, size_t count)
{
    at->alone = true;
    for (size_t base = 0; count; count--, base += shape->size) {
        size_t end = base;
        for (uint32_t i = 0; i < shape->grain_count; i++) {
            const struct grain *grain = &shape->grains[i];
            look_at_rest(at, end, base + grain->offset);
            end = base + grain->offset + (size_t)grain->size * grain->count;
            look_at_run(at, grain->size, base + grain->offset, end);
        }
        look_at_rest(at, end, base + shape->size);
    }
    end_run(at);
}

static void lift_partial(struct lifting *at, const struct step *step, size_t count)
{
    const struct shape *shape = &step->shape;
    struct lifting text = *at;
    text.pattern = text_pattern(at->pattern);
    for (size_t base = 0; count; count--, base += shape->size) {
        for (uint32_t i = 0; i < step->veiled_count; i++) {
            const struct grain *grain = &step->veiled[i];
            size_t start = base + grain->offset;
            lift_run(at, grain->size, start, start + (size_t)grain->size * grain->count);
        }
        for (uint32_t i = 0; step->masked && i < shape->text_count; i++) {
            size_t start = base + shape->texts[i].offset;
            lift_run(&text, 1, start, start + shape->texts[i].size);
        }
    }
}

void veil_lift(struct veil *veil)
{
    size_t offset = 0;
    veil->lifted = true;
    for (uint32_t i = 0; veil->size && i < veil->plan->step_count; i++) {
        const struct step *step = &veil->plan->steps[i];
        const struct buffer *buffer = &veil->buffers[i];
        if (!is_veiled(step, buffer)) continue;
        struct lifting at = {.data = buffer->data,
                             .before = veil->before + offset,
                             .pattern = pattern_of(veil, step)};
        if (step->passing == PASS_TEXT)
            lift_run(&at, step->unit, 0, buffer->size);
        else if (step_is_partial(step))
            lift_partial(&at, step, step_count_of(step, buffer));
        else
            lift_array(&at, &step->shape, step_count_of(step, buffer));
        offset += buffer->size;
    }
}
